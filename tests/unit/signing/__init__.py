"""The library `signing`."""
