"""A book in a file of SQLite: what every book must do, and what a file must do besides."""

from __future__ import annotations

import re
import sqlite3
import stat
from pathlib import Path

import pytest

from deadlines.books import FILE, FOLDER, open_book
from deadlines.books.book import Book
from deadlines.books.engine import BookRefused, Session
from deadlines.books.scripts import Scripts, query
from deadlines.books.sqlite import Sqlite
from tests.books.bouncing import Bouncing
from tests.books.outboxes import Outboxes
from tests.books.rosters import Rosters
from tests.books.storage import PREP, Storage
from tests.books.subscriptions import Subscriptions
from tests.support import NAMESPACE


class TestSqlite(Storage, Rosters, Outboxes, Subscriptions, Bouncing):
    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        (tmp_path / "local").mkdir()
        return str(tmp_path / "local")

    @pytest.fixture
    def other_address(self, tmp_path: Path) -> str:
        (tmp_path / "other").mkdir()
        return str(tmp_path / "other")

    def open(self, address: str, scripts: Scripts | None = None, namespace: str = NAMESPACE) -> Book:
        return Book(Sqlite(Path(address) / FOLDER / FILE), namespace, scripts)

    def structure(self, session: Session) -> list[object]:
        """What SQLite keeps of each statement that made something, and its own reading of it."""
        made = session.run("select type, name, tbl_name, sql from sqlite_master order by type, name")
        found: list[object] = [(kind, name, table, re.sub(r"\s+", " ", sql or "")) for kind, name, table, sql in made]
        for _, name, _, _ in made:
            for pragma in ("table_info", "foreign_key_list", "index_list"):
                found += session.run(f"pragma {pragma}({name})")
        return found

    def structure_of_a_new_book(self, tmp_path: Path, scripts: Scripts | None = None) -> list[object]:
        (tmp_path / "new").mkdir(exist_ok=True)
        book = self.open(str(tmp_path / "new"), scripts)
        book.log([])
        with book.engine.session(writing=False) as session:
            return self.structure(session)

    def everything(self, address: str) -> object:
        return {path.name: path.read_bytes() for path in (Path(address) / FOLDER).iterdir()}

    def cut(self, address: str) -> None:
        file = Path(address) / FOLDER / FILE
        file.with_suffix(".copy").write_bytes(file.read_bytes())
        file.with_suffix(".copy").replace(file)

    # ---- the file -----------------------------------------------------------------------------------

    def test_reading_makes_no_file(self, book: Book, address: str) -> None:
        assert book.read().events == ()
        assert list(Path(address).iterdir()) == []

    def test_the_book_stays_in_its_folder_and_with_its_owner(self, book: Book, address: str) -> None:
        """git leaves it out whatever its own list says; nobody else may read it; nothing lies beside it afterwards."""
        book.log([PREP])
        folder = Path(address) / FOLDER
        assert sorted(path.name for path in folder.iterdir()) == [".gitignore", FILE]
        assert "*" in (folder / ".gitignore").read_text(encoding="utf-8").splitlines()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600

    def test_an_empty_file_is_a_book_nobody_wrote_in(self, book: Book, address: str) -> None:
        """What is left when the very first command is killed."""
        (Path(address) / FOLDER).mkdir()
        (Path(address) / FOLDER / FILE).touch()
        assert book.read().events == ()
        assert len(book.log([PREP])) == 1

    @pytest.mark.parametrize("data", [b"event,happened\n" * 50, b"SQLite format 3\0" + b"\xff" * 500])
    def test_another_file_is_refused_unharmed(self, book: Book, address: str, data: bytes) -> None:
        (Path(address) / FOLDER).mkdir()
        (Path(address) / FOLDER / FILE).write_bytes(data)
        for attempt in (book.read, lambda: book.log([PREP])):
            with pytest.raises(BookRefused, match=r"books/events\.sqlite is no book of events, or it is damaged"):
                attempt()
        assert (Path(address) / FOLDER / FILE).read_bytes() == data

    def test_a_folder_in_its_place_is_refused(self, book: Book, address: str) -> None:
        (Path(address) / FOLDER / FILE).mkdir(parents=True)
        with pytest.raises(BookRefused, match="cannot be used: unable to open"):
            book.read()

    def test_who_waits_too_long_is_told(self, book: Book, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        book.log([PREP])
        monkeypatch.setattr("deadlines.books.sqlite.WAIT", 0)
        other = sqlite3.connect(Path(address) / FOLDER / FILE, isolation_level=None)
        other.execute("begin exclusive")
        with pytest.raises(BookRefused, match="is being written by another command"):
            book.log([PREP])
        other.execute("rollback")
        other.close()
        assert len(book.read().events) == 1

    def test_a_sender_and_a_plan_look_at_little(self, book: Book) -> None:
        """No step of a mail, or of a page of the roster, reads more of the outbox than what it asks for."""
        index = {
            "outbox_next": "outbox_to_send (again<?)", "outbox_expire": "outbox_to_expire (expires<?)",
            "outbox_lost": "outbox_in_hand (lease<?)", "outbox_abandoned": "outbox_in_hand (lease<?)",
            "outbox_dot": "INTEGER PRIMARY KEY", "outbox_result": "INTEGER PRIMARY KEY", "outbox_wanted": "(person=?)",
            "outbox_page": "(kind=? AND period=? AND person>? AND person<?)", "outbox_known": "(person>? AND person<?)",
            "people": "enrolled_by_person (person>? AND person<?)", "mailings": "(person>? AND person<?)",
            "outbox_due": "outbox_to_send (again<?)", "outbox_soonest": "outbox_to_send",
        }  # fmt: skip
        book.log([])
        with book.reading() as session:
            assert session
            for name, wanted in index.items():
                values = dict.fromkeys(re.findall(r"(?<!:):([a-z]+)", query(name)), "")
                steps = [step for *_, step in session.run("explain query plan " + query(name), values)]
                assert wanted in steps[0], (name, steps)
                assert name in ("people", "mailings") or not any("TEMP B-TREE" in step for step in steps), (name, steps)

    def test_a_url_of_another_kind_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BookRefused, match="begins with postgresql://"):
            open_book(tmp_path, "mysql://localhost/books", NAMESPACE)
