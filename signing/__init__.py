"""Signing: marks, signatures and their proof, and whether a signed file is what was signed."""
