"""The steps of a paper's way, joined from the three libraries; they know neither window nor command line."""
