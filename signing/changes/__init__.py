"""What was done to a file after each signature, and whether it may be."""
