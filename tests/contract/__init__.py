"""What others expect of us: veraPDF of our PDF/A, the national gateway of our messages."""
