"""The outbox: each message once for good, and never a second try of one that may have arrived.

A message goes from planned to claimed (one sender has it, for a while), to “dot next” (committed before the dot that
ends it), to what the relay said. One whose sender stopped before the dot is planned again; one whose sender stopped
after it is unsure, and a person decides. What a sender says after its time counts for nothing: each claim has a fence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from deadlines.books.book import Book
from deadlines.books.engine import Session, Values
from deadlines.books.outbox_rows import (
    ACCEPTED,
    CLAIMED,
    DOT_NEXT,
    PLANNED,
    QUIET,
    REFUSED,
    UNSURE,
    WAITING,
    Planned,
    mail_id,
)
from deadlines.books.outbox_rows import as_moment as _moment
from deadlines.books.outbox_rows import as_text as _text
from deadlines.books.people import parse_person
from deadlines.books.scripts import query

LEASE = timedelta(minutes=20)  # twice the wait after the dot; whoever has taken longer to come to it sends no dot
MINUTE = timedelta(minutes=1)
FIRST_REST, LONGEST_REST = timedelta(seconds=30), timedelta(hours=1)


class LeaseLost(Exception):
    """Another sender has the message, or a person has decided about it: what this one found out is not written."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A message this sender has for a while, and nobody else. ``fence`` is its own."""

    number: int
    person: str
    address: str
    sender: str
    data: bytes
    attempts: int
    fence: int


@dataclass(frozen=True, slots=True)
class Rest:
    """Nothing may be sent before a moment: the relay rests, or has had enough this minute."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Posted:
    """A row as a person is shown it: no address, no words of the message."""

    number: int
    person: str
    kind: str
    period: str
    edition: int
    state: str
    attempts: int
    due: datetime
    expires: datetime
    again: datetime
    reply: str
    quiet: str
    changed: datetime

    @property
    def id(self) -> str:
        """``M-000012``."""
        return mail_id(self.number)


class Outbox:
    """The outbox of a book. Every ``now`` has a time zone; ``per_minute`` is the relay's limit, 0 for none."""

    def __init__(self, book: Book, per_minute: int = 0, lease: timedelta = LEASE) -> None:
        self.book, self.per_minute, self.lease = book, per_minute, lease

    def plan(self, rows: Sequence[Planned], now: datetime, known: date | None = None) -> int:
        """Add what is not there yet; how many were added. Planning twice, or by two processes at once, adds nothing.

        ``known`` is the day whose knowledge the messages tell (default: that of ``now`` in UTC).
        """
        with self.book.writing() as session:
            ((last,),) = session.run(query("last_outbox"))
            numbered = list(enumerate(rows, last + 1))
            session.add(query("add_outbox"), (
                {"number": number, "person": row.person, "kind": row.kind, "period": row.period,
                 "edition": row.edition, "address": row.address, "sender": row.sender, "quiet": row.quiet,
                 "due": _text(row.due), "expires": _text(row.expires),
                 "known": (known or now.astimezone(UTC).date()).isoformat(),
                 "state": QUIET if row.quiet else PLANNED, "now": _text(now)}
                for number, row in numbered
            ))  # fmt: skip
            sent = ({"number": number, "data": row.data} for number, row in numbered if not row.quiet)
            session.add(query("add_octets"), sent)  # of what was added alone
            ((added,),) = session.run(query("outbox_since"), {"number": last})
        return int(added)

    def claim(self, now: datetime) -> Claim | Rest | None:
        """The next message that is due, for this sender alone; when to ask again; None when nothing is due.

        What senders left lying is set right first, and what came past its time expires.
        """
        with self.book.writing() as session:
            return self._claim(session, now)

    def _claim(self, session: Session, now: datetime) -> Claim | Rest | None:
        self._tidy(session, now)
        if rest := self._rest(session, now):
            return rest
        while found := session.run(query("outbox_next"), {"now": _text(now)}):
            if _wanted(session, found[0][1]):
                break
            session.run(query("outbox_unwanted"), {"number": found[0][0], "now": _text(now)})
        else:
            return None
        number, person, address, sender, data, attempts, fence = found[0]
        session.run(query("outbox_claim"), {"number": number, "lease": _text(now + self.lease), "now": _text(now)})
        session.run(query("add_pace"), {"now": _text(now)})
        return Claim(number, person, address, sender, bytes(data), attempts, fence + 1)

    def dot_next(self, claim: Claim, now: datetime) -> None:
        """Remember, before it is sent, that the dot is sent. Raises LeaseLost when the message is not this sender's."""
        with self.book.writing() as session:
            values = {"number": claim.number, "fence": claim.fence, "lease": _text(now + self.lease), "now": _text(now)}
            if not session.run(query("outbox_dot"), values):
                raise LeaseLost

    def accepted(self, claim: Claim, reply: str, now: datetime) -> Claim | Rest | None:
        """The relay took it; and what ``claim`` says now, in the same commit, which costs most. Raises LeaseLost."""
        with self.book.writing() as session:
            self._write_result(session, claim, DOT_NEXT, ACCEPTED, reply, now)
            self._works(session)
            return self._claim(session, now)

    def unsure(self, claim: Claim, reply: str, now: datetime) -> None:
        """Nobody knows whether the relay took it. Raises LeaseLost."""
        self._result(claim, DOT_NEXT, UNSURE, reply, now)

    def refused(self, claim: Claim, reply: str, now: datetime, after_dot: bool = False) -> None:
        """The relay will not have it. Raises LeaseLost."""
        self._result(claim, DOT_NEXT if after_dot else CLAIMED, REFUSED, reply, now)

    def waiting(self, claim: Claim, reply: str, now: datetime, again: datetime, after_dot: bool = False) -> None:
        """The relay said: later. Raises LeaseLost."""
        self._result(claim, DOT_NEXT if after_dot else CLAIMED, WAITING, reply, now, again)

    def given_back(self, claim: Claim, reply: str, now: datetime, counts: bool) -> None:
        """It never reached the dot, and is planned again. Raises LeaseLost."""
        self._result(claim, CLAIMED, PLANNED, reply, now, counts=counts)

    def _result(
        self, claim: Claim, before: str, state: str, reply: str, now: datetime, again: datetime | None = None,
        counts: bool = True,
    ) -> None:  # fmt: skip
        with self.book.writing() as session:
            self._write_result(session, claim, before, state, reply, now, again, counts)

    def _write_result(
        self, session: Session, claim: Claim, before: str, state: str, reply: str, now: datetime,
        again: datetime | None = None, counts: bool = True,
    ) -> None:  # fmt: skip
        values = {
            "number": claim.number, "fence": claim.fence, "before": before, "state": state, "reply": reply,
            "again": _text(again or now), "counts": int(counts), "now": _text(now),
        }  # fmt: skip
        if not session.run(query("outbox_result"), values):
            raise LeaseLost

    # ---- the relay -----------------------------------------------------------------------------------

    def relay_rests(self, now: datetime) -> datetime:
        """It was not there, or asked for peace: when to ask again, twice as late each time; then half as fast."""
        with self.book.writing() as session:
            _, minute, failures = _relay(session)
            until: datetime = now + min(FIRST_REST * 2**failures, LONGEST_REST)
            slower = max(1, (minute or self.per_minute) // 2) if minute or self.per_minute else 0
            values = {"rests": _text(until), "minute": slower, "failures": min(failures + 1, 10)}
            session.run(query("set_relay"), values)
        return until

    def _works(self, session: Session) -> None:
        """It took a message: no rest, and a little faster again, up to the limit."""
        _, minute, failures = _relay(session)
        if failures or minute:
            faster = 0 if not minute or minute * 5 // 4 + 1 >= self.per_minute else minute * 5 // 4 + 1
            session.run(query("set_relay"), {"rests": "", "minute": faster, "failures": 0})

    def _rest(self, session: Session, now: datetime) -> Rest | None:
        rests, minute, _ = _relay(session)
        if rests > _text(now):
            return Rest(_moment(rests))
        limit = min(filter(None, (minute, self.per_minute)), default=0)
        if limit:
            session.run(query("forget_pace"), {"since": _text(now - MINUTE)})
            ((taken, first),) = session.run(query("pace"), {"since": _text(now - MINUTE)})
            if taken >= limit:
                return Rest(_moment(first) + MINUTE)
        return None

    # ---- what a plan asks ----------------------------------------------------------------------------

    def known_to(self, kind: str, first: str, last: str) -> dict[str, date]:
        """For each person from one id to another, the day the last message told of that the relay accepted."""
        values = {"kind": kind, "first": first, "last": last}
        with self.book.reading() as session:
            found = session.run(query("outbox_known"), values) if session else []
        return {person: date.fromisoformat(known) for person, known in found}

    def planned(self, kind: str, period: str, first: str, last: str, edition: int = 1) -> dict[str, str]:
        """Who is in the outbox from one id to another (of equally many signs), and why quiet; empty when not."""
        values = {"kind": kind, "period": period, "first": first, "last": last, "edition": edition}
        with self.book.reading() as session:
            return dict(session.run(query("outbox_page"), values)) if session else {}

    def sizes_before(self, kind: str, period: str) -> list[tuple[str, int]]:
        """The last two other periods that were planned, the later first, and how many messages each had."""
        with self.book.reading() as session:
            found = session.run(query("outbox_size"), {"kind": kind, "period": period}) if session else []
        return [(before, many) for before, many in found]

    def due(self, now: datetime) -> int:
        """How many messages could be sent now."""
        with self.book.reading() as session:
            return int(session.run(query("outbox_due"), {"now": _text(now)})[0][0]) if session else 0

    def octets_due(self, now: datetime) -> Iterator[tuple[str, bytes]]:
        """The id and the octets of each message that would be sent now, by number. Nothing is claimed."""
        after = 0
        while True:
            with self.book.reading() as session:
                values = {"now": _text(now), "after": after}
                found = session.run(query("outbox_octets"), values) if session else []
                wanted = [(number, data) for number, person, data in found if session and _wanted(session, person)]
            yield from ((mail_id(number), bytes(data)) for number, data in wanted)
            if not found:
                return
            after = found[-1][0]

    # ---- what a person does --------------------------------------------------------------------------

    def states(self, now: datetime) -> dict[str, int]:
        """How many messages are in each state."""
        with self.book.reading() as session:
            if session is None:
                return {}
        with self.book.writing() as session:
            self._tidy(session, now)
            return dict(session.run(query("outbox_states")))

    def rows(self, state: str) -> list[Posted]:
        """The rows of a state."""
        with self.book.reading() as session:
            return [_posted(row) for row in session.run(query("outbox_rows"), {"state": state})] if session else []

    def soonest(self, now: datetime) -> datetime | None:
        """When the next message is due, or due again."""
        with self.book.reading() as session:
            moment = session.run(query("outbox_soonest"), {"now": _text(now)})[0][0] if session else None
        return _moment(moment) if moment else None

    def hold(self, now: datetime) -> int:
        """Nothing that waits is sent until ``release``; how many are held."""
        return self._all("outbox_hold", now)

    def release(self, now: datetime) -> int:
        """What was held is what it was before: planned, or waiting as long as the relay said; how many."""
        return self._all("outbox_release", now)

    def assume_accepted(self, number: int, now: datetime) -> bool:
        """A person takes an unsure message for accepted; whether it was unsure."""
        return bool(self._change(UNSURE, ACCEPTED, "assumed by a person", now, number))

    def resend(self, number: int, now: datetime) -> bool:
        """A person has an unsure message sent again, the same octets; whether it was unsure, and its week not over."""
        return bool(self._change(UNSURE, PLANNED, "to be sent again, a person said", now, number))

    def _change(self, before: str, after: str, reply: str, now: datetime, number: int) -> int:
        values = {"before": before, "after": after, "reply": reply, "number": number}
        values["again"] = int(after == PLANNED)  # what has expired is not planned again
        return self._all("outbox_change", now, values)

    def _all(self, name: str, now: datetime, values: Values | None = None) -> int:
        with self.book.reading() as session:
            if session is None:
                return 0
        with self.book.writing() as session:
            self._tidy(session, now)
            return len(session.run(query(name), {**(values or {}), "now": _text(now)}))

    def _tidy(self, session: Session, now: datetime) -> None:
        for name in ("outbox_lost", "outbox_abandoned", "outbox_expire"):
            session.run(query(name), {"now": _text(now)})


def _wanted(session: Session, person: str) -> bool:
    """Whether the roster has not stopped mails to somebody since they were planned."""
    number = parse_person(person)
    found = session.run(query("outbox_wanted"), {"person": number}) if number else []
    return not found or bool(found[0][0])


def _relay(session: Session) -> tuple[str, int, int]:
    found = session.run(query("relay"))
    return (found[0][0], found[0][1], found[0][2]) if found else ("", 0, 0)


def _posted(row: tuple[object, ...]) -> Posted:
    number, person, kind, period, edition, state, attempts, due, expires, again, reply, quiet, changed = row
    times = [_moment(str(moment)) for moment in (due, expires, again, changed)]
    assert isinstance(number, int)
    assert isinstance(edition, int)
    assert isinstance(attempts, int)
    return Posted(
        number, str(person), str(kind), str(period), edition, str(state), attempts, times[0], times[1], times[2],
        str(reply), str(quiet), times[3],
    )  # fmt: skip
