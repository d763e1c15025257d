"""The facts on a paper, and whether they can be right."""
