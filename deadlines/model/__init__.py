"""Frozen values that flow down the street. No file, no clock, no text layout."""
