"""Keeping: the catalog and its journal, bytes by their hash, dossiers, packages for the archive."""
