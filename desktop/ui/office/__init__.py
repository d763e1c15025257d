"""The office behind the window: what views ask of it, and the steps that answer."""
