"""The catalog: its tables, and the rows of everything kept."""
