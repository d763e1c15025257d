"""The area Hồ sơ."""
