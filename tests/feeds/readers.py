"""What other people's programs read in a feed. These two come with pip; tests/oracles adds two that do not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import ical.event
from ical.calendar_stream import IcsCalendarStream
from ical.exceptions import CalendarError
from icalendar import Calendar, Event

from calendars.days import ONE_DAY
from tests.feeds.truth import Truth


@dataclass(frozen=True, order=True)
class Seen:
    """What a person would see of one event: ``last`` is the last day, not the one after."""

    uid: str
    first: date
    last: date
    summary: str
    status: str


class Unread(Exception):
    """A reader met an error; the message is its own."""


Reader = Callable[[bytes], list[Seen]]


def by_icalendar(data: bytes) -> list[Seen]:
    """Raises Unread also for what icalendar only notes down as an error."""
    try:
        calendar = Calendar.from_ical(data)
        noted = [error for component in calendar.walk() for error in component.errors]
        if noted:
            raise Unread(f"icalendar: {noted}")
        return [_icalendar_event(event) for event in calendar.walk("VEVENT") if isinstance(event, Event)]
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise Unread(f"icalendar: {error}") from error


def _icalendar_event(event: Event) -> Seen:
    first, after = event.start, event.end
    status = event.status
    return Seen(str(event["UID"]), first, after - ONE_DAY, str(event["SUMMARY"]), str(status.value if status else ""))


def by_ical(data: bytes) -> list[Seen]:
    """allenporter/ical, which Home Assistant reads calendars with."""
    try:
        events = IcsCalendarStream.calendar_from_ics(data.decode("utf-8")).events
    except (CalendarError, ValueError) as error:
        raise Unread(f"ical: {error}: {getattr(error, 'detailed_error', '')}") from error
    return [_ical_event(event) for event in events]


def _ical_event(event: ical.event.Event) -> Seen:
    first, after = event.dtstart, event.dtend
    if first is None or after is None:
        raise Unread(f"ical: {event.uid} has no day")
    status = event.status.value if event.status else ""
    return Seen(event.uid or "", first, after - ONE_DAY, event.summary or "", status)


PIP_READERS: Mapping[str, Reader] = {"icalendar": by_icalendar, "ical": by_ical}


def expected(truth: Truth) -> set[tuple[str, date, date, str]]:
    """UID, days and status of every event of a feed, by what is known from elsewhere than its bytes."""
    return {
        (uid, said.first, said.last, "CANCELLED" if said.withdrawn else "TENTATIVE" if said.tentative else "CONFIRMED")
        for uid, said in truth.events.items()
    }


def disagreements(data: bytes, truth: Truth, readers: Mapping[str, Reader]) -> list[str]:
    """Every reader that meets an error, reads other events than the truth, or other words than the first reader.

    Titles are compared without the spaces in front of them, which libical leaves out.
    """
    found, first = [], None
    for name, reader in readers.items():
        try:
            seen = sorted(reader(data))
        except Unread as unread:
            found.append(str(unread))
            continue
        first = seen if first is None else first
        if len(seen) != len(truth.events) or {(s.uid, s.first, s.last, s.status) for s in seen} != expected(truth):
            found.append(f"{name} reads other events than were written")
        found += [
            f"{name} reads {one.summary!r} in {one.uid}, and {said.summary!r} was written"
            for one in seen
            if (said := truth.events.get(one.uid)) and said.summary and said.summary.lstrip() != one.summary.lstrip()
        ]
        if [s.summary.lstrip() for s in seen] != [s.summary.lstrip() for s in first]:
            found.append(f"{name} reads other titles than {next(iter(readers))}")
    return found
