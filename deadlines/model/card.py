"""What a rule card says, as frozen values. Phrases are kept as trees; shapes keep their own part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from calendars.days import Kind, long_date
from deadlines.model.problem import Place


class Status(Enum):
    """How far a card can be trusted; the value is the word in the file."""

    CHECKED = "checked"
    UNVERIFIED = "unverified"
    DISPUTED = "disputed"
    DRAFT = "draft"
    RETIRED = "retired"


class Side(Enum):
    """Who owes a duty, from the union's point of view. Decides which date leads."""

    OURS = "ours"
    EMPLOYER = "employer"
    THIRD = "third party"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands and how far it was compared. ``words_at`` is where the card quotes its few words."""

    document: str
    place: str
    weight: str
    compared: str = ""
    differs: str = ""
    words: str = ""
    words_at: Place | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.place} ({self.document})"


@dataclass(frozen=True, slots=True)
class Settlement:
    """Why one reading leads: a practice or a ruling, where it stands, and who recorded it."""

    kind: str
    what: str
    place: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A question the text leaves open, its fair answers by letter, and the letter in use (or none)."""

    name: str
    question: str
    answers: Mapping[str, str]
    use: str = ""


@dataclass(frozen=True, slots=True)
class InForce:
    """From which to which day a part holds, both included; ``ends_when`` is an event that ends it sooner."""

    first: date | None = None
    last: date | None = None
    ends_when: str = ""
    look_again: date | None = None
    words: str = ""

    def __str__(self) -> str:
        """In words: ``in force from November 12, 2020 until “school shown safe”``; empty when always."""
        first = f"from {long_date(self.first)}" if self.first else ""
        last = f"until {long_date(self.last)}" if self.last else ""
        ends = f"until “{self.ends_when}”" if self.ends_when else ""
        found = " ".join(word for word in (first, " or ".join(word for word in (last, ends) if word)) if word)
        return f"in force {found}" if found else ""


@dataclass(frozen=True, slots=True)
class Part:
    """One dated (or undated) duty of a card. ``shape`` names the file in ``shapes/``; ``spec`` is its own.

    ``counted_from``: the school year an every-second-year duty is counted from (or the fact that gives it);
    ``only_through``: the phrase of the day after which a recurring duty ends for the year;
    ``told_by``: the fact of the event, yes or no, that says whether ``applies_when`` holds: with a yes, or, if
    ``told_no``, with a no;
    ``ended_by``: the events that answer it, or after which nothing is owed any more.
    """

    name: str
    each: str
    shape: str
    spec: Any
    place: Place
    starts_with: str = ""
    also_needs: Mapping[str, str] = field(default_factory=dict)
    applies_when: str = ""
    who_must: str = ""
    in_force: InForce = InForce()
    missed_advice: str = ""
    missed_starts: tuple[str, ...] = ()
    no_such_period: str = ""
    governed_by: str = ""
    counted_from: str = ""
    only_through: Any = None
    told_by: str = ""
    told_no: bool = False
    ended_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A case worked by hand: what is given, the dates that follow, and why."""

    given: Mapping[str, str]
    then: Any
    because: str
    place: Place
    number: int
    known_on: date
    school_year: str = ""
    events: Mapping[str, date] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The example as a test is named: what is given, then why."""
        given = ", ".join(f"{key} {value}" for key, value in self.given.items())
        return f"given {given}: {self.because}"


@dataclass(frozen=True, slots=True)
class Remind:
    """When to be reminded: ``count`` days of a kind before the last day, or before the day it opens; 0: on the day."""

    words: str
    count: int
    kind: Kind
    before_opening: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A rule card: one article's duty with its proof, people, time, consequence and examples.

    ``kind`` is set for the card of an overlay (award, side letter, waiver, order); ``positions`` are both
    sides' and stay with the steward, ``our_position`` is what members see of a disputed card. ``but_not``
    are the roles whose group is told and for whom an overlay gives another date. ``counted_back``: whether
    a digest tells each week which days' events go out of time.
    """

    rule: str
    title: str
    summary: str
    status: Status
    file: str
    sources: tuple[Citation, ...]
    parts: tuple[Part, ...]
    who_must: str
    side: Side
    tell: tuple[str, ...]
    stakes: str
    contact: str
    counterpart: str = ""
    owed_to: str = ""
    applies_to: str = ""
    received_by: str = ""
    roll: str = "not stated"
    readings: tuple[Reading, ...] = ()
    settlement: Settlement | None = None
    soft_words: str = ""
    remedy: str = ""
    advice: str = ""
    done_when: str = ""
    remind: tuple[Remind, ...] = ()
    counted_back: bool = True
    questions: tuple[str, ...] = ()
    link: str = ""
    builds_on: str = ""
    kind: str = ""
    positions: Mapping[str, str] = field(default_factory=dict)
    our_position: str = ""
    but_not: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def citation(self) -> Citation:
        """The weightiest source: the first controlling one, else the first."""
        return next((s for s in self.sources if s.weight == "controlling"), self.sources[0])

    def part(self, name: str) -> Part:
        """A part by name. KeyError when there is none."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of reader or actor: whose side it is on, which days it works, its group, and its people in words."""

    name: str
    side: Side
    work_days: str = "teacher"
    group: str = ""
    called: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What an overlay puts in place of one part's date: the part of a rule, and the new shape and spec."""

    rule: str
    part: str
    shape: str
    spec: Any
    place: Place


@dataclass(frozen=True, slots=True)
class Overlay:
    """An award, side letter, waiver or order over an agreement: what it adds, changes and suspends, for whom.

    It is known from ``dated`` on; ``first`` and ``last`` are included. Empty ``titles`` and ``schools``
    mean everybody and everywhere. ``ends_when`` is the event that ends it sooner, at the school it happens at.
    ``over`` names the overlays of the same agreement that this one beats, with the place where it says so.
    """

    card: Card
    dated: date
    first: date
    last: date | None
    titles: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    over: Mapping[str, Place] = field(default_factory=dict)
    suspends: tuple[tuple[str, str, Place], ...] = ()
    changes: tuple[Change, ...] = ()
    ends_when: str = ""

    @property
    def name(self) -> str:
        return self.card.rule

    def holds(self, known_on: date, school: str) -> bool:
        """Whether it was known on a day, is no draft, and speaks of a school (of all, when it names none)."""
        listed = self.card.status not in (Status.DRAFT, Status.RETIRED)
        return listed and self.dated <= known_on and (not self.schools or school in self.schools)

    @property
    def touches(self) -> Mapping[tuple[str, str], Place]:
        """Every (rule, part) it changes or suspends, with the place where it says so."""
        return {**{(rule, part): place for rule, part, place in self.suspends},
                **{(change.rule, change.part): change.place for change in self.changes}}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contract:
    """An agreement: its term, documents, roles, all its cards, and the overlays over them.

    ``delegates`` are the roles that are also told what is not yet verified. ``dated`` is the day it was
    made, before which nobody could know it; None when it was known from its first day.
    """

    name: str
    title: str
    first: date
    last: date
    successor: str
    documents: Mapping[str, str]
    roles: Mapping[str, Role]
    cards: tuple[Card, ...]
    folder: str
    delegates: tuple[str, ...] = ("delegate",)
    dated: date | None = None
    overlays: tuple[Overlay, ...] = ()
    questions: tuple[str, ...] = ()

    def known(self, known_on: date) -> bool:
        """Whether the agreement existed on a day of knowledge."""
        return self.dated is None or self.dated <= known_on

    @property
    def all_cards(self) -> tuple[Card, ...]:
        """The cards and, after them, the overlays' own."""
        return (*self.cards, *(overlay.card for overlay in self.overlays))

    def holding(self, known_on: date, school: str) -> tuple[Card, ...]:
        """The cards and those of the overlays known on a day that speak of a school."""
        return (*self.cards, *(o.card for o in self.overlays if o.holds(known_on, school)))

    def group_of(self, role: str) -> str:
        """The group a role belongs to, or its own name."""
        known = self.roles.get(role)
        return known.group if known and known.group else role

    def card(self, rule: str) -> Card:
        """A card by its rule name. KeyError when there is none."""
        for card in self.cards:
            if card.rule == rule:
                return card
        raise KeyError(rule)
