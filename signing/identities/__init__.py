"""Whose key signs: a file, a token, a remote service."""
