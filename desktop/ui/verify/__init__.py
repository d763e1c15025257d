"""The area Kiểm tra."""
