"""Files as they come in: pictures and PDFs, their pages and the text they carry."""
