"""What only our own feeds promise: of points 1 to 17 what the standards leave free and we do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from calendars.lint.components import CALENDAR, Component, Feed
from calendars.lint.finding import Finding
from calendars.lint.lines import Line
from calendars.lint.notices import notice
from calendars.lint.ours_event import our_event
from calendars.lint.values import moment, seconds, text_of

PRODID = "-//deadlines//school contract calendar//EN"
LARGEST = 900 * 1024  # octets
MOST_EVENTS = 1000
SHORTEST_INTERVAL = 12 * 3600  # seconds
CALENDAR_ORDER = (
    "VERSION", "PRODID", "CALSCALE", "COLOR", "DESCRIPTION", "LAST-MODIFIED", "NAME", "REFRESH-INTERVAL", "SOURCE",
    "X-APPLE-CALENDAR-COLOR", "X-PUBLISHED-TTL", "X-WR-CALDESC", "X-WR-CALNAME", "X-WR-TIMEZONE",
)  # fmt: skip
EVENT_ORDER = (
    "UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL",
    "STATUS", "TRANSP", "CATEGORIES", "X-MICROSOFT-CDO-BUSYSTATUS",
)  # fmt: skip
_ORDERS = {CALENDAR: CALENDAR_ORDER, "VEVENT": EVENT_ORDER}
_ELSEWHERE = {"METHOD", "UID", "DURATION", "ORGANIZER", "ATTENDEE", "ATTACH", "X-MICROSOFT-CDO-ALLDAYEVENT"}
_RECURRENCE = ("RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID")
_TWINS = {"NAME": "X-WR-CALNAME", "DESCRIPTION": "X-WR-CALDESC"}
_ODD = re.compile("[\t\x80-\x9f\ufeff]")


@dataclass(frozen=True, slots=True)
class Ours:
    """What must be known of a feed to hold it to our own promises.

    ``alarms``: a feed in which each event has one alarm. ``on``: no stamp may be later than this day in UTC.
    ``address``: where the feed came from, empty for a file.
    """

    alarms: bool = False
    on: date | None = None
    address: str = ""


def as_ours(feed: Feed, ours: Ours) -> Iterator[Finding]:
    """What is wrong with a feed of ours beyond what is wrong with any."""
    yield from _octets(feed)
    for calendar in feed.calendars[1:]:
        yield calendar.begin.finding("several-calendars", "another calendar in one feed", "a feed of its own")
    for component in feed.components():
        yield from _lines(component)
    for calendar in feed.calendars:
        yield from _calendar(calendar, ours)
        yield from _events_in_order([inside for inside in calendar.inside if inside.name == "VEVENT"])
    events = feed.events
    if len(events) > MOST_EVENTS:
        message = f"{len(events):,} events are more than 1,000"
        yield events[MOST_EVENTS].begin.finding("over-1000-events", message, "fewer past school years")
    if len(feed.data) > LARGEST:
        message = f"{len(feed.data):,} octets are more than 900 KB"
        yield Finding(0, 0, "over-900-kb", message, "fewer past school years")
    for event in events:
        yield from our_event(event, ours.alarms, ours.on, _zone(feed))
        yield from notice(event)


def _zone(feed: Feed) -> str:
    return text_of(feed.calendars[0].value("X-WR-TIMEZONE"))


def _octets(feed: Feed) -> Iterator[Finding]:
    """Points 1, 3 and 5, beyond the standard."""
    for line in feed.lines:
        for row in line.rows[1:]:
            if row.data[:1] == b"\t":
                yield row.finding("folded-with-tab", "a continuation that begins with a tab", "one space", 0, 1)
            if len(row.data) == 1:
                yield row.finding("folds-nothing", "a continuation with nothing in it", "leave it out")
        if found := _ODD.search(line.text):
            message = f"U+{ord(found[0]):04X} in a line"
            yield line.finding("odd-character", message, "a space, or nothing", found.start(), found.end())
        if line.name in ("BEGIN", "END") and line.text != line.text.upper():
            yield line.finding("frame-case", "not in capitals", line.text.upper())


def _lines(component: Component) -> Iterator[Finding]:
    """Points 6, 7, 11 and 17 of each block's own lines."""
    order = _ORDERS.get(component.name)
    if component.name not in (*_ORDERS, "VALARM"):
        if component.name not in ("STANDARD", "DAYLIGHT"):  # told of their VTIMEZONE
            yield component.begin.finding("other-block", f"a {component.name} in a feed of events", "a VEVENT")
        return
    for line in component.after:
        message = f"{line.name} of the {component.name} stands after a block inside it"
        yield line.finding("line-after-block", message, f"above line {component.inside[0].begin.rows[0].number}")
    for line in component.lines:
        if line.name in _RECURRENCE:
            yield line.finding("recurs", f"{line.name} in a feed of ours", "one VEVENT for each day")
        elif order and line.name not in order and line.name not in _ELSEWHERE:
            yield line.finding("unknown-property", f"{line.name} has no place in a {component.name} of ours")
        if line.written and line.parameter("TZID"):
            yield line.finding(
                "zoned", "a TZID in a feed of ours", "the time in UTC: …Z", len(line.name) + 1, line.value_at - 1
            )
        if line.name in ("URL", "SOURCE") and not line.value.startswith("https://"):
            yield line.on_value("not-https", f"{line.name} is not https", "https://…")
    if order and (early := _out_of_order(component, order)):
        right = ", ".join(name for name in order if component.all(name))
        yield early.finding("property-order", f"{early.name} is out of order", right)


def _out_of_order(component: Component, order: tuple[str, ...]) -> Line | None:
    """The first line that should stand earlier."""
    highest = -1
    for line in component.lines[: len(component.lines) - len(component.after)]:
        place = order.index(line.name) if line.name in order else highest
        if place < highest:
            return line
        highest = place
    return None


def _events_in_order(events: list[Component]) -> Iterator[Finding]:
    keys = [(event.value("DTSTART"), event.value("UID")) for event in events]
    for before, after, event in zip(keys, keys[1:], events[1:], strict=False):
        if after < before:
            message = "this event belongs above the one before it"
            yield event.begin.finding("event-order", message, "events by DTSTART, then by UID")
            return


def _calendar(calendar: Component, ours: Ours) -> Iterator[Finding]:
    """Points 11 to 17 of a calendar itself."""
    if (line := calendar.first("PRODID")) and line.value != PRODID:
        yield line.on_value("prodid", "not the PRODID of our feeds", PRODID)
    for line in calendar.all("METHOD"):
        yield line.finding("method", "a METHOD in a feed", "leave it out")
    for name, twin in _TWINS.items():
        yield from _twins(calendar, name, twin, "name-twins")
        if (line := calendar.first(name)) and (not text_of(line.value).strip() or "\n" in text_of(line.value)):
            yield line.on_value("name-empty", f"{name} is empty or of several lines", f"{name}: one line of words")
    yield from _twins(calendar, "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "refresh-twins")
    if (line := calendar.first("REFRESH-INTERVAL")) and 0 < (seconds(line.value) or 0) < SHORTEST_INTERVAL:
        yield line.on_value("refresh-short", f"{line.value} is less than twelve hours", "P1D")
    for name in ("COLOR", "X-APPLE-CALENDAR-COLOR"):
        if not calendar.all(name):
            yield calendar.begin.finding("color-lacks", f"this calendar has no {name}", f"{name}:…")
    if (line := calendar.first("X-APPLE-CALENDAR-COLOR")) and re.fullmatch("#[0-9A-Fa-f]{8}", line.value):
        yield line.on_value("apple-color-form", f"{line.value} has eight figures", line.value[:7])
    yield from _identity(calendar)
    for line in calendar.all("SOURCE"):
        if ours.address and line.value != ours.address:
            yield line.on_value("source-elsewhere", f"the feed came from {ours.address}", ours.address)
    if not any(inside.name == "VEVENT" for inside in calendar.inside):
        yield calendar.begin.finding("no-event", "a calendar without any event", "publish no empty feed")


def _twins(calendar: Component, name: str, twin: str, code: str) -> Iterator[Finding]:
    one, other = calendar.first(name), calendar.first(twin)
    if one and other:
        if one.value != other.value:
            yield other.on_value(code, f"{twin} is not what {name} says", f"{twin}:{one.value}")
        return
    there, missing = (one, twin) if one else (other, name)
    line = there or calendar.begin
    yield line.finding(code, f"{missing} is missing", f"{missing}:{there.value if there else '…'}")


def _identity(calendar: Component) -> Iterator[Finding]:
    """Point 15."""
    for line in calendar.all("UID"):
        yield line.finding("feed-uid", "the calendar itself has a UID", "UIDs for its events alone")
    stamps = [event.value("LAST-MODIFIED") for event in calendar.inside if event.name == "VEVENT"]
    known = [stamp for stamp in stamps if moment(stamp)]
    own = calendar.first("LAST-MODIFIED")
    if known and (not own or own.value != max(known)):
        place = own or calendar.begin
        message = f"the latest event was changed at {max(known)}"
        yield place.finding("feed-stamp", message, f"LAST-MODIFIED:{max(known)}")
