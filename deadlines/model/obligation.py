"""What comes out of deriving: obligations, each with its dates, its trail and its article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from calendars.days import MONTHS, DateSpan
from calendars.facts import Announcement, Origin
from deadlines.model.card import Card, Citation, Part
from deadlines.model.trail import Step

Value = date | str

NOTICE = "notice"  # which moment gives notice of another; part of its identity for ever


class Moment(NamedTuple):
    """One day of an obligation that belongs in a calendar. ``which`` is part of its lasting identity."""

    which: str
    day: date
    title: str
    text: str = ""
    sure: bool = False  # stands wherever the others may move to


class ReadingRow(NamedTuple):
    """One combination of fair answers and the dates it gives; ``values`` holds a reason where it gives none."""

    answers: Mapping[str, str]
    values: Mapping[str, Value]
    steps: tuple[Step, ...]
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a shape works out for one case. ``values`` are the dates by the names an example may use.

    ``lead`` is the day the obligation is listed under; ``governed`` the day that decides which
    agreement holds. ``cannot_say`` is the reason when no date leads. ``notice`` is the day calendars give
    notice of the last one; no duty falls on it.
    """

    values: Mapping[str, Value]
    moments: tuple[Moment, ...] = ()
    lead: date | None = None
    steps: tuple[Step, ...] = ()
    readings: tuple[ReadingRow, ...] = ()
    questions: tuple[str, ...] = ()
    in_doubt: bool = False
    doubt_why: str = ""
    cannot_say: str = ""
    governed: date | None = None
    window: tuple[date, date] | None = None
    notice: Moment | None = None

    @property
    def entries(self) -> tuple[Moment, ...]:
        """Every day that stands in a calendar: the moments, and the notice of the last of them."""
        return (*self.moments, self.notice) if self.notice else self.moments


@dataclass(frozen=True, slots=True)
class Obligation:
    """A dated duty. Cannot be constructed without a citation and, when it has a date, a trail.

    ``after_end``: its day lies after the agreement's end; ``before_start``: it leads before the agreement begins.
    """

    card: Card
    part: Part
    hang: str
    outcome: Outcome
    levels: tuple[str, ...] = ()
    level_key: str = ""
    agreement: str = ""
    after_end: bool = False
    before_start: bool = False

    def __post_init__(self) -> None:
        if not self.card.sources or not self.card.citation.place:
            raise ValueError(f"{self.card.rule} has no citation; a date nobody can look up is not given out")
        if self.outcome.lead and not self.outcome.steps:
            raise ValueError(f"{self.card.rule} has a date and no trail; a date that cannot say why is not given out")

    @property
    def id(self) -> str:
        """``rule/part/hang`` (and ``/level`` where levels differ): what ``deadlines why`` takes."""
        parts = (self.card.rule, self.part.name, self.hang, self.level_key)
        return "/".join(part for part in parts if part)

    def identity(self, which: str) -> str:
        """The lasting key of one moment; no date, index, title or agreement is in it."""
        return "|".join((self.card.rule, self.part.name, self.hang, which, self.level_key))

    @property
    def citation(self) -> Citation:
        return self.card.citation

    @property
    def title(self) -> str:
        """The card's title with its part, and the levels where they differ."""
        named = f"{self.card.title}: {self.part.name}" if self.part.name else self.card.title
        return f"{named} ({', '.join(self.levels)})" if self.levels else named

    @property
    def title_of_period(self) -> str:
        """The title with the month, week or term it hangs on, for a list that shows no date of its own."""
        _, _, period = self.hang.partition("/")
        if not period or self.hang.startswith("event/"):
            return self.title
        month = re.fullmatch(r"(\d{4})-(\d{2})", period)
        return f"{self.title}, {MONTHS[int(month[2]) - 1]} {month[1]}" if month else f"{self.title}, {period}"

    @property
    def who_must(self) -> str:
        return self.part.who_must or self.card.who_must

    @property
    def sort_key(self) -> tuple[date, str]:
        return self.outcome.lead or date.max, self.id


@dataclass(frozen=True, slots=True)
class Row:
    """A card or part with no date, and the reason: undated, waiting for an event, term ended, not in force."""

    card: Card
    part: Part
    state: str
    why: str
    hang: str = ""
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A number of the contract beside the number of the calendar: agrees, differs or not known.

    ``origin`` is where a printed number stands; ``explained`` what happened since it was printed.
    """

    what: str
    expected: int
    found: str
    verdict: str
    why: str
    year: str
    level: str = ""
    rule: str = ""
    origin: Origin | None = None
    explained: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A date that changed between two days of knowledge, what changed it, and the line where that stands."""

    id: str
    title: str
    which: str
    before: Value | None
    after: Value | None
    cause: str
    where: str
    card: Card


@dataclass(frozen=True, slots=True)
class Republished:
    """A published date that a build moved, withdrew or gave back, as its readers saw it."""

    kind: str
    title: str
    article: str
    before: date | None
    after: date | None
    cause: str
    feeds: tuple[str, ...]
    obligation: str = ""  # the id of the obligation, while there is one


@dataclass(frozen=True, slots=True)
class RunsOut:
    """A clock that ends in a week, counted back: the event days, and the first and last date they lead to.

    ``ours``: a right of our side is lost then; otherwise the employer's duty for all of them is due.
    ``safe``: each of the dates is a day known to be open; else there may be no open day left before it.
    """

    card: Card
    part: Part
    happened: DateSpan
    leads: DateSpan
    ours: bool
    agreement: str
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Agenda:
    """Everything derived for a contract, the years on file and a day: the value every output reads."""

    on: date
    known_on: date
    obligations: tuple[Obligation, ...]
    rows: tuple[Row, ...] = ()
    audits: tuple[AuditRow, ...] = ()
    announcements: tuple[tuple[str, Announcement], ...] = ()
    messages: tuple[str, ...] = ()
    moves: tuple[Move, ...] = field(default=())
    runs_out: tuple[RunsOut, ...] = field(default=())
    republished: tuple[Republished, ...] = field(default=())
