"""Whom to trust: the store, chains, and what the network knows of a certificate."""
