"""Barcodes, patch codes and the separator sheets that bear them."""
