"""What a person does to the pages of a batch."""
