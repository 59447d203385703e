"""What a part of a day, or a number of days worked, counts as.

``brackets: {more than 1/4 and less than 3/4: half a day, 3/4 or more: a whole day}``, or
``brackets: {1 to 10 days: none, 11 days or more: one day}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from deadlines.model.event import Fact
from deadlines.model.obligation import Outcome
from deadlines.phrases import tree as t
from deadlines.reading.fields import Bad, Fields, string
from deadlines.reading.nodes import Map, Node, Text
from deadlines.shapes._case import Case
from deadlines.shapes._told import LARGEST, event, number_name, numbers

WORDS = ("brackets",)
DATED = False
STATE = "table"
GIVEN = ("part of a day", "days worked")
PART = r"([0-9]{1,4})/([1-9][0-9]{0,3})"
DAYS = re.compile(r"([0-9]{1,3}) to ([0-9]{1,3}) days|([0-9]{1,3}) days or (more|fewer)")
BOUND = re.compile(rf"(more than|at least|less than|at most) {PART}|{PART} or (more|less)")


@dataclass(frozen=True, slots=True)
class Bracket:
    """A stretch of fractions of a day and what it counts as; each bound with whether it is included.

    ``of_days``: a stretch of numbers of whole days instead, the first and the last included.
    """

    words: str
    low: Fraction | None
    low_included: bool
    high: Fraction | None
    high_included: bool
    counts_as: str
    of_days: bool = False

    def holds(self, part: Fraction) -> bool:
        """Whether a fraction of a day falls into this bracket."""
        above = self.low is None or part > self.low or (self.low_included and part == self.low)
        below = self.high is None or part < self.high or (self.high_included and part == self.high)
        return above and below


@dataclass(frozen=True, slots=True)
class ByNumbers:
    """The event that tells a part and the whole, and how the two numbers are called."""

    event: str
    part: str
    whole: str
    least: int = 0
    most: int = LARGEST


@dataclass(frozen=True, slots=True)
class Brackets:
    """The brackets of a table, and where a book tells the part that is looked up in it, if any does."""

    of: tuple[Bracket, ...]
    by: ByNumbers | None = None


def read(fields: Fields) -> Brackets | None:
    found, by = fields.need("brackets", _brackets), fields.inside("measured by", "what is measured")
    if by is None:
        return Brackets(found) if found else None
    name, part, whole = by.need("event", event), by.need("part", number_name), by.need("whole", number_name)
    least, most = by.get("from", numbers, (0, LARGEST))
    by.done()
    return Brackets(found, ByNumbers(name, part, whole, least, most)) if found and name and part and whole else None


def events(spec: Brackets) -> Mapping[str, tuple[Fact, ...]]:
    """The event of a book that tells the two numbers."""
    by = spec.by
    return {by.event: tuple(Fact(name, numbers=(by.least, by.most)) for name in (by.part, by.whole))} if by else {}


def _brackets(node: Node) -> tuple[Bracket, ...]:
    if not isinstance(node, Map) or not node.entries:
        raise Bad(node.place, "brackets stand in a table", "{more than 1/4 and less than 3/4: half a day}")
    found: list[Bracket] = []
    for key, value in node:
        days = DAYS.fullmatch(key.value)
        if found and found[0].of_days != bool(days):
            near = "11 days or more" if found[0].of_days else "more than 1/4"
            raise Bad(key.place, f"`{key.value}` is not a bound beside `{found[0].words}`", near)
        if days:
            _add(found, key, _of_days(key, days, string(value)))
            continue
        bounds: dict[str, tuple[Fraction, bool]] = {}
        for piece in key.value.split(" and "):
            match = BOUND.fullmatch(piece)
            if not match:
                raise Bad(key.place, f"`{piece}` is not a bound", "more than 1/4")
            side, bound = _bound(match)
            if side in bounds:
                raise Bad(key.place, f"`{key.value}` has two bounds on one side", "more than 1/4 and less than 3/4")
            bounds[side] = bound
        low, high = bounds.get("low", (None, False)), bounds.get("high", (None, False))
        _add(found, key, Bracket(key.value, low[0], low[1], high[0], high[1], string(value)))
    return tuple(found)


def _of_days(key: Text, days: re.Match[str], counts_as: str) -> Bracket:
    """A stretch of whole days."""
    low, high = (Fraction(number) if number else None for number in days.groups()[:2])
    if days[3]:
        low, high = (Fraction(days[3]), None) if days[4] == "more" else (None, Fraction(days[3]))
    if low is not None and high is not None and high < low:
        raise Bad(key.place, f"`{key.value}` runs backward", f"{high} to {low} days")
    return Bracket(key.value, low, True, high, True, counts_as, of_days=True)


def _add(found: list[Bracket], key: Text, new: Bracket) -> None:
    """A bracket beside those there are. Raises Bad when one thing falls into two."""
    for old in found:
        if (both := _in_both(old, new)) is not None:
            what = f"{both} days worked" if new.of_days else f"{both} of a day"
            raise Bad(key.place, f"{what} falls into `{old.words}` and into `{new.words}`", "one of the two")
    found.append(new)


def _bound(match: re.Match[str]) -> tuple[str, tuple[Fraction, bool]]:
    """The side a bound is on, its fraction, and whether the fraction itself is in."""
    if match[1]:
        side = "low" if match[1] in ("more than", "at least") else "high"
        return side, (Fraction(int(match[2]), int(match[3])), match[1] in ("at least", "at most"))
    return "low" if match[6] == "more" else "high", (Fraction(int(match[4]), int(match[5])), True)


def _in_both(one: Bracket, other: Bracket) -> Fraction | None:
    """A fraction that two brackets hold: one of their bounds or one between two of them."""
    edges = sorted({Fraction(0), Fraction(1), *(e for b in (one, other) for e in (b.low, b.high) if e is not None)})
    points = [*edges, *((low + high) / 2 for low, high in pairwise(edges))]
    return next((point for point in points if one.holds(point) and other.holds(point)), None)


def phrases(spec: Brackets) -> Iterator[t.Phrase]:
    return iter(())


def in_words(spec: Brackets) -> str:
    return "; ".join(f"{bracket.words}: {bracket.counts_as}" for bracket in spec.of)


def work_out(spec: Brackets, case: Case) -> Outcome:
    """What a fraction of the regular working day, or days worked, count as; what no bracket holds is not stated."""
    wanted = "days worked" if spec.of[0].of_days else "part of a day"
    written = (case.given or {}).get(wanted)
    if not written:
        return Outcome({"table": in_words(spec)}, cannot_say=f"{wanted}: not given")
    part = Fraction(written)
    held = [bracket.counts_as for bracket in spec.of if bracket.holds(part)]
    return Outcome({"counts as": held[0] if held else "not stated"})
