"""What people look at and put right, and what that teaches."""
