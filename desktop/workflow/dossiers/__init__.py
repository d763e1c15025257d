"""Steps on dossiers: open, fill, close."""
