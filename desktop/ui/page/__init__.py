"""One page, and the strip of pages."""
