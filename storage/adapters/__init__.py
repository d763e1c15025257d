"""What is plugged in behind the ports: folders and SQLite."""
