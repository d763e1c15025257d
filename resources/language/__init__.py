"""How often Vietnamese syllables follow one another, and what counted them."""
