"""How often Vietnamese syllables follow one another, counted by ocr.vietnamese.counting."""
