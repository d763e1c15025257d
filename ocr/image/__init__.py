"""What the pixels of a page show: ink, rules, letters, stamps, tables."""
