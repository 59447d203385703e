"""Checks that need more than pip. ``make oracles`` sets them up and runs them; here nothing is ever skipped."""
