"""Our conversion beside OCRmyPDF's, on the same pages in one run. Start: make bench."""
