"""What the program brings along: words, fonts, procedures, trust, and the specimen office."""
