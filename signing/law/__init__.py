"""The rule check: what in a paper is not as the law says."""
