"""The window, driven as a person does, over an office in memory."""
