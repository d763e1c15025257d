"""A PDF taken apart: revisions, byte ranges, signatures, what stands on its pages."""
