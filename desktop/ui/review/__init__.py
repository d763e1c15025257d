"""What was read, for the clerk to put right."""
