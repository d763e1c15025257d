"""What the window and the command line show."""
