"""A build killed anywhere leaves the old site or the new one, whole, and the next build makes up for it."""
