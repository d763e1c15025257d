"""Until when a signature can be proved, and how that is prolonged."""
