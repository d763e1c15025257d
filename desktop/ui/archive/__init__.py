"""The area Kho lưu trữ."""
