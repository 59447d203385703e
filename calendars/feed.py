"""Entries to RFC 5545 bytes, and back by icalendar, which reads them.

Content lines are written here, because icalendar takes a quarter of a millisecond for one event and its 7.3
can split an escape pair at a fold (``\\\\`` over two lines), which makes Google hide the event. What icalendar
would write is the reference all the same: tests/feeds/by_icalendar.py builds every component with it and
compares; tests/feeds/test_icalendar_faults.py holds every fault of it that is not repeated here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from calendars.days import ONE_DAY, DateSpan
from calendars.entry import Entry, FeedInfo, cleaned

if TYPE_CHECKING:
    from icalendar.cal import Component

PRODID = "-//deadlines//school contract calendar//EN"
REFRESH = "P1D"
LONGEST_LINE = 75  # octets, RFC 5545 3.1
BACKSLASH = ord("\\")
END_EVENT = b"END:VEVENT\r\n"
BEGIN = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODID}\r\nCALSCALE:GREGORIAN\r\n".encode()
END = b"END:VCALENDAR\r\n"


class Built:
    """Entries built once, to be joined into every feed that carries them.

    What goes to the same feeds is one stretch of the entries' order, and a feed is a few stretches merged: a district's
    thousands of feeds are then a question of small numbers, not of half a million days and UIDs.
    """

    def __init__(self, entries: Iterable[tuple[Entry, tuple[str, ...]]], alarms: bool = False) -> None:
        """Each entry, no UID of them twice, with the names of the feeds it goes to. ``alarms``: each rings once."""
        places: list[str] = []
        stamps: list[datetime] = []
        built: list[bytes] = []
        goes: list[tuple[str, ...]] = []
        for entry, feeds in entries:
            uid = str(entry.uid)
            places.append(_day(entry.span.first) + uid)
            stamps.append(entry.stamp)
            built.append(_event(entry, uid, alarms))
            goes.append(feeds)
        order = sorted(range(len(places)), key=places.__getitem__)
        self._events = [*map(built.__getitem__, order)]
        stretches: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, at in enumerate(order):
            stretches[goes[at]].append(number)
        self._parts: dict[str, list[tuple[datetime, list[int]]]] = {}
        for feeds, numbers in stretches.items():
            last = max([stamps[order[number]] for number in numbers])
            for feed in dict.fromkeys(feeds):
                self._parts.setdefault(feed, []).append((last, numbers))

    @property
    def feeds(self) -> list[str]:
        """The names of the feeds, sorted. None is empty: an empty one wipes what subscribers have."""
        return sorted(self._parts)

    def pieces(self, feed: str, info: FeedInfo) -> list[bytes]:
        """A feed in pieces, to be joined as they are: its head, every event in order of day and UID, its end.

        KeyError for a feed that no entry goes to.
        """
        parts, numbers = self._parts[feed], []
        for _, stretch in parts:
            numbers += stretch
        numbers.sort()  # finds the stretches, and merges them
        stamp = _second(max([last for last, _ in parts]))
        return [_head(info, stamp), *map(self._events.__getitem__, numbers), END]


def feed_bytes(info: FeedInfo, entries: Iterable[Entry], alarms: bool = False) -> bytes:
    """A whole feed: entries by (day, uid), each line folded, CRLF to the last. ``alarms``: each rings once.

    Raises ValueError for an empty feed (clients would wipe what they have) and for a UID used twice.
    """
    found = list(entries)
    if not found:
        raise ValueError("a feed needs at least one entry: an empty one wipes what subscribers have")
    if len({entry.uid for entry in found}) != len(found):
        raise ValueError("a UID is used twice in one feed; clients keep only one of the two")
    return b"".join(Built(((entry, ("",)) for entry in found), alarms).pieces("", info))


def event_bytes(entry: Entry) -> bytes:
    """One VEVENT. The same entry gives the same bytes in every feed it is joined into."""
    return _event(entry, str(entry.uid), alarm=False)


def _event(entry: Entry, uid: str, alarm: bool) -> bytes:
    if entry.stamp.tzinfo is not UTC or entry.created.tzinfo is not UTC:
        raise ValueError(f"stamps are of UTC and whole seconds: {entry.stamp!r}, {entry.created!r}")
    stamps, days = _stamps(entry.stamp, entry.created, entry.sequence), _days(entry.span.first, entry.span.last)
    return b"".join((
        f"BEGIN:VEVENT\r\nUID:{uid}\r\n{stamps}{days}".encode(),
        _folded(b"SUMMARY:" + _escaped(cleaned(entry.title))),
        _folded(b"DESCRIPTION:" + _escaped(cleaned(entry.text))),
        fold(f"URL:{entry.url}") if entry.url else b"",
        _state(entry.status, entry.categories),
        _alarm(entry) if alarm else b"",
        END_EVENT,
    ))  # fmt: skip


@lru_cache(1024)  # few builds have made the stamps of a feed
def _stamps(stamp: datetime, created: datetime, sequence: int) -> str:
    changed = _second(stamp)
    return f"DTSTAMP:{changed}\r\nCREATED:{_second(created)}\r\nLAST-MODIFIED:{changed}\r\nSEQUENCE:{sequence}\r\n"


@lru_cache(1024)  # a feed holds two school years
def _days(first: date, last: date) -> str:
    ends = last + ONE_DAY  # not included, RFC 5545 3.6.1
    return f"DTSTART;VALUE=DATE:{_day(first)}\r\nDTEND;VALUE=DATE:{_day(ends)}\r\n"


@lru_cache(64)
def _state(status: str, categories: tuple[str, ...]) -> bytes:
    state = f"STATUS:{status}\r\nTRANSP:TRANSPARENT\r\n".encode()
    if categories:
        state += _folded(b"CATEGORIES:" + b",".join([escaped(category) for category in categories]))
    return state + b"X-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n"


def _alarm(entry: Entry) -> bytes:
    """One alarm, at 9:00 the day before in the reader's own zone (RFC 5545, 3.6.6).

    Relative and negative, since Exchange takes the absolute value of a trigger and libical drops an absolute one.
    """
    said = _folded(b"DESCRIPTION:" + escaped(entry.title))
    return b"BEGIN:VALARM\r\nACTION:DISPLAY\r\n" + said + b"TRIGGER:-PT15H\r\nEND:VALARM\r\n"


def _head(info: FeedInfo, stamp: str) -> bytes:
    name, text = _one_line(info.name), _one_line(info.text)
    color, refresh, often, zone = _same_in_all(info.color_name, info.color_hex, info.zone)
    return b"".join((
        BEGIN,
        color,
        _folded(b"DESCRIPTION:" + text),
        f"LAST-MODIFIED:{stamp}\r\n".encode(),
        _folded(b"NAME:" + name),
        refresh,
        fold(f"SOURCE;VALUE=URI:{info.source}") if info.source else b"",
        often,
        _folded(b"X-WR-CALDESC:" + text),
        _folded(b"X-WR-CALNAME:" + name),
        zone,
    ))  # fmt: skip


@lru_cache(64)
def _same_in_all(color_name: str, color_hex: str, zone: str) -> tuple[bytes, bytes, bytes, bytes]:
    """The lines of a head that the feeds of a local share."""
    return (
        _folded(b"COLOR:" + _one_line(color_name)),
        fold(f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"),
        fold(f"X-APPLE-CALENDAR-COLOR:{color_hex}") + fold(f"X-PUBLISHED-TTL:{REFRESH}"),
        _folded(b"X-WR-TIMEZONE:" + _one_line(zone)),
    )


@lru_cache(1024)
def _second(stamp: datetime) -> str:
    if stamp.microsecond:
        raise ValueError(f"a stamp is of a whole second: {stamp!r}")
    return f"{stamp.year:04}{stamp:%m%dT%H%M%SZ}"


@lru_cache(1024)
def _day(day: date) -> str:
    return f"{day.year:04}{day:%m%d}"


def escaped(text: str) -> bytes:
    """TEXT as RFC 5545, 3.3.11 escapes it, cleaned first."""
    return _escaped(cleaned(text))


def _escaped(text: bytes) -> bytes:  # in half the time it takes for characters
    text = text.replace(b"\\", b"\\\\").replace(b";", b"\\;").replace(b",", b"\\,")
    return text.replace(b"\n", b"\\n")


def _one_line(text: str) -> bytes:
    return _escaped(cleaned(text).replace(b"\n", b" "))


def fold(line: str) -> bytes:
    """One content line in pieces of at most 75 octets, never inside a character or an escape pair."""
    return _folded(line.encode())


def _folded(data: bytes) -> bytes:
    start, cut, end = 0, LONGEST_LINE, len(data)
    if end <= cut:
        return data + b"\r\n"
    pieces = []
    if data[cut :: LONGEST_LINE - 1].isascii() and BACKSLASH not in data[cut - 1 :: LONGEST_LINE - 1]:
        for cut in range(LONGEST_LINE, end, LONGEST_LINE - 1):  # as most texts may be: no cut falls where none may be
            pieces.append(data[start:cut])
            start = cut
    else:
        while cut < end:
            while data[cut] & 0xC0 == 0x80:  # inside a character
                cut -= 1
            if data[cut - 1] == BACKSLASH and _ends_unpaired(data[start:cut]):
                cut -= 1
            pieces.append(data[start:cut])
            start, cut = cut, cut + LONGEST_LINE - 1
    pieces.append(data[start:])
    return b"\r\n ".join(pieces) + b"\r\n"


def _ends_unpaired(piece: bytes) -> bool:
    """Whether the last backslash of a piece has its partner in the next."""
    return (len(piece) - len(piece.rstrip(b"\\"))) % 2 == 1


def entries_of(data: bytes) -> list[Entry]:
    """The entries of a feed this file wrote, every stamp as published. Raises ValueError for any other feed."""
    from icalendar import Calendar

    calendar = Calendar.from_ical(data)
    if str(calendar.get("PRODID")) != PRODID:
        raise ValueError(f"a feed written by {calendar.get('PRODID')}, not by this program")
    return [_entry(event) for event in calendar.walk("VEVENT")]


def _entry(event: Component) -> Entry:
    stamp = {name: event.decoded(name) for name in ("dtstamp", "created", "dtstart", "dtend")}
    categories = event.get("categories")
    return Entry(
        uid=UUID(str(event["uid"])),
        span=DateSpan(stamp["dtstart"], stamp["dtend"] - ONE_DAY),
        title=str(event["summary"]),
        text=str(event["description"]),
        stamp=stamp["dtstamp"].astimezone(UTC),
        created=stamp["created"].astimezone(UTC),
        sequence=int(str(event["sequence"])),
        url=str(event.get("url", "")),
        tentative=event["status"] == "TENTATIVE",
        withdrawn=event["status"] == "CANCELLED",
        categories=tuple(str(category) for category in categories.cats) if categories else (),
    )
