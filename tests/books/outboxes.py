"""What a book must do for the outbox, whatever it is kept in: inherited by the tests of every engine."""

from __future__ import annotations

import shutil
from abc import abstractmethod
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deadlines.books.book import Book
from deadlines.books.outbox import LEASE, Claim, LeaseLost, Outbox, Rest
from deadlines.books.outbox_rows import Planned
from deadlines.books.scripts import SQL, Scripts

NOON = datetime(2018, 11, 12, 18, tzinfo=UTC)
EVENING = datetime(2018, 11, 13, tzinfo=UTC)


def _planned(person: str, **more: object) -> Planned:
    values = {
        "person": person, "kind": "week", "period": "2018-W46", "address": "a@b.example", "sender": "s@b.example",
        "data": b"" if "quiet" in more else b"x", "due": NOON, "expires": EVENING, **more,
    }  # fmt: skip
    return Planned(**values)  # type: ignore[arg-type]


class Outboxes:
    """The tests; beside those of Storage, which says how a book is reached."""

    @abstractmethod
    def open(self, address: str, scripts: Scripts | None = None) -> Book: ...

    def test_an_outbox_has_each_message_once_and_gives_it_to_one(self, book: Book, address: str) -> None:
        """Planned twice is planned once; one sender at a time; after its time another, and the first is not heard."""
        outbox = Outbox(book)
        rows = [
            Planned(f"R-{n}", "week", "2018-W46", "a@b.example", "s@b.example", b"\x00\r\n'%s :now", NOON, EVENING)
            for n in range(3)
        ]
        assert outbox.plan(rows[:2], NOON) == 2
        assert Outbox(self.open(address)).plan(rows, NOON) == 1
        first = outbox.claim(NOON)
        second = Outbox(self.open(address)).claim(NOON)
        assert isinstance(first, Claim)
        assert isinstance(second, Claim)
        assert (first.person, second.person) == ("R-0", "R-1")
        assert first.data == rows[0].data
        outbox.dot_next(first, NOON)
        outbox.accepted(first, "250 at dot", NOON)
        with pytest.raises(LeaseLost):
            outbox.accepted(first, "250 at dot", NOON)
        later = NOON + LEASE
        again = outbox.claim(later)
        assert isinstance(again, Claim)
        assert (again.person, again.fence) == ("R-1", 2)
        with pytest.raises(LeaseLost):
            outbox.dot_next(second, later)
        outbox.dot_next(again, later)
        assert outbox.states(later + LEASE) == {"accepted": 1, "planned": 1, "unsure": 1}
        assert outbox.states(EVENING) == {"accepted": 1, "expired": 1, "unsure": 1}
        assert not outbox.resend(2, EVENING)
        assert outbox.states(EVENING) == {"accepted": 1, "expired": 1, "unsure": 1}
        assert outbox.assume_accepted(2, EVENING)

    def test_what_was_held_is_let_go_as_it_was(self, book: Book) -> None:
        """One waits three hours for the relay, one for its own hour, one is due: held and let go, each still does."""
        outbox, late = Outbox(book), NOON + timedelta(hours=3)
        outbox.plan([_planned("R-1"), _planned("R-2", due=late), _planned("R-3")], NOON)
        claim = outbox.claim(NOON)
        assert isinstance(claim, Claim)
        outbox.waiting(claim, "450 at RCPT", NOON, late)
        assert outbox.hold(NOON) == 3
        assert outbox.states(NOON) == {"held": 3}
        assert outbox.claim(NOON) is None
        assert (outbox.release(NOON), outbox.release(NOON)) == (3, 0)
        assert outbox.states(NOON) == {"planned": 2, "waiting": 1}
        assert [(one.again, one.reply) for one in outbox.rows("waiting")] == [(late, "450 at RCPT")]
        due = outbox.claim(NOON)
        assert isinstance(due, Claim)
        assert due.person == "R-3"
        assert outbox.claim(NOON + timedelta(minutes=19)) is None
        assert outbox.hold(late) == 3  # the lease of R-3 is over
        assert outbox.release(EVENING) == 0
        assert outbox.states(EVENING) == {"expired": 3}

    def test_a_plan_beside_another_leaves_its_octets_alone(self, book: Book, address: str) -> None:
        """Of a message that was planned meanwhile with other words, the first stay; the rest of the page is added."""
        outbox = Outbox(book)
        assert Outbox(self.open(address)).plan([_planned("R-1")], NOON) == 1
        assert outbox.plan([_planned("R-0"), _planned("R-1", data=b"other"), _planned("R-2", quiet="why")], NOON) == 2
        assert outbox.planned("week", "2018-W46", "R-0", "R-2") == {"R-0": "", "R-1": "", "R-2": "why"}
        assert outbox.planned("week", "2018-W46", "R-1", "R-1") == {"R-1": ""}
        assert outbox.planned("week", "2018-W46", "R-0", "R-2", edition=2) == {}
        claims = [outbox.claim(NOON) for _ in range(3)]
        assert [(one.person, one.data) for one in claims if isinstance(one, Claim)] == [("R-1", b"x"), ("R-0", b"x")]

    def test_an_outbox_of_yesterday_keeps_its_octets_and_what_is_held(self, address: str, tmp_path: Path) -> None:
        """A book as it was before the octets had a table of their own."""
        folder = tmp_path / "older"
        shutil.copytree(SQL / self.open(address).engine.dialect, folder)
        for migration in (folder / "migrations").glob("*.sql"):
            if migration.name > "0007":
                migration.unlink()
        old = Scripts(folder)
        (folder / "schema.sql").write_text("".join(old.after(0)), encoding="utf-8")
        with self.open(address, old).writing() as session:
            for number, state in enumerate(("planned", "held", "quiet"), 1):
                session.run(
                    "insert into outbox values (:number, :person, 'week', '2018-W46', 1, 'a@b.example', 's@b.example', "
                    ":data, '', :due, :ends, '2018-11-12', :state, 0, :again, 0, '', '', :again)",
                    {"number": number, "person": f"R-{number}", "data": b"" if state == "quiet" else b"\x00 it",
                     "due": f"{NOON:%FT%T.%f}Z", "ends": f"{EVENING:%FT%T.%f}Z", "state": state,
                     "again": f"{NOON - timedelta(days=1):%FT%T.%f}Z"},
                )  # fmt: skip
        outbox = Outbox(self.open(address))
        assert outbox.states(NOON) == {"held": 1, "planned": 1, "quiet": 1}
        assert outbox.release(NOON) == 1
        assert outbox.claim(NOON - timedelta(seconds=1)) is None  # once it was due at once when it was let go
        claims = [outbox.claim(NOON) for _ in range(3)]
        assert [(one.person, one.data) for one in claims if isinstance(one, Claim)] == [
            ("R-1", b"\x00 it"), ("R-2", b"\x00 it"),
        ]  # fmt: skip

    def test_the_pace_of_a_relay_is_everybodys(self, book: Book, address: str) -> None:
        outbox = Outbox(book, per_minute=2)
        outbox.plan([
            Planned(f"R-{n}", "week", "2018-W46", "a@b.example", "s@b.example", b"x", NOON, EVENING) for n in range(9)
        ], NOON)  # fmt: skip
        assert isinstance(outbox.claim(NOON), Claim)
        assert isinstance(Outbox(self.open(address), per_minute=2).claim(NOON), Claim)
        assert outbox.claim(NOON) == Rest(NOON + timedelta(minutes=1))
        outbox.relay_rests(NOON + timedelta(minutes=1))
        assert Outbox(self.open(address)).claim(NOON + timedelta(minutes=1)) == Rest(NOON + timedelta(seconds=90))
