"""What turns a picture into words: Tesseract, in the process or as a program."""
