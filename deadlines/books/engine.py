"""What a book asks of the database it is kept in, and how it says that something cannot be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

Row = tuple[Any, ...]
Values = Mapping[str, Any]


class BookRefused(Exception):
    """The book cannot be used, or a row does not fit it, in words for the user. Nothing was written.

    The words never hold what a row holds.
    """


class Session(Protocol):
    """One transaction. Days go in as dates and come out as dates or as text."""

    def has_book(self) -> bool:
        """Whether the tables are there."""

    def run(self, query: str, values: Values = ...) -> list[Row]:
        """The rows of one query; ``:name`` stands for a value."""

    def add(self, query: str, rows: Iterable[Values]) -> None:
        """Run a query once for each row."""

    def script(self, text: str) -> None:
        """Run several statements."""


class Engine(Protocol):
    """A kind of database. ``dialect`` is the folder its schema is in."""

    dialect: str

    def exists(self) -> bool:
        """Whether there is anything to read, without making it."""

    def kept(self) -> AbstractContextManager[None]:
        """Sessions of the block use one connection, as long as it serves: for whoever makes thousands of them."""

    def session(self, writing: bool) -> AbstractContextManager[Session]:
        """A transaction that sees one state of the book and is kept whole or not at all.

        Writers wait for one another. Raises BookRefused when the database cannot be used.
        """
