"""From a roster to messages: one a person and week, rendered once for all who read the same.

Nothing here sends anything or writes a file: what comes out are rows of the outbox.
"""
