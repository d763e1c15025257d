"""Findings in words, as sheets and as spreadsheets."""
