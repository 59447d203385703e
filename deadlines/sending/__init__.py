"""Messages of the outbox handed to a relay, each at most once."""
