"""The ends of terms: ``End of 1st Quarter``, ``Semester 2 ends``; all those of a kind, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from deadlines.importing.lines import Line
from deadlines.importing.words import plain

NUMBERS = {
    **{"first": 1, "1st": 1, "1": 1, "one": 1, "i": 1},
    **{"second": 2, "2nd": 2, "2": 2, "two": 2, "ii": 2},
    **{"third": 3, "3rd": 3, "3": 3, "three": 3, "iii": 3},
    **{"fourth": 4, "4th": 4, "4": 4, "four": 4, "iv": 4},
    **{"fifth": 5, "5th": 5, "5": 5, "sixth": 6, "6th": 6, "6": 6},
}
KINDS = {
    **{"quarter": "quarter", "qtr": "quarter", "nine weeks": "quarter", "9 weeks": "quarter"},
    **{"semester": "semester", "trimester": "trimester"},
    **{"marking period": "term", "grading period": "term", "term": "term"},
}
SHORT = {"q": "quarter", "s": "semester", "t": "trimester"}
HOW_MANY = {"quarter": 4, "semester": 2, "trimester": 3}
_KIND, _NUMBER = "|".join(KINDS), "|".join(NUMBERS)
TERM = re.compile(
    rf"\b(?:(?P<n1>{_NUMBER}) (?P<k1>{_KIND})|(?P<k2>{_KIND}) (?P<n2>{_NUMBER})|(?P<k3>[qst])(?P<n3>[1-4]))\b"
)
ENDING = re.compile(r"\b(?:end|ends|ending|closes|close|last day|last student day|final day)\b")
BEGINNING = re.compile(r"\b(?:begin|begins|beginning|start|starts|first day)\b")

TermName = tuple[str, int]


class NotOneEnd(Exception):
    """A name that speaks of terms and not of the end of one, and why."""


def terms_ended(name: str) -> tuple[TermName, ...]:
    """The terms whose end a name speaks of: a quarter, or a quarter and the semester that ends with it.

    None when it speaks of no term, or of none's end or beginning. Raises NotOneEnd for a beginning, and for
    the ends of two terms of a kind.
    """
    said = plain(name)
    terms = {_term(match) for match in TERM.finditer(said)}
    ends, begins = bool(ENDING.search(said)), bool(BEGINNING.search(said))
    if not terms or not (ends or begins):
        return ()
    if not ends:
        raise NotOneEnd("it names the beginning of a term, and a year file has only its end")
    if begins or len({kind for kind, _ in terms}) < len(terms):
        raise NotOneEnd("it names more than the end of one term")
    return tuple(sorted(terms))


def _term(match: re.Match[str]) -> TermName:
    if match["k3"]:
        return SHORT[match["k3"]], int(match["n3"])
    return KINDS[match["k1"] or match["k2"]], NUMBERS[match["n1"] or match["n2"]]


@dataclass(frozen=True, slots=True)
class Ending:
    """A line that is taken for the end of a term."""

    term: TermName
    day: date
    line: Line


@dataclass(frozen=True, slots=True)
class End:
    """An end as the year file gives it: no student end for the last term, a staff end where a staff day follows."""

    student: date | None
    staff: date | None
    lines: tuple[Line, ...]


def faults(kind: str, endings: list[Ending], first: date | None, last: date | None) -> Iterator[str]:
    """Why the ends of a kind of term cannot be used; nothing when they can. The bounds are the students' year."""
    days = {ending.term[1]: ending.day for ending in endings}
    count = how_many(kind, days)
    if len(days) < len(endings):
        yield f"the end of one {kind} stands on several lines"
    if set(range(1, count)) - days.keys() or max(days) > count:
        yield f"the ends of the other {kind}s are not in the file"
    in_order = [days[number] for number in sorted(days)]
    if in_order != sorted(set(in_order)) or (first and in_order[0] <= first):
        yield f"the ends of the {kind}s do not follow on one another"
    if count in days and days[count] != last:
        yield f"{kind} {count} would not end on the last student day"
    if last and any(day >= last for number, day in days.items() if number < count):
        yield f"a {kind} that is not the last would end with the year"


def how_many(kind: str, numbers: Mapping[int, object]) -> int:
    """How many terms of a kind a year has; of those nobody knows as many as there are ends."""
    return HOW_MANY.get(kind, max(numbers))
