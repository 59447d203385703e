"""What a user tells of an event, read and checked: by hand or from a file, the same readers.

Every value here may hold a name, in the wrong place if nowhere else. No message repeats one: it says what is wrong,
where it stands, and what would be right.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ParamSpec, TypeVar

from deadlines.books.rows import WHO, Happened, parse_id, row_id
from deadlines.model.event import FOLLOWS, Declared, DeclaredEvent, Fact
from deadlines.model.missed import MISSED
from deadlines.reading.fields import Bad, parse_day
from deadlines.reading.nodes import Text
from deadlines.reading.show import nearest

P = ParamSpec("P")
T = TypeVar("T")

SHORT = 5  # letters; a shorter word is known or not, since many a name is nearly one
NEARLY = 0.85  # how like a known word a written one is that can be nothing but a slip of the pen
BETWEEN = re.compile(r"[\s_-]+")  # what parts the words of an event, and of an option
LONGEST_SCHOOL = 80  # characters
LONGEST_TEXT = 2000
LONGEST_NUMBER = 4  # figures
YES_OR_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Told:
    """An event as written, each value with its place: by hand the option's, in a file the cell's."""

    event: Text
    happened: Text
    who: Text | None = None
    school: Text | None = None
    note: Text | None = None
    facts: tuple[tuple[Text, Text], ...] = ()
    follows: Text | None = None


@dataclass(slots=True)
class Reader:
    """Reads events against what the cards declare, and collects what is wrong in ``wrong``.

    ``in_book`` gives every event that another may follow, by id; it is asked only when one does.
    """

    declared: Declared
    recorded: date
    in_book: Callable[[], Mapping[str, Happened]] = dict
    wrong: list[Bad] = field(default_factory=list)

    def read(self, told: Told) -> Happened | None:
        """The event as a row for the book; None when something is wrong with it."""
        before = len(self.wrong)
        event = self._attempt(event_of, told.event, self.declared)
        day = self._attempt(happened_on, told.happened, self.recorded)
        who = self._attempt(who_of, told.who) if told.who else ""
        school = self._attempt(school_of, told.school) if told.school else ""
        note = self._attempt(private_text, told.note) if told.note else ""
        facts = self._facts(told, event) if event else {}
        if len(self.wrong) > before or event is None or day is None:
            return None
        row = Happened(event.name, day, self.recorded, who or "", school or "", facts, note or "")
        if told.follows is None:
            return row
        earlier = self._attempt(followed, told.follows, row, self.in_book())
        return replace(row, facts={**facts, FOLLOWS: earlier}) if earlier else None

    def _facts(self, told: Told, event: DeclaredEvent) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in told.facts:
            fact = self._attempt(fact_of, name, event)
            if fact and fact.name in found:
                self.wrong.append(Bad(name.place, f"the fact `{fact.name}` is given twice", "once"))
            elif fact:
                found[fact.name] = self._attempt(fact_value, fact, value) or ""
        return found

    def _attempt(self, read: Callable[P, T], *values: P.args, **named: P.kwargs) -> T | None:
        try:
            return read(*values, **named)
        except Bad as bad:
            self.wrong.append(bad)
            return None


def is_public(written: str, known: Iterable[str]) -> bool:
    """Whether a text may be repeated: it has no letters, or each word of it is all but one of a known name.

    A name behind a known word is a word too many, and then nothing is repeated.
    """
    plain = written.strip().lower()
    if not any(sign.isalpha() for sign in plain):
        return True
    return any(_nearly(BETWEEN.split(plain), BETWEEN.split(word.lower())) for word in known)


def _nearly(written: list[str], known: list[str]) -> bool:
    return len(written) == len(known) and all(
        one == other or (len(other) >= SHORT and difflib.SequenceMatcher(None, one, other).ratio() >= NEARLY)
        for one, other in zip(written, known, strict=True)
    )


def event_of(written: Text, declared: Declared) -> DeclaredEvent:
    """The event of a name. Raises Bad with the nearest one."""
    name = written.value.strip()
    if name.endswith(MISSED):
        message = "that a duty was missed is never logged: it follows by itself from one not settled by its day"
        raise Bad(written.place, message, "deadlines open lists it")
    if name not in declared:
        near = nearest(name, declared) or "deadlines events --declared lists them"
        raise Bad(written.place, "no card of any agreement on file knows an event of this name", near)
    return declared[name]


def followed(written: Text, row: Happened, in_book: Mapping[str, Happened]) -> str:
    """The id of the event of the book that another follows. Raises Bad."""
    id = parse_id(written.value.strip())
    name = row_id(*id) if id else ""
    if name not in in_book:
        near = "deadlines events lists the ids"
        raise Bad(written.place, "no event of this id is in the book, or it is void", near)
    earlier = in_book[name]
    if row.day < earlier.day:
        message = f"{name} happened later, on {earlier.day}; what follows it cannot be before"
        raise Bad(written.place, message, "an event that had happened by then")
    if any(one and other and one != other for one, other in ((row.who, earlier.who), (row.school, earlier.school))):
        message = f"{name} is about another person or school, so it is another case"
        raise Bad(written.place, message, "deadlines events lists the ids")
    return name


def private_day(written: Text) -> date:
    """A day, in a place where something private may stand by mistake. Raises Bad."""
    try:
        return parse_day(written.value.strip(), written.place)
    except Bad as bad:
        if is_public(written.value, ()):
            raise
        near = bad.near or "2018-09-30 (year-month-day)"
        raise Bad(written.place, "what stands here is not a date", near) from None


def happened_on(written: Text, recorded: date) -> date:
    """The day something happened, not after the day it is recorded. Raises Bad."""
    day = private_day(written)
    if day > recorded:
        message = f"{day} is later than {recorded}, the day it is recorded; log it once it has happened"
        raise Bad(written.place, message, "--recorded, if it was written down on another day")
    return day


def who_of(written: Text) -> str:
    """An opaque id. Raises Bad for what may be a name or a mail address."""
    who = written.value.strip()
    if not WHO.fullmatch(who):
        message = (
            "people are opaque ids here: capital letters, hyphens and at least one figure, 24 signs at most; "
            "who is who is written down elsewhere"
        )
        raise Bad(written.place, message, "T-014")
    return who


def school_of(written: Text) -> str:
    """The name of a school. Raises Bad for what cannot be one."""
    school = " ".join(written.value.split())
    if len(school) > LONGEST_SCHOOL or "@" in school or not school.isprintable():
        message = f"a school is named in {LONGEST_SCHOOL} signs at most, and without a mail address"
        raise Bad(written.place, message, "Lincoln Elementary")
    return school


def private_text(written: Text) -> str:
    """A note, evidence or a reason. Raises Bad when no book takes it."""
    text = written.value.replace("\r\n", "\n").strip()  # a file read on another machine says the same
    if len(text) > LONGEST_TEXT or any(sign < " " and sign not in "\n\t" for sign in text):
        message = f"a private text has {LONGEST_TEXT:,} signs at most, and none that nobody can see"
        raise Bad(written.place, message, "a shorter one; the papers themselves belong in a file")
    return text


def fact_of(written: Text, event: DeclaredEvent) -> Fact:
    """The fact of a name. Raises Bad with the nearest one of this event."""
    name = written.value.strip()
    if name not in event.facts:
        near = nearest(name, event.facts) or f"`{event.name}` needs no facts"
        raise Bad(written.place, f"`{event.name}` has no fact of this name", near)
    return event.facts[name]


def fact_value(fact: Fact, written: Text) -> str:
    """A fact as the book keeps it: a day, a number, or yes or no. Raises Bad."""
    if fact.is_day:
        return private_day(written).isoformat()
    value = written.value.strip().lower()
    if fact.numbers:
        return str(_number(fact, fact.numbers, Text(value, written.place)))
    if value not in YES_OR_NO:
        raise Bad(written.place, f"`{fact.name}` is yes or no", "yes")
    return value


def _number(fact: Fact, numbers: tuple[int, int], written: Text) -> int:
    least, most = numbers
    plain = written.value.isascii() and written.value.isdigit() and len(written.value) <= LONGEST_NUMBER
    if not (plain and least <= int(written.value) <= most):
        raise Bad(
            written.place, f"`{fact.name}` is a whole number from {least} to {most}", str(max(least, min(5, most)))
        )
    return int(written.value)
