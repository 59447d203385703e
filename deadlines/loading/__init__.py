"""Opens the user's files: the folder, its school years, its agreements and their cards."""
