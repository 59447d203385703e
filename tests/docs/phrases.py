"""Works out a row of the tables in docs/phrases.md: a phrase, what is given, and the date it means."""

from __future__ import annotations

import re
from datetime import date, timedelta

from calendars.days import DateSpan, month_span, weekday_name
from calendars.neighbours import SchoolCalendar
from deadlines.deriving.cases import calendar_known_on, cases
from deadlines.model.problem import Place
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import CannotSay, DueOf, Frame
from deadlines.phrases.parse import parse
from deadlines.reading.nodes import Text
from tests.support import chicago

KNOWN_ON = "2018-09-01"
YEAR = "2018-19"
DAY = r"\d{4}-\d{2}-\d{2}"


def text(phrase: str) -> Text:
    """A phrase as the reader would hand it over."""
    return Text(phrase, Place("docs/phrases.md", 1, 1, len(phrase)))


def meaning(phrase: str, given: str) -> str:
    """The date of a phrase as the page writes it: ``Sun 2018-09-30``, two of them, or ``cannot say``."""
    evaluator = Evaluator(frame(given))
    is_range = re.match(r"\d+ to \d+ |during ", phrase)
    try:
        if is_range:
            first, last = evaluator.range(parse(text(phrase), "range"))
            return f"{written(first)} to {written(last)}"
        return written(evaluator.date(parse(text(phrase))))
    except CannotSay:
        return "cannot say"


def written(day: date) -> str:
    return f"{weekday_name(day)[:3]} {day}"


def frame(given: str) -> Frame:
    """What ``given`` says: events and their days, chosen answers, the period in question, the day of knowledge."""
    pieces = [piece.strip() for piece in given.split(";") if piece.strip()]
    choices = dict(piece.split(": ", 1) for piece in pieces if ": " in piece)
    dated = (re.fullmatch(rf"(.+) ({DAY})", piece) for piece in pieces)
    said = {match[1]: match[2] for match in dated if match}
    known_on = date.fromisoformat(said.pop("known on", KNOWN_ON))
    calendar = calendar_known_on(chicago().years, known_on, "elementary")
    year = _after(pieces, "school year ") or YEAR
    month, week = _after(pieces, "month "), said.pop("week of", "")
    quarter = _after(pieces, "quarter ")
    in_year = calendar.year(year)
    assert in_year is not None
    return Frame(
        calendar=calendar,
        year=year,
        term=in_year.terms("quarter")[int(quarter) - 1] if quarter else None,
        month=_month(month) if month else None,
        week=_week(date.fromisoformat(week)) if week else None,
        events={name: date.fromisoformat(day) for name, day in said.items()},
        no_such_period=choices.pop("if no such period", ""),
        due_of=_due_of(calendar),
        choices=choices,
    )


def _after(pieces: list[str], word: str) -> str:
    return next((p.removeprefix(word) for p in pieces if p.startswith(word) and ": " not in p), "")


def _month(written: str) -> DateSpan:
    year, month = written.split("-")
    return month_span(date(int(year), int(month), 1))


def _week(day: date) -> DateSpan:
    monday = day - timedelta(days=day.weekday())
    return DateSpan(monday, monday + timedelta(days=6))


def _due_of(calendar: SchoolCalendar) -> DueOf | None:
    """What the first card of Chicago sees when it asks for another rule's due date."""
    contract = chicago().contracts[0]
    card = contract.card("13-3-activity-calendar")
    _, case = next(cases(contract, card, card.parts[0], calendar))
    assert not isinstance(case, CannotSay)
    return case.frame.due_of
