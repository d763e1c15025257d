"""Words grouped into lines, columns and reading order."""
