"""The parts of a searchable PDF/A: layers, hidden text, fonts, pages that stay as they are."""
