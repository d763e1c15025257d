"""What kind of paper it is, and what is printed on it to tell."""
