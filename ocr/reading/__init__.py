"""From a clean page to its words, and what is put right in them."""
