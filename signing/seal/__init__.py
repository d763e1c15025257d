"""Adds one signature with its mark to a PDF, and proves it before it counts."""
