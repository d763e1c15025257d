"""From files to named papers: take in, read, recognise, make their PDF/A."""
