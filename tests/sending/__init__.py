"""Sending, against a relay that fails as it is told to."""
