"""Days as districts write them in a table: ``2026-09-04``, ``9/4/26``, ``Fri, Sept. 4``, ``Dec 22 – Jan 2``.

Nothing is guessed: 4/9/2026 is read only when another date of the file, or the user, says which number is the
month; a weekday that does not go with its date is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from calendars.days import MONTHS, WEEKDAYS, DateSpan, days_in_month, long_date, weekday_name
from deadlines.model.problem import Place
from deadlines.reading.fields import DASHES, YEARS, Bad

ORDERS = {"us": "month first", "eu": "day first", "iso": "year first"}

_MONTH = "|".join(rf"{m[:3]}(?:{m[3:]})?" if m != "September" else r"sept?(?:ember)?" for m in MONTHS)
_WEEKDAY = "|".join(rf"{w[:3]}(?:{w[3:]})?|{w[:4]}" for w in WEEKDAYS) + "|weds|thurs"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?:,?\s*(?P<year>\d{4})(?!\d))?"
_FLAGS = re.IGNORECASE | re.ASCII
LEADING = re.compile(rf"(?P<weekday>{_WEEKDAY})\b[.,]*\s*", _FLAGS)
FORMS = tuple(
    re.compile(form, _FLAGS)
    for form in (
        r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
        r"(?P<month>\d{1,2})(?P<sep>[-/.])(?P<day>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?!\d)",
        r"(?P<month>\d{1,2})/(?P<day>\d{1,2})(?![\d/])",
        rf"(?P<name>{_MONTH})\b\.?\s*{_DAY}{_YEAR}",
        rf"{_DAY}\s+(?P<name>{_MONTH})\b\.?{_YEAR}",
    )
)
ALONE = re.compile(rf"{_DAY}{_YEAR}(?!\s*[/:.-]\s*\d)", _FLAGS)
TO = re.compile(r"\s*(?:-|\b(?:to|through|thru|until)\b)\s*", _FLAGS)
AND = re.compile(r"\s*(?:[,;&]|\band\b)\s*", _FLAGS)
AFTER = re.compile(  # what may follow the last date and says nothing of the day
    rf"(?:\s*\(?(?:{_WEEKDAY})\b\.?\)?|[T ]\s*\d{{1,2}}:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?|Z)*\s*\.?", _FLAGS
)


@dataclass(frozen=True, slots=True)
class Point:
    """One date as it stands. Without ``year`` it is that of the school year; ``open`` numbers may change places."""

    text: str
    place: Place
    month: int
    day: int
    year: int | None = None
    weekday: str = ""
    open: bool = False


Range = tuple[Point, Point]  # both included, and the same for a single day


def scan(text: str, place: Place) -> tuple[tuple[Range, ...], str]:
    """The dates a text begins with, in order, and what stands after them that says more than a time of day."""
    plain, at = _plain(text), 0
    found: list[Range] = []
    while point := _point(plain, at, place, found):
        first, at = point
        last = first
        if (to := TO.match(plain, at)) and (end := _point(plain, to.end(), place, [(first, first)])):
            last, at = end
        found.append((first, last))
        following = AND.match(plain, at)
        if not following or not _point(plain, following.end(), place, found):
            break
        at = following.end()
    rest = "" if AFTER.fullmatch(plain, at) else plain[at:].strip()
    return tuple(_with_years(found)), rest


def _plain(text: str) -> str:
    for dash in DASHES:
        text = text.replace(dash, "-")
    return " ".join(text.split())


def _point(plain: str, at: int, place: Place, before: list[Range]) -> tuple[Point, int] | None:
    """The date that begins at a place of a text, and where it ends; after another date a day of its month."""
    weekday = LEADING.match(plain, at)
    start = weekday.end() if weekday else at
    for form in FORMS:
        if match := form.match(plain, start):
            return _made(match, plain[at : match.end()], place, weekday["weekday"] if weekday else ""), match.end()
    alone = ALONE.match(plain, start) if before else None
    if alone is None:
        return None
    point = before[-1][1]
    year = int(alone["year"]) if alone["year"] else None
    named = weekday["weekday"] if weekday else ""
    return replace(point, text=plain[at : alone.end()], day=int(alone["day"]), year=year, weekday=named), alone.end()


def _made(match: re.Match[str], text: str, place: Place, weekday: str) -> Point:
    groups = match.groupdict()
    name, year = groups.get("name"), groups.get("year")
    if name:
        month = next(number for number, month in enumerate(MONTHS, 1) if month[:3].lower() == name[:3].lower())
    else:
        month = int(groups["month"])
    full = int(year) + (2000 if len(year) == 2 else 0) if year else None
    numbers = not name and not re.match(r"\d{4}", match[0])
    return Point(text, place, month, int(groups["day"]), full, weekday, numbers)


def _with_years(found: list[Range]) -> Iterator[Range]:
    """A year at the end of a text holds for the dates before it: ``Dec 22 – Jan 2, 2027``, ``Nov 23-27, 2026``."""
    points = [point for pair in found for point in pair]
    known: Point | None = None
    for index in reversed(range(len(points))):
        point = points[index]
        if point.year is None and known is not None and known.year is not None and not point.open:
            points[index] = point = replace(point, year=known.year - (point.month > known.month))
        known = point if point.year is not None else known
    return zip(points[::2], points[1::2], strict=True)


def order_of(points: Iterable[Point]) -> tuple[str, Point | None]:
    """``us`` or ``eu`` as the dates written in numbers have it, and "" while they could be both; or a date at odds.

    The point is the first that could be both, or that contradicts the others.
    """
    possible = {"us", "eu"}
    first: Point | None = None
    for point in (point for point in points if point.open and point.month != point.day):
        may_be = {order for order, month in (("us", point.month), ("eu", point.day)) if month <= 12}
        if not may_be & possible:
            return "", point
        possible &= may_be
        first = first or point
    return (possible.pop(), None) if len(possible) == 1 else ("", first)


def days(pair: Range, order: str, school_year: str) -> DateSpan:
    """The days of a range, the order of its numbers being known. Raises Bad for a date that cannot be."""
    first, last = (_day(point, order, school_year) for point in pair)
    if last < first:
        raise Bad(pair[1].place, f"{long_date(last)} is before {long_date(first)}", f"{last} to {first}")
    return DateSpan(first, last)


def _day(point: Point, order: str, school_year: str) -> date:
    month, number = (point.day, point.month) if point.open and order == "eu" else (point.month, point.day)
    start = int(school_year[:4])
    year = point.year if point.year is not None else start + (month < 7)
    if year not in YEARS or not 1 <= month <= 12 or not 1 <= number <= days_in_month(year, month):
        if year in YEARS and 1 <= month <= 12:
            longest = days_in_month(year, month)
            message = f"`{point.text}` is not a date: {MONTHS[month - 1]} {year} has {longest} days"
            raise Bad(point.place, message, date(year, month, max(1, min(number, longest))).isoformat())
        raise Bad(point.place, f"`{point.text}` is not a date", f"{school_year[:4]}-09-04")
    found = date(year, month, number)
    if point.weekday and weekday_name(found)[:3].lower() != point.weekday[:3].lower():
        raise Bad(point.place, f"`{point.text}`: that day is a {weekday_name(found)}", long_date(found))
    return found
