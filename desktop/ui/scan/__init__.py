"""The area Quét."""
