"""From the picture as it came to the upright, clean page that reads best."""
