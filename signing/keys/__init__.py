"""Keys in use: algorithms, mechanisms, signers over a key."""
