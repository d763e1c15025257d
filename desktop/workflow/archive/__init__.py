"""The archivist's steps: decide, pack and deposit, prove."""
