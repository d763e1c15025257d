"""Is a signed file what was signed, and who signed it?"""
