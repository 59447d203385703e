"""A mailbox of bounces held against the outbox: which mail each is about, what it counts, and who is sent nothing more.

A bounce is believed when it came to the address only that mail had, and returns something only that mail's relay could
know: its Message-ID, or its recipient. Everything else may be anybody's and is counted, no more.

The score (Mailman's and Discourse's, together): soft 1, hard 2, once a day, stale after seven days without a bounce,
nothing more at 4. The day is the one the mail was due, by our own book: no clock of a relay, no bounce that comes four
days late and no mailbox that nobody read for a month can shift it, and weekly mails are seven days apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from deadlines.books.bounces import HARD, POLICY, SOFT, Bounce, Bounces, Mailed
from deadlines.books.engine import Session
from deadlines.books.outbox_rows import mail_id
from deadlines.mail.bounce import Delivery, Notice, id_of
from deadlines.sending.verdicts import DELAYED, DELIVERED, status_of, verdict

POINTS = {HARD: 2, SOFT: 1}
ENOUGH = 4
STALE = timedelta(days=7)
FEW, A_TENTH = 5, 0.1  # so many at once may go; of more, and more than that part of all, a person is asked
# Behind one address there may be several recipients, of whom one has it.
MILDEST_FIRST = (DELIVERED, DELAYED, POLICY, SOFT, HARD)
AUTOMATIC, KNOWN, NOT_OURS, NO_REPORT, TOO_LARGE = "automatic", "known", "not ours", "no report", "too large"
COUNTED = (HARD, SOFT, POLICY, DELIVERED, DELAYED, AUTOMATIC, KNOWN, NOT_OURS, NO_REPORT, TOO_LARGE)


@dataclass(frozen=True, slots=True)
class Returned:
    """A mail that came back, without a word of what came. ``status`` may be empty; ``score`` is its reader's now."""

    mail: str
    person: str
    period: str
    verdict: str
    status: str
    score: int


@dataclass(slots=True)
class Outcome:
    """What a mailbox held: how many of each kind, what is new, the mails that were unsure, who is sent nothing more.

    ``people`` is how many were sent mails until now.
    """

    counts: Counter[str] = field(default_factory=Counter)
    returned: list[Returned] = field(default_factory=list)
    settled: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    people: int = 0

    @property
    def unlikely(self) -> bool:
        """Whether so many would be stopped at once that it is more likely a server's fault, or ours."""
        return len(self.stopped) > max(FEW, A_TENTH * self.people)


class Reading:
    """One mailbox, within a transaction of the book. ``zone`` is the local's; ``now`` has a time zone."""

    def __init__(self, session: Session, zone: str, now: datetime) -> None:
        self.book, self.zone = Bounces(session, now), ZoneInfo(zone)
        self.outcome = Outcome()
        self._new: dict[str, tuple[Mailed, Bounce]] = {}  # by the digest of the notice
        self._days: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)  # of what is new, by person
        self._unsure: dict[int, str] = {}
        self._stop: dict[str, str] = {}  # person and reason

    def read(self, notices: Iterable[Notice | None]) -> Outcome:
        """Hold each against the outbox; None is a mail too large to be read. Nothing is written."""
        for notice in notices:
            self.outcome.counts[self._kind(notice) if notice else by_itself(None)] += 1
        scores = {person: self._score(person) for person in self._days}
        for mailed, bounce in self._new.values():
            self.outcome.returned.append(Returned(
                mail_id(mailed.number), mailed.person, mailed.period, bounce.verdict, bounce.status,
                scores[mailed.person],
            ))  # fmt: skip
            if scores[mailed.person] >= ENOUGH and not self.book.stopped(mailed.person):
                said = " ".join(filter(None, (bounce.verdict, bounce.status)))
                self._stop[mailed.person] = f"bounced: {said} ({mail_id(mailed.number)})"
        self.outcome.settled = list(self._unsure.values())
        self.outcome.stopped, self.outcome.people = sorted(self._stop), self.book.people()
        return self.outcome

    def write(self, recorded: date) -> None:
        """Write what ``read`` found, in its transaction."""
        for _, bounce in self._new.values():
            self.book.add(bounce, recorded)
        for number in self._unsure:
            self.book.settle(number)
        for person, reason in self._stop.items():
            self.book.stop(person, reason, recorded)

    def _kind(self, notice: Notice) -> str:
        """What a notice counts as, one of COUNTED."""
        if (kind := by_itself(notice)) != NOT_OURS:
            return kind
        found = next(filter(None, (self._ours(notice, sender) for sender in notice.senders)), None)
        if found is None:
            return NOT_OURS
        mailed, deliveries = found
        said = {verdict(one): one for one in deliveries}
        kind = next((kind for kind in MILDEST_FIRST if kind in said), "")
        if kind in (DELIVERED, *POINTS, POLICY) and mailed.unsure:
            self._unsure[mailed.number] = mail_id(mailed.number)
        if kind not in (*POINTS, POLICY):
            return kind or NO_REPORT
        if notice.digest in self._new or self.book.known(notice.digest):
            return KNOWN
        day = mailed.due.astimezone(self.zone).date()
        self._new[notice.digest] = mailed, Bounce(mailed.number, notice.digest, kind, status_of(said[kind]), day)
        self._days[mailed.person].append((day, kind))
        return kind

    def _ours(self, notice: Notice, sender: str) -> tuple[Mailed, list[Delivery]] | None:
        """The mail that had this address for its bounces, and what is said of it; None when nothing of it is ours."""
        for mailed in self.book.mailed(sender):
            to_it = [one for one in notice.deliveries if mailed.address.lower() in one.recipients]
            if to_it or id_of(mailed.begins) in notice.returned:
                return mailed, to_it or list(notice.deliveries)
        return None

    def _score(self, person: str) -> int:
        """The score with what is new. A day counts once, by its worst; a mail due before mails were resumed, never."""
        _, resumed = self.book.resumed(person)
        days: dict[date, int] = {}
        for day, kind in (*self.book.scored(person), *self._days[person]):
            if day > resumed and kind in POINTS:
                days[day] = max(days.get(day, 0), POINTS[kind])
        due = self.book.last_accepted(person)
        last = due.astimezone(self.zone).date() if due else date.min
        return score(days, last)


def by_itself(notice: Notice | None) -> str:
    """What a mail counts as before the outbox is asked, and where nothing was ever sent; None is one too large."""
    if notice is None:
        return TOO_LARGE
    if notice.deliveries:
        return NOT_OURS
    return AUTOMATIC if notice.automatic else NO_REPORT


def score(days: dict[date, int], last: date) -> int:
    """The score of a person from the points of each day; ``last`` is the day of the last mail the relay took.

    Seven days without a bounce (inclusive) let it stand; a longer pause, also up to ``last``, begins anew.
    """
    total, before = 0, date.max
    for day in sorted(days):
        total = days[day] if day - before > STALE else total + days[day]
        before = day
    return 0 if last - before > STALE else total
