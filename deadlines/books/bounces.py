"""Bounces in a book: which mail of the outbox came back, as what, on the day of which mail. Rows are only added.

All of a mailbox is written in one transaction, in which the outbox is settled and people are stopped too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from deadlines.books.book import as_day, last_number
from deadlines.books.engine import Row, Session
from deadlines.books.outbox_rows import DOT_NEXT, UNSURE, as_moment, as_text
from deadlines.books.people import parse_person
from deadlines.books.roster import add_mailing
from deadlines.books.scripts import query

HARD, SOFT, POLICY = "hard", "soft", "policy"
SETTLED = "a delivery report came"  # why it counts as accepted


@dataclass(frozen=True, slots=True)
class Mailed:
    """A mail of the outbox that a bounce names. ``begins`` are its first octets, its header among them.

    ``unsure``: nobody knows whether the relay took it, and no sender has it in hand.
    """

    number: int
    person: str
    period: str
    address: str
    begins: bytes
    due: datetime
    unsure: bool


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail that came back. ``digest`` is that of the notice; ``day`` the day the mail was due, for the score."""

    mail: int
    digest: str
    verdict: str
    status: str
    day: date


@dataclass(frozen=True, slots=True)
class Bounces:
    """The bounces of a book, within a transaction. ``now`` has a time zone."""

    session: Session
    now: datetime

    def mailed(self, sender: str) -> list[Mailed]:
        """The mails that had this address for their bounces, in small letters: one, or none."""
        found = self.session.run(query("outbox_of_sender"), {"sender": sender})
        return [_mailed(row, self.now) for row in found]

    def known(self, digest: str) -> int:
        """The number of the mail a notice was about that has been read before; 0 when it is new."""
        found = self.session.run(query("bounce_known"), {"digest": digest})
        return int(found[0][0]) if found else 0

    def resumed(self, person: str) -> tuple[int, date]:
        """The row by which mails to somebody were last resumed, and its day; ``0, date.min`` when they never were."""
        found = self.session.run(query("last_resumed"), {"person": parse_person(person) or 0})
        return (int(found[0][0]), as_day(found[0][1])) if found else (0, date.min)

    def scored(self, person: str) -> list[tuple[date, str]]:
        """Day and verdict of each bounce that was written since mails to somebody were last resumed, by day."""
        rows = self.session.run(query("bounces_since"), {"person": person, "mailing": self.resumed(person)[0]})
        return [(as_day(day), verdict) for day, verdict in rows]

    def last_accepted(self, person: str) -> datetime | None:
        """When the last mail to somebody was due that the relay took."""
        ((due,),) = self.session.run(query("outbox_last_accepted"), {"person": person})
        return as_moment(due) if due else None

    def people(self) -> int:
        """How many are sent mails."""
        ((many,),) = self.session.run(query("people_wanted"))
        return int(many)

    def stopped(self, person: str) -> bool:
        """Whether a person is sent nothing as it is, or is not in the roster."""
        number = parse_person(person)
        if number is None:
            return True
        found = self.session.run(query("outbox_wanted"), {"person": number})
        return bool(found) and not found[0][0]

    def add(self, bounce: Bounce, recorded: date) -> None:
        """Add a bounce that is not known."""
        self.session.run(query("add_bounce"), {
            "number": last_number(self.session, "bounce") + 1, "outbox": bounce.mail, "digest": bounce.digest,
            "verdict": bounce.verdict, "status": bounce.status, "day": bounce.day,
            "mailing": last_number(self.session, "mailing"), "recorded": recorded,
        })  # fmt: skip

    def settle(self, mail: int) -> None:
        """An unsure mail of which a report came was accepted: only what a relay took comes back."""
        self.session.run(query("outbox_settle"), {"number": mail, "reply": SETTLED, "now": as_text(self.now)})

    def stop(self, person: str, reason: str, recorded: date) -> None:
        """Send somebody nothing from now on, who is sent mails."""
        number = parse_person(person)
        assert number
        add_mailing(self.session, number, False, reason, recorded)


def _mailed(row: Row, now: datetime) -> Mailed:
    number, person, period, address, begins, due, state, lease = row
    unsure = state == UNSURE or (state == DOT_NEXT and lease <= as_text(now))
    return Mailed(number, person, period, address, bytes(begins), as_moment(due), unsure)
