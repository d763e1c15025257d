"""The certificate is checked before it signs, and what was found is kept."""
