"""The library `storage`."""
