"""Reading: from scanners and files to words, kinds, fields and searchable PDF/A."""
