"""A duty that an event of the book started, or another that was missed, and how it stands on a day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from deadlines.books.rows import Logged, Settlement
from deadlines.deriving.cases import Event
from deadlines.deriving.derive import Found
from deadlines.model.obligation import Obligation, Row

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)  # a fact may also be a number, yes, no, or another event
OVERDUE, OWED, WAITING, PASSED, SETTLED, NONE = "overdue", "owed", "waiting", "passed", "settled", "no duty"
OPEN = (OVERDUE, OWED, WAITING)


@dataclass(frozen=True, slots=True)
class Start:
    """What starts duties: an event of the book, or that a duty which hangs on one (``cause``) was not done by ``day``.

    ``id`` names the event and every duty missed since. ``facts`` are days, numbers, yes and no, by name. A start with
    a cause starts only ``parts``, each (rule, part), of the agreement of its cause. ``later`` are the other days that
    may be the one by which it was to be done, where the text or the calendar leaves that open; all are after ``day``.
    ``agreement`` is that of the event it follows, under which its case began; empty: whichever holds on its day.
    """

    event: Logged
    id: str
    name: str
    day: date
    facts: Mapping[str, str]
    cause: Standing | None = None
    parts: frozenset[tuple[str, str]] = frozenset()
    later: tuple[date, ...] = ()
    agreement: str = ""

    def as_event(self, day: date | None = None, id: str = "") -> Event:
        """As deriving takes it: its yes and no decide what is derived, and are left out."""
        facts = {name: date.fromisoformat(value) for name, value in self.facts.items() if DAY.fullmatch(value)}
        return Event(self.name, day or self.day, id or self.id, facts)


def of_the_book(event: Logged, agreement: str = "") -> Start:
    """The start an event of the book is, in a case that began under an agreement."""
    return Start(event, event.id, event.told.name, event.told.day, event.told.facts, agreement=agreement)


@dataclass(frozen=True, slots=True)
class Standing:
    """A duty that was started, and how it stands on a day.

    ``state``: overdue (its day is past), owed, waiting (no date can be given yet), passed (what happens by itself
    on a day has happened), settled, or no duty. ``due`` is its day, or the later one it was extended to in writing.
    ``ended_by`` is the event of its case that ended it. ``unsaid`` is the condition under which it applies, when the
    event does not say whether it does. ``or_else``: where its start has later days, the day each of them gives, None
    when none can be said.
    """

    start: Start
    found: Found
    state: str
    due: date | None = None
    settlement: Settlement | None = None
    unsaid: str = ""
    or_else: Mapping[date, date | None] = field(default_factory=dict)
    ended_by: Logged | None = None

    @property
    def event(self) -> Logged:
        """The event of the book at the beginning of its chain."""
        return self.start.event

    @property
    def chain(self) -> tuple[Standing, ...]:
        """The duties whose being missed led here, the first first."""
        cause = self.start.cause
        return (*cause.chain, cause) if cause else ()

    @property
    def id(self) -> str:
        """What ``settle`` and ``why`` take: ``rule/part/event/E-000001``, and the level where levels differ."""
        return found_id(self.found)

    @property
    def id_on_all_levels(self) -> str:
        """The same without a level."""
        return "/".join(word for word in (self.found.card.rule, self.found.part.name, self.found.hang) if word)

    @property
    def why_not(self) -> str:
        """Why there is no date; empty when there is one."""
        return f"{self.found.state}: {self.found.why}" if isinstance(self.found, Row) else ""


def found_id(found: Found) -> str:
    """The id of an obligation, or of a row with no date."""
    if isinstance(found, Obligation):
        return found.id
    return "/".join(word for word in (found.card.rule, found.part.name, found.hang) if word)
