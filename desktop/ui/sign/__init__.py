"""The area Ký số."""
