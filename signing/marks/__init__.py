"""Marks on the page: how they look, what they say by role, where they stand."""
