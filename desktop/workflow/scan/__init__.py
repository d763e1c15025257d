"""Steps that scan."""
