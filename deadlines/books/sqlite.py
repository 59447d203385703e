"""A book in a file of SQLite: the only importer of sqlite3.

No write-ahead log: the book is one file whenever no command is running, so that a copy of the folder is a copy of
the book, and it may lie on a network drive. Writers wait for one another.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from deadlines.books.engine import BookRefused, Row, Session, Values

WAIT = 60  # seconds for another writer; a file of 5,000 rows takes less than one
IGNORED = "# What is in here is private, and stays on this machine.\n*\n"
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
NO_BOOK = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


class Sqlite:
    """The file of a book. It and its folder are made by the first row, readable by their owner alone."""

    dialect = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path
        self._keeping = False
        self._kept: tuple[sqlite3.Connection, tuple[int, int]] | None = None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """A copy that is put in the place of the file is noticed by the next session."""
        self._keeping = True
        try:
            yield
        finally:
            self._keeping = False
            self._forget()

    def exists(self) -> bool:
        return self.path.exists()

    @contextmanager
    def session(self, writing: bool) -> Iterator[Session]:
        """A transaction; one that writes holds the file from its beginning. Raises BookRefused."""
        try:
            if writing and not self._kept:
                self._make()
            connection = self._connection()
        except sqlite3.Error as error:
            raise self._refused(error) from None
        try:
            connection.execute("begin immediate" if writing else "begin")
            yield _Session(connection)
            connection.execute("commit")
        except sqlite3.Error as error:
            raise self._refused(error) from None
        finally:
            if connection.in_transaction or not (self._kept and self._kept[0] is connection):
                connection.close()  # what was not committed is taken back
                self._forget(connection)

    def _connection(self) -> sqlite3.Connection:
        """The one that is kept, if it is of this file and not in use; else a new one."""
        if self._kept and not self._kept[0].in_transaction:
            if self._kept[1] == self._file():
                return self._kept[0]
            self._forget()
        connection = sqlite3.connect(
            f"{self.path.resolve().as_uri()}?mode=rw", uri=True, timeout=WAIT, isolation_level=None
        )
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma synchronous = extra")  # a row told to be in the book outlives a power cut
        if self._keeping and not self._kept:
            self._kept = connection, self._file()
        return connection

    def _file(self) -> tuple[int, int]:
        found = self.path.stat() if self.path.exists() else None
        return (found.st_dev, found.st_ino) if found else (0, 0)

    def _forget(self, connection: sqlite3.Connection | None = None) -> None:
        if self._kept and connection in (None, self._kept[0]):
            self._kept[0].close()
            self._kept = None

    def _make(self) -> None:
        """The folder, which git leaves out whatever stands above it, and an empty file."""
        folder = self.path.parent
        folder.mkdir(mode=0o700, exist_ok=True)
        ignored = folder / ".gitignore"
        if not ignored.exists():
            ignored.write_text(IGNORED, encoding="utf-8")
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))

    def _refused(self, error: sqlite3.Error) -> BookRefused:
        """What went wrong, in words that hold nothing of a row."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        where = f"{self.path.parent.name}/{self.path.name}"
        if code in BUSY:
            return BookRefused(f"{where} is being written by another command; try again when it is done")
        if code in NO_BOOK:
            return BookRefused(f"{where} is no book of events, or it is damaged; put back your last copy of it")
        return BookRefused(f"{where} cannot be used: {error}")


class _Session:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def has_book(self) -> bool:
        return bool(self.run("select 1 from sqlite_master where type = 'table' and name = 'book'"))

    def run(self, query: str, values: Values | None = None) -> list[Row]:
        return self.connection.execute(query, _adapted(values or {})).fetchall()

    def add(self, query: str, rows: Iterable[Values]) -> None:
        self.connection.executemany(query, map(_adapted, rows))

    def script(self, text: str) -> None:
        """One statement after the other: ``executescript`` would commit what came before."""
        waiting = ""
        for line in text.splitlines(keepends=True):
            waiting += line
            if sqlite3.complete_statement(waiting):
                self.connection.execute(waiting)
                waiting = ""


def _adapted(values: Values) -> Mapping[str, Any]:
    """Days as text; everything else as it is."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
