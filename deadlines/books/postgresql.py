"""A book in PostgreSQL: the only importer of psycopg, which the extra ``postgres`` brings and nothing else needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from types import ModuleType
from typing import TYPE_CHECKING, Any

from deadlines.books.engine import BookRefused, Row, Session, Values

if TYPE_CHECKING:
    import psycopg

WAIT = 10  # seconds for an answer
WRITERS = 5_770_215_664  # the key of the lock by which writers wait for one another
NAMED = re.compile(r"(?<!:):([a-z]+)")


class Postgresql:
    """A database at a URL. The tables are made by the first row, in the schema the URL's user works in."""

    dialect = "postgresql"

    def __init__(self, url: str) -> None:
        self.url = url
        self._keeping = False
        self._kept: psycopg.Connection[Any] | None = None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """One that the server has closed in the meantime is opened again."""
        self._keeping = True
        try:
            yield
        finally:
            self._keeping = False
            if self._kept:
                self._kept.close()
            self._kept = None

    def exists(self) -> bool:
        return True

    @contextmanager
    def session(self, writing: bool) -> Iterator[Session]:
        """A transaction; one that writes waits until every other one that writes is done. Raises BookRefused."""
        driver = _driver()
        try:
            with self._begun(driver, writing) as connection:
                yield _Session(connection)
        except driver.OperationalError:
            raise BookRefused(
                "the database of the book cannot be reached; is its address right, and does the server run?"
            ) from None
        except driver.Error as error:
            # Only the server's own sentence: what it says beside it may hold the row.
            said = getattr(error.diag, "message_primary", None) or type(error).__name__
            raise BookRefused(f"the book in PostgreSQL cannot be used: {said}") from None

    @contextmanager
    def _begun(self, driver: ModuleType, writing: bool) -> Iterator[psycopg.Connection[Any]]:
        """A connection in a transaction, which is committed at the end of the block, or taken back."""
        connection = self._open(driver, writing)
        try:
            with connection.transaction():
                yield connection
            connection.commit()
        finally:
            if self._keeping and not self._kept and not connection.closed:
                connection.rollback()
                self._kept = connection
            else:
                connection.close()

    def _open(self, driver: ModuleType, writing: bool) -> psycopg.Connection[Any]:
        """The connection that was kept, unless the server has closed it; else a new one."""
        kept, self._kept = self._kept, None  # whoever asks in the meantime gets another
        if kept:
            with suppress(driver.OperationalError):
                _begin(kept, writing)
                return kept
        connection: psycopg.Connection[Any] = driver.connect(self.url, connect_timeout=WAIT)
        _begin(connection, writing)
        return connection


def _begin(connection: psycopg.Connection[Any], writing: bool) -> None:
    if writing:
        connection.execute("select pg_advisory_xact_lock(%s)", (WRITERS,))
    else:
        connection.execute("set transaction isolation level repeatable read, read only")


class _Session:
    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection

    def has_book(self) -> bool:
        ((there,),) = self.run("select to_regclass('book') is not null")
        return bool(there)

    def run(self, query: str, values: Values | None = None) -> list[Row]:
        cursor = self.connection.execute(_placed(query), dict(values or {}))
        return cursor.fetchall() if cursor.description else []

    def add(self, query: str, rows: Iterable[Values]) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(_placed(query), [dict(row) for row in rows])

    def script(self, text: str) -> None:
        self.connection.execute(text)


def _placed(query: str) -> str:
    """A query with psycopg's own signs for its values."""
    return NAMED.sub(r"%(\1)s", query)


def _driver() -> ModuleType:
    try:
        import psycopg
    except ImportError:
        raise BookRefused(
            "a book in PostgreSQL needs the package psycopg, which is not installed: pip install 'deadlines[postgres]'"
        ) from None
    return psycopg
