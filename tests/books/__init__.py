"""The book of events, on both engines, and the commands that write into it."""
