"""A district's own calendar file (ICS, CSV, spreadsheet) to a year file of guesses; and a blank year file."""
