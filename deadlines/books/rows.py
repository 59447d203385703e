"""The rows of a book, as values. A row is never changed: a correction is a new row that voids an old one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

# Who something happened to is an opaque id; a name, or a mail address, does not fit.
WHO = re.compile(r"(?=[A-Z0-9-]*[0-9])[A-Z0-9-]{1,24}", re.ASCII)
ROW_ID = re.compile(r"([ES])-0*([1-9][0-9]{0,8})", re.ASCII)
DONE, EXCUSED, EXTENDED, GIVEN_UP = OUTCOMES = ("done", "excused", "extended", "given up")


def row_id(letter: str, number: int) -> str:
    """``E-000123``: what a row is called for good. E an event, S a settlement."""
    return f"{letter}-{number:06d}"


def parse_id(written: str) -> tuple[str, int] | None:
    """The letter and number of ``E-000123`` or ``E-123``; None when it is neither."""
    match = ROW_ID.fullmatch(written)
    return (match[1], int(match[2])) if match else None


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened, as it is told: a declared name, its day, the day it is recorded, to whom, where.

    ``facts`` hold a day (``2018-10-16``), a number (``5``) or ``yes`` or ``no`` by name. ``note`` is private.
    ``source`` is the key of the row of a file it came from: a row whose key is in the book is not added again.
    """

    name: str
    day: date
    recorded: date
    who: str = ""
    school: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if self.who and not WHO.fullmatch(self.who):
            raise ValueError("people are opaque ids in a book")


@dataclass(frozen=True, slots=True)
class Logged:
    """A row of something that happened, with the number the book gave it."""

    number: int
    told: Happened

    @property
    def id(self) -> str:
        return row_id("E", self.number)


@dataclass(frozen=True, slots=True)
class Settlement:
    """How an obligation came to its end, or to a later day. ``day``: when it was done, or to when it was extended.

    ``event`` is the number of the event it hangs on, 0 for one that recurs. ``evidence`` is private.
    """

    number: int
    obligation: str
    event: int
    outcome: str
    day: date | None
    evidence: str
    recorded: date

    @property
    def id(self) -> str:
        return row_id("S", self.number)

    @property
    def final(self) -> bool:
        """Whether nothing is owed any more; an extended duty still is."""
        return self.outcome != EXTENDED


@dataclass(frozen=True, slots=True)
class Told:
    """The day a duty was told to be due; None when no date could be given. ``event`` is the number it hangs on."""

    obligation: str
    event: int
    due: date | None
    recorded: date


@dataclass(frozen=True, slots=True)
class Void:
    """A correction: the row with this id does not count, and why. ``reason`` is private."""

    subject: str
    reason: str
    recorded: date


@dataclass(frozen=True, slots=True)
class Pages:
    """A book as it was known on a day, in the order it was written. ``later``: how many rows were recorded after it.

    ``told`` is the last day each duty was told to be due, by its id.
    """

    events: tuple[Logged, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    voids: Mapping[str, Void] = field(default_factory=dict)
    later: int = 0
    told: Mapping[str, Told] = field(default_factory=dict)

    @property
    def standing(self) -> tuple[Logged, ...]:
        """The events that were not voided."""
        return tuple(event for event in self.events if event.id not in self.voids)

    @property
    def settled(self) -> tuple[Settlement, ...]:
        """The settlements that were not voided, themselves or with their event."""
        return tuple(
            one for one in self.settlements if one.id not in self.voids and row_id("E", one.event) not in self.voids
        )

    def last_words(self) -> dict[str, Settlement]:
        """The last settlement of each obligation that has one, by the id it was settled under."""
        return {one.obligation: one for one in self.settled}


def last_word(words: Mapping[str, Settlement], obligation: str) -> Settlement | None:
    """The last settlement of an obligation. One on all levels (``rule/part/event/ID``) holds for each of them."""
    on_all_levels = obligation.rpartition("/")[0]
    found = [words[id] for id in (obligation, on_all_levels) if id in words]
    return max(found, key=lambda one: one.number, default=None)
