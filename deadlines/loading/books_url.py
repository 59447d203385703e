"""Where the book of events is kept, as deadlines.yaml has it. What may be a password is never repeated."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from deadlines.reading.fields import Fields, string

BEGINS = ("postgresql://", "postgres://")
SECRETS = ("password", "sslpassword")


def read_books(f: Fields) -> str:
    """The PostgreSQL URL of ``books``; empty when the book is the file in the folder."""
    node = f.node("books")
    if node is None:
        return ""
    place = node.place
    url = f.attempt(node, string) or ""
    if url and not url.startswith(BEGINS):
        message = "the book of events is a file of its own here, or in PostgreSQL by its URL"
        f.refuse_unseen(place, message, "books: postgresql://host/database, or no such key")
    elif holds_a_password(url):
        message = "a password does not belong in this file, which is copied and sent about"
        f.refuse_unseen(place, message, "in the URL of DEADLINES_BOOKS in the environment, or in ~/.pgpass")
    return url


def holds_a_password(url: str) -> bool:
    """Whether a URL says a password, before the host or behind the question mark."""
    try:
        split = urlsplit(url)
        return split.password is not None or any(word in parse_qs(split.query) for word in SECRETS)
    except ValueError:
        return "@" in url  # it cannot be taken apart: better asked for once too often
