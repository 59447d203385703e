"""Point 27, as far as one feed shows it: a notice stands as far ahead of the day it names as it says.

That it is there at all, and that the days between are school days, only the calendar of the district can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from calendars.days import MONTHS, long_date
from calendars.lint.components import Component
from calendars.lint.finding import Finding
from calendars.lint.values import moment, text_of

NOTICE = "Notice"  # the category of a notice

_SAID = re.compile(
    rf"^(?P<ahead>(?P<count>[0-9]{{1,3}}) (?P<kind>(?:[a-z]+ )?\w*days?)) before "
    rf"(?P<named>[A-Z][a-z]+day (?P<month>{'|'.join(MONTHS)}) (?P<day>[0-9]{{1,2}}), (?P<year>[0-9]{{4}}))\.$",
    re.MULTILINE,
)


def notice(event: Component) -> Iterator[Finding]:
    """What is wrong with a notice of ours; nothing for any other event, nor for a notice that is withdrawn."""
    text, title, start = event.first("DESCRIPTION"), event.first("SUMMARY"), event.first("DTSTART")
    categories = event.value("CATEGORIES").split(",")
    if NOTICE not in categories or event.value("STATUS") == "CANCELLED" or not (text and title and start):
        return
    said = _SAID.search(text_of(text.value))
    named = _named(said) if said else None
    if not said or not named:
        yield text.finding("notice", "a notice that names no day", "10 school days before Friday December 21, 2018.")
        return
    if said["named"] != long_date(named):
        yield text.finding("notice", f"{said['named']} is not a day", long_date(named))
    if f"In {said['ahead']}: " not in text_of(title.value):
        message = f"the title of a notice says how far ahead it is, as the text does: {said['ahead']}"
        yield title.on_value("notice", message, f"In {said['ahead']}: …")
    on = moment(start.value)
    if on and not isinstance(on, datetime) and not _far_enough(on, named, int(said["count"]), said["kind"]):
        yield start.on_value("notice", f"{long_date(on)} is not {said['ahead']} before {long_date(named)}")


def _named(said: re.Match[str]) -> date | None:
    try:
        return date(int(said["year"]), MONTHS.index(said["month"]) + 1, int(said["day"]))
    except ValueError:
        return None


def _far_enough(on: date, named: date, count: int, kind: str) -> bool:
    """Calendar days are counted; of school days and the like there are at most as many as weekdays."""
    if kind in ("day", "days"):
        return (named - on).days == count
    weeks, rest = divmod(max((named - on).days, 0), 7)
    weekdays = weeks * 5 + sum((on + timedelta(days=day)).weekday() < 5 for day in range(rest))
    return on.weekday() < 5 and weekdays >= count
