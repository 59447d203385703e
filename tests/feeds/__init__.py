"""The points every feed must meet (docs: the 50 points), each checked on bytes by a reader of our own."""
