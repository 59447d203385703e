"""A digest as a message: its bytes, and what the bytes of any such message must be."""
