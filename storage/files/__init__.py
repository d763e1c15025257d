"""Bytes that stay: durable files, their hashes, the lock of the profile folder."""
