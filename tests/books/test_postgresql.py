"""A book in PostgreSQL, on a real server: what every book must do, and what a server must be asked for besides."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from deadlines.books.book import Book
from deadlines.books.engine import BookRefused, Session
from deadlines.books.postgresql import Postgresql
from deadlines.books.scripts import Scripts
from tests.books.bouncing import Bouncing
from tests.books.outboxes import Outboxes
from tests.books.rosters import Rosters
from tests.books.server import database, server
from tests.books.storage import PREP, Storage
from tests.books.subscriptions import Subscriptions
from tests.support import NAMESPACE, clean, copy_of_chicago

pytestmark = pytest.mark.oracle
NAMES = count(1)
STRUCTURE = (
    "select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns"
    " where table_schema = 'public' order by table_name, ordinal_position",
    "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint"
    " where connamespace = 'public'::regnamespace order by 1, 2",
    "select tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) from pg_trigger"
    " where not tgisinternal order by 1, 2",
    "select indexname, indexdef from pg_indexes where schemaname = 'public' order by 1",
    "select proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace order by 1",
)


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    with server() as address:
        yield address


def new(running: str) -> str:
    return database(running, f"book{next(NAMES)}")


class TestPostgresql(Storage, Rosters, Outboxes, Subscriptions, Bouncing):
    @pytest.fixture(autouse=True)
    def _running(self, running: str) -> None:
        self.running = running

    @pytest.fixture
    def address(self, running: str) -> str:
        return new(running)

    @pytest.fixture
    def other_address(self, running: str) -> str:
        return new(running)

    def open(self, address: str, scripts: Scripts | None = None, namespace: str = NAMESPACE) -> Book:
        return Book(Postgresql(address), namespace, scripts)

    def structure(self, session: Session) -> list[object]:
        return [row for query in STRUCTURE for row in session.run(query)]

    def structure_of_a_new_book(self, tmp_path: Path, scripts: Scripts | None = None) -> list[object]:
        book = self.open(new(self.running), scripts)
        book.log([])
        with book.engine.session(writing=False) as session:
            return self.structure(session)

    def everything(self, address: str) -> object:
        with psycopg.connect(address) as connection:
            tables = [
                name for (name,) in connection.execute("select tablename from pg_tables where schemaname='public'")
            ]
            return {name: connection.execute(f"select * from {name}").fetchall() for name in sorted(tables)}

    def cut(self, address: str) -> None:
        with psycopg.connect(address) as connection:
            ended = connection.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            ).fetchall()
        assert ended == [(True,)]

    # ---- the server ---------------------------------------------------------------------------------

    def test_reading_makes_no_table(self, book: Book, address: str) -> None:
        assert book.read().events == ()
        assert self.everything(address) == {}

    def test_the_tables_cannot_be_emptied_either(self, book: Book) -> None:
        book.log([PREP])
        for table in ("event", "feed", "revoked", "secret", "published"):
            with pytest.raises(BookRefused, match="only added to"), book.engine.session(writing=True) as session:
                session.run(f"truncate {table} cascade")
        assert len(book.read().events) == 1

    def test_the_tables_take_ids_and_not_names(self, book: Book) -> None:
        """What the server says of a refused row beside its own sentence holds the row; it goes no further."""
        book.log([PREP])
        with pytest.raises(BookRefused) as refused, book.engine.session(writing=True) as session:
            session.run("insert into event values (2, 'x', '2018-10-10', '2018-10-10', 'Canary', '', '{}', '', null)")
        assert "check constraint" in str(refused.value)
        assert "Canary" not in str(refused.value)

    def test_a_database_that_is_not_there(self, running: str) -> None:
        with pytest.raises(BookRefused, match="cannot be reached"):
            self.open(f"postgresql:///nothing?{running}").read()

    def test_the_commands_use_the_address_in_the_environment(
        self, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = str(copy_of_chicago(tmp_path / "local"))
        monkeypatch.setenv("DEADLINES_BOOKS", address)
        on = ("--recorded", "2018-10-11")
        clean("log", "prep cancelled", "--happened", "2018-10-10", "--who", "T-014", "-C", folder, *on)
        assert "Thu Jan 31, 2019" in clean("open", "-C", folder, "--on", "2018-11-12")
        assert not (Path(folder) / "books").exists()
        assert len(self.open(address).read().events) == 1

    def test_the_commands_use_the_address_of_the_folder(self, address: str, tmp_path: Path) -> None:
        folder = copy_of_chicago(tmp_path / "local")
        with (folder / "deadlines.yaml").open("a", encoding="utf-8") as stream:
            stream.write(f"books: {address}\n")
        environment = {key: value for key, value in os.environ.items() if key != "DEADLINES_BOOKS"}
        command = ("log", "violation", "--happened", "2018-10-15", "--recorded", "2018-10-15", "-C", str(folder))
        subprocess.run([sys.executable, "-m", "deadlines", *command], env=environment, check=True, capture_output=True)
        assert len(self.open(address).read().events) == 1
