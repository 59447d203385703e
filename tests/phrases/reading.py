"""Reads one phrase for a test: in Chicago's year as known on a day, or in made-up years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from calendars.neighbours import SchoolCalendar
from deadlines.deriving.cases import calendar_known_on
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import Frame, explore
from deadlines.phrases.parse import parse
from deadlines.reading.nodes import Text
from tests.phrases.madeup import MadeYear, program_calendar
from tests.support import chicago, place

ADOPTED = "2018-09-01"


def iso(text: str) -> date:
    return date.fromisoformat(text)


def tree(phrase: str) -> Any:
    return parse(Text(phrase, place()))


def chicago_frame(known: str = ADOPTED, year: str = "2018-19", level: str = "elementary", **events: str) -> Frame:
    """A frame in Chicago's calendar; events by name, with underscores for spaces."""
    return framed(calendar_known_on(chicago().years, iso(known), level), year, **events)


def made_frame(*years: MadeYear, **events: str) -> Frame:
    """A frame in made-up years, the first of them the one in question."""
    return framed(program_calendar(years), years[0].name, **events)


def framed(calendar: SchoolCalendar, year: str, **events: str) -> Frame:
    return Frame(calendar, year, events={name.replace("_", " "): iso(day) for name, day in events.items()})


def one(phrase: str, frame: Frame, choices: Mapping[str, str] | None = None) -> str:
    """The one date of a phrase. Raises Ask where the text leaves something open that was not chosen."""
    return Evaluator(replace(frame, choices=choices or {})).date(tree(phrase)).isoformat()


def readings(phrase: str, frame: Frame) -> dict[str, str]:
    """Every reading: the answers that lead to it, joined, and its day, or why there is none."""
    branches, _ = explore(lambda choices: Evaluator(replace(frame, choices=choices)).date(tree(phrase)), {})
    found = {}
    for branch in branches:
        day = (
            branch.value.isoformat() if branch.value else f"cannot say: {branch.unsaid.reason if branch.unsaid else ''}"
        )
        found["; ".join(branch.choices.values())] = day
    return found
