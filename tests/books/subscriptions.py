"""What a book must do for private feeds, whatever it is kept in: inherited by the tests of every engine."""

from __future__ import annotations

import hashlib
import shutil
from abc import abstractmethod
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from deadlines.books.book import Book
from deadlines.books.engine import BookRefused, Session
from deadlines.books.feeds import Feeds, Lines, Subscription
from deadlines.books.rows import Happened, Settlement
from deadlines.books.scripts import SQL, Scripts

OCTOBER, NOVEMBER, DECEMBER = date(2018, 10, 10), date(2018, 11, 12), date(2018, 12, 3)
ONE, TWO = UUID(int=1), UUID(int=2)


def digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def add(feeds: Feeds, who: str = "T-014", word: str = "one") -> Subscription:
    return feeds.add(who, "", digest(word), OCTOBER)


def say(feeds: Feeds, **lines: str) -> dict[UUID, str]:
    """Change lines of the private ledger, named ``one`` and ``two``; those it had before."""
    told = {{"one": ONE, "two": TWO}[name]: line for name, line in lines.items()}
    return feeds.publish(lambda before: (told, dict(before)))


class Subscriptions:
    """The tests; beside those of Storage, which says how a book is reached."""

    @abstractmethod
    def open(self, address: str, scripts: Scripts | None = None) -> Book: ...

    @abstractmethod
    def structure(self, session: Session) -> list[object]: ...

    @abstractmethod
    def structure_of_a_new_book(self, tmp_path: Path, scripts: Scripts | None = None) -> list[object]: ...

    @pytest.fixture
    def feeds(self, book: Book) -> Feeds:
        return Feeds(book)

    def test_a_book_without_feeds(self, feeds: Feeds) -> None:
        assert (feeds.read().feeds, feeds.read().namespace) == ((), None)
        feeds.book.log([Happened("prep cancelled", OCTOBER, OCTOBER)])
        assert (feeds.read().feeds, feeds.read().namespace) == ((), None)

    def test_feeds_come_back_as_they_were_made(self, feeds: Feeds, address: str) -> None:
        assert add(feeds) == Subscription(1, "T-014", "", digest("one"), OCTOBER)
        made = feeds.add("", "Ñandú “Elementary”", digest("two"), NOVEMBER)
        assert (made.id, made.file_name) == ("F-000002", f"{digest('two')}.ics")
        shelf = Feeds(self.open(address)).read()
        assert shelf.feeds == shelf.live == (Subscription(1, "T-014", "", digest("one"), OCTOBER), made)

    def test_the_secret_is_made_once_in_each_book(self, feeds: Feeds) -> None:
        add(feeds)
        first = feeds.read().namespace
        add(feeds, "T-015", "two")
        assert first == feeds.read().namespace
        assert first not in (None, UUID(feeds.book.namespace))

    def test_two_books_have_two_secrets(self, feeds: Feeds, other_address: str) -> None:
        other = Feeds(self.open(other_address))
        add(feeds)
        add(other)
        assert feeds.read().namespace != other.read().namespace

    def test_one_feed_at_a_time(self, feeds: Feeds) -> None:
        add(feeds)
        with pytest.raises(BookRefused, match="it has a feed already, F-000001"):
            add(feeds, word="two")
        feeds.revoke("F-1", NOVEMBER)
        assert add(feeds, word="two").id == "F-000002"
        assert [feed.id for feed in feeds.read().live] == ["F-000002"]

    def test_a_rotated_feed_is_another_for_the_same(self, feeds: Feeds) -> None:
        before = add(feeds)
        old, new = feeds.rotate("F-000001", digest("two"), NOVEMBER)
        assert (old, new) == (replace(before, revoked=NOVEMBER), Subscription(2, "T-014", "", digest("two"), NOVEMBER))
        assert old.subject == new.subject
        assert feeds.read().feeds == (old, new)

    @pytest.mark.parametrize(
        ("id", "day", "said"),
        [
            ("F-9", NOVEMBER, "there is no F-000009 in the book"),
            ("E-1", NOVEMBER, "looks like F-000001"),
            ("F-0", NOVEMBER, "looks like F-000001"),
            ("T-014", NOVEMBER, "looks like F-000001"),
            ("F-٢", NOVEMBER, "looks like F-000001"),
            ("F-1", date(2018, 10, 9), "F-000001 was made on 2018-10-10, after 2018-10-09"),
            ("F-2", NOVEMBER, "F-000002 is revoked already, since 2018-11-12"),
        ],
    )
    def test_what_cannot_be_revoked_cannot_be_rotated(self, feeds: Feeds, id: str, day: date, said: str) -> None:
        add(feeds)
        add(feeds, "T-015", "two")
        feeds.revoke("F-000002", NOVEMBER)
        before = feeds.read()
        for attempt in (lambda: feeds.revoke(id, day), lambda: feeds.rotate(id, digest("three"), day)):
            with pytest.raises(BookRefused, match=said):
                attempt()
        assert feeds.read() == before

    def test_a_rotation_that_fails_revokes_nothing(self, feeds: Feeds) -> None:
        """The database refuses a digest it has already; what was revoked in the same breath is taken back."""
        add(feeds)
        with pytest.raises(BookRefused):
            feeds.rotate("F-1", digest("one"), NOVEMBER)
        assert [feed.id for feed in feeds.read().live] == ["F-000001"]

    def test_the_last_line_of_a_uid_counts(self, feeds: Feeds, address: str) -> None:
        assert say(feeds, one="a", two="b 'quoted' :line %s Ü") == {}
        assert say(feeds, one="c") == {ONE: "a", TWO: "b 'quoted' :line %s Ü"}
        assert say(feeds, one="") == {ONE: "c", TWO: "b 'quoted' :line %s Ü"}
        assert say(Feeds(self.open(address)), one="d") == {TWO: "b 'quoted' :line %s Ü"}
        assert say(feeds) == {ONE: "d", TWO: "b 'quoted' :line %s Ü"}

    def test_lines_that_cannot_be_made_add_nothing(self, feeds: Feeds) -> None:
        def fails(before: Lines) -> tuple[Lines, None]:
            raise BookRefused("no")

        say(feeds, one="a")
        with pytest.raises(BookRefused, match="no"):
            feeds.publish(fails)
        assert say(feeds) == {ONE: "a"}

    @pytest.mark.parametrize("table", ["feed", "revoked", "secret", "published"])
    @pytest.mark.parametrize("statement", ["delete from {}", "update {} set {} = {}"])
    def test_their_tables_are_only_added_to(self, feeds: Feeds, table: str, statement: str) -> None:
        add(feeds)
        feeds.rotate("F-1", digest("two"), NOVEMBER)
        say(feeds, one="a")
        column = "one" if table == "secret" else "number"
        before = feeds.read(), say(feeds)
        with pytest.raises(BookRefused, match="only added to"), feeds.book.engine.session(writing=True) as session:
            session.run(statement.format(table, column, column))
        assert (feeds.read(), say(feeds)) == before

    @pytest.mark.parametrize(
        "values",
        [("'T-1'", "'Canary'", digest("x")), ("''", "''", digest("x")), ("'Canary'", "''", digest("x")),
         ("'T-1'", "''", "canary-token-itself"), ("'T-1'", "''", digest("x").upper())],
    )  # fmt: skip
    def test_the_tables_take_ids_and_digests_alone(self, feeds: Feeds, values: tuple[str, str, str]) -> None:
        """A token in the place of its digest, a name, nobody at all: refused, and nothing of it is said."""
        add(feeds)
        who, school, kept = values
        with pytest.raises(BookRefused) as refused, feeds.book.engine.session(writing=True) as session:
            session.run(f"insert into feed values (2, {who}, {school}, '{kept}', '2018-10-10')")
        assert "anary" not in str(refused.value)
        assert len(feeds.read().feeds) == 1

    def test_feeds_are_for_ids_even_in_memory(self) -> None:
        for who, school in (("Jane Doe", ""), ("t-014", ""), ("", ""), ("T-014", "Lincoln")):
            with pytest.raises(ValueError, match="one opaque id or for one school"):
                Subscription(1, who, school, digest("one"), OCTOBER)

    def test_a_book_of_before_private_feeds_becomes_one_of_today(self, address: str, tmp_path: Path) -> None:
        """Made by every migration before theirs: every row stays, and the tables are those of a new book."""
        folder = tmp_path / "before-feeds"
        dialect = self.open(address).engine.dialect
        shutil.copytree(SQL / dialect / "migrations", folder / "migrations")
        (theirs,) = (folder / "migrations").glob("*-feeds.sql")
        for later in [path for path in (folder / "migrations").iterdir() if path.name >= theirs.name]:
            later.unlink()
        earlier = sorted((folder / "migrations").iterdir())
        schema = "".join(path.read_text(encoding="utf-8") for path in earlier)
        (folder / "schema.sql").write_text(schema, encoding="utf-8")
        old = self.open(address, Scripts(folder))
        old.log([Happened("prep cancelled", OCTOBER, OCTOBER, "T-014", note="kept")])
        old.settle(Settlement(0, "a duty", 1, "done", NOVEMBER, "paper", NOVEMBER))
        before = old.read()
        book = self.open(address)
        assert Feeds(book).read().feeds == ()
        assert book.read() == before
        assert add(Feeds(book)).id == "F-000001"
        with pytest.raises(BookRefused, match=f"version {book.scripts.version}, written by a newer program"):
            old.read()
        with book.engine.session(writing=False) as session:
            assert self.structure(session) == self.structure_of_a_new_book(tmp_path)
