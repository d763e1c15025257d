"""What a dossier must hold, by its procedure, and what it is called."""
