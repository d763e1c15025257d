"""What stands around the work areas: rail, status, jobs, palette, PIN."""
