"""What a line of a district's file is taken to mean, and for which levels; or why nothing is made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from calendars.days import DateSpan
from calendars.entry import clean
from calendars.facts import MarkKind
from deadlines.importing.lines import Line
from deadlines.importing.terms import NotOneEnd, TermName, terms_ended
from deadlines.importing.words import ANNOUNCED, EVERYBODY, NOT_UNDERSTOOD, Sense, holds, plain, table
from deadlines.reading.fields import ISO
from deadlines.reading.nodes import UNSEEN

NO_TERM_ENDS = (
    *(MarkKind.CLOSED.value, MarkKind.TEACHERS_ONLY.value, MarkKind.CONFERENCE.value, MarkKind.UNSURE_TEACHERS.value),
    NOT_UNDERSTOOD,
)
SMALL = {"and", "or", "only", "schools", "school", "students", "for", "grade", "grades", "level", "levels"}
TERM_END = "term end"


class NotUnderstood(Exception):
    """A line nothing is made of, and why."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A line with what its words are taken to mean. Empty ``levels`` are every level; ``term`` is the one it ends."""

    line: Line
    means: str
    name: str
    days: DateSpan
    levels: tuple[str, ...] = ()
    term: TermName | None = None


def guess(line: Line, days: DateSpan, levels: tuple[str, ...]) -> tuple[Guess, ...]:
    """What a line means on those of its days that lie in the school year: one thing, or the ends of several terms.

    Raises NotUnderstood.
    """
    sense = table().meaning(line.name)
    for_whom = levels_of(line, levels)
    name = lasting_name(line.name, sense)
    if terms := _terms(line.name, sense):
        return tuple(Guess(line, TERM_END, name, days, for_whom, term) for term in terms)
    if sense is None:
        raise NotUnderstood("no words of the table stand in it")
    if sense.means == NOT_UNDERSTOOD:
        raise NotUnderstood(sense.because)
    if sense.means == ANNOUNCED and for_whom:  # such a line of a year file has no level
        return (Guess(line, ANNOUNCED, f"{name} ({', '.join(for_whom)})", days),)
    return (Guess(line, sense.means, name, days, for_whom),)


def _terms(name: str, sense: Sense | None) -> tuple[TermName, ...]:
    """The terms a line is the end of: of none when students stay away, for it may be the staff day after the end."""
    if sense and sense.means in NO_TERM_ENDS:
        return ()
    try:
        return terms_ended(name)
    except NotOneEnd as why:
        raise NotUnderstood(str(why)) from None


# ---- names ----------------------------------------------------------------------------------------


def lasting_name(name: str, sense: Sense | None) -> str:
    """The name of a day in the year file: what the district calls it, without what only says that nobody comes."""
    if sense and sense.name:
        return sense.name
    name = table().shorter(shown(name))
    inner = re.search(r"\s*\(([^()]*)\)$", name)
    if inner and inner.start() and _only_levels(plain(inner[1])):
        name = name[: inner.start()]
    name = ISO.sub(lambda day: f"{day[2]}/{day[3]}", name)  # a second date in a name would be read as one
    return f"“{name}”" if re.match(r"to\b", name, re.IGNORECASE) else name


def shown(text: str) -> str:
    """A text of the file as it may stand in one of ours: on one line, nothing invisible in it."""
    return " ".join(UNSEEN.sub("", clean(text).replace("\n", " ")).split())


def _only_levels(said: str) -> bool:
    for word in sorted((w for words in table().levels.values() for w in words), key=len, reverse=True):
        said = f" {said} ".replace(f" {word} ", " ").strip()
    return set(said.split()) <= SMALL


# ---- for whom -------------------------------------------------------------------------------------


def levels_of(line: Line, levels: tuple[str, ...]) -> tuple[str, ...]:
    """The levels a line speaks of, none where it is for all. Raises NotUnderstood."""
    words = {word: key for key, known in table().levels.items() for word in known}
    own = {level: words.get(plain(level), level) for level in levels}
    words |= {plain(level): key for level, key in own.items()}
    if line.schools and not _named(line.schools, words):
        raise NotUnderstood(f"“{shown(line.schools)}”, in the column of schools, is no level of this year")
    named = _named(f"{line.name} {line.schools}", words)
    if unknown := sorted(named - {EVERYBODY, *own.values()}):
        raise NotUnderstood(f"it is for {' and '.join(unknown)}, which is no level of this year (--levels)")
    found = tuple(level for level, key in own.items() if key in named)
    return () if len(found) == len(levels) else found


def _named(text: str, words: dict[str, str]) -> set[str]:
    said, found = plain(text), set()
    for word in sorted(words, key=len, reverse=True):
        if holds(said, word):
            found.add(words[word])
            said = f" {said} ".replace(f" {word} ", " , ").strip()
    return found
