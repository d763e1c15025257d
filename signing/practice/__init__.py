"""The practice office, in which nothing is real."""
