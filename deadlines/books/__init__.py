"""The book of events: what happened, when it was recorded, what was settled. Only ever added to.

A file of SQLite in the local's folder by default, PostgreSQL by its URL. The SQL is in ``sql/``: ``schema.sql`` is
the whole book as it is now, ``migrations/`` how an older one becomes that, ``queries/`` what both engines are asked.
"""

from __future__ import annotations

from pathlib import Path

from deadlines.books.book import Book
from deadlines.books.engine import BookRefused

FOLDER = "books"
FILE = "events.sqlite"
URL_BEGINS = ("postgresql://", "postgres://")


def open_book(folder: Path, url: str, namespace: str) -> Book:
    """The book of a local's folder, or the one at a PostgreSQL URL. Nothing is opened or made before it is used.

    ``namespace`` is the local's: a book belongs to one local for good. Raises BookRefused for another kind of URL.
    """
    if not url:
        from deadlines.books.sqlite import Sqlite

        return Book(Sqlite(folder / FOLDER / FILE), namespace)
    if not url.startswith(URL_BEGINS):
        raise BookRefused("the address of a book begins with postgresql://")
    from deadlines.books.postgresql import Postgresql

    return Book(Postgresql(url), namespace)
