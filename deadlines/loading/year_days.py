"""A day of a year file as it is written: inside its school year, and compared with the calendar or not yet."""

from __future__ import annotations

import re
from datetime import date

from calendars.days import DateSpan, long_date
from calendars.facts import NOT_CONFIRMED
from calendars.neighbours import year_name
from deadlines.model.problem import Place
from deadlines.reading.fields import Bad, named_span, parse_day, text
from deadlines.reading.nodes import Node, Text

MARK = f"({NOT_CONFIRMED})"


def point(node: Node, year: str) -> tuple[date, bool]:
    """``2026-08-24`` or ``2026-08-24 (not confirmed)``: a day of a school year, and whether it is confirmed."""
    plain, confirmed = _unmarked(text(node))
    found = parse_day(plain.value, plain.part(0, len(plain.value)))
    check_inside(DateSpan(found, found), plain.place, year)
    return found, confirmed


def listed(node: Node, year: str) -> tuple[str, DateSpan, bool]:
    """``2026-11-26 Thanksgiving Day (not confirmed)``: name and days, and whether they are confirmed."""
    plain, confirmed = _unmarked(text(node))
    name, span = named_span(plain)
    check_inside(span, plain.place, year)
    return name, span, confirmed


def check_inside(span: DateSpan, place: Place, year: str) -> None:
    """Raises Bad for days of another school year than ``year``."""
    for edge in (span.first, span.last):
        if year_name(edge) != year:
            right = f"{int(year[:4]) + (edge.month < 7)}-{edge:%m-%d}"
            raise Bad(place, f"{long_date(edge)} is in school year {year_name(edge)}, not {year}", right)


def _unmarked(written: Text) -> tuple[Text, bool]:
    """The text without ``(not confirmed)`` at its end, and whether it was there. Refuses what only resembles it."""
    match = re.search(r"\s*\(([^()]*)\)\s*$", written.value)
    if not match or "confirm" not in match[1].lower():
        return written, True
    if match[1] != NOT_CONFIRMED:
        at = written.part(match.start(1) - 1, len(match[1]) + 2)
        raise Bad(at, f"`({match[1]})` is not how a day is marked that nobody has compared yet", MARK)
    plain = written.value[: match.start()]
    return Text(plain, written.part(0, len(plain)) if plain else written.place, written.exact), False
