"""The tests: by unit, by window, through the whole program, against other programs, and its figures."""
