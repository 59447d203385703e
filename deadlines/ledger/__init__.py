"""What was published and when: one line for each UID, kept with the folder so that stamps never fall."""
