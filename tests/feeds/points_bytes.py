"""Points 1 to 7 and 9: what the bytes of a feed must be. Each yields what it finds wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from tests.feeds.reading import (
    Broken,
    Component,
    Line,
    calendar_of,
    day_of,
    events_of,
    instant_of,
    physical_lines,
    seconds_of,
    text_of,
    texts_of,
)
from tests.feeds.truth import Truth

CALENDAR_ORDER = (
    "VERSION", "PRODID", "CALSCALE", "COLOR", "DESCRIPTION", "LAST-MODIFIED", "NAME", "REFRESH-INTERVAL", "SOURCE",
    "X-APPLE-CALENDAR-COLOR", "X-PUBLISHED-TTL", "X-WR-CALDESC", "X-WR-CALNAME", "X-WR-TIMEZONE",
)  # fmt: skip
EVENT_ORDER = (
    "UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL",
    "STATUS", "TRANSP", "CATEGORIES", "X-MICROSOFT-CDO-BUSYSTATUS",
)  # fmt: skip
TEXTS = frozenset({
    "VERSION", "PRODID", "CALSCALE", "COLOR", "DESCRIPTION", "NAME", "UID", "X-APPLE-CALENDAR-COLOR", "X-WR-CALDESC",
    "X-WR-CALNAME", "X-WR-TIMEZONE", "SUMMARY", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "ACTION",
})  # fmt: skip
URIS = frozenset({"URL", "SOURCE"})
DURATIONS = frozenset({"REFRESH-INTERVAL", "X-PUBLISHED-TTL", "TRIGGER"})
INSTANTS = frozenset({"DTSTAMP", "CREATED", "LAST-MODIFIED"})


def point_01(data: bytes, truth: Truth) -> Iterator[str]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield f"not UTF-8: {error}"
        return
    if "\ufeff" in text:
        yield "a byte order mark"
    for index, character in enumerate(text):
        if character not in "\r\n" and unicodedata.category(character) in ("Cc", "Cs"):
            yield f"control character {character!r} at {index}"


def point_02(data: bytes, truth: Truth) -> Iterator[str]:
    if not data.endswith(b"\r\n"):
        yield "the last line does not end with CRLF"
    yield from (f"a bare line feed at {m.start()}" for m in re.finditer(rb"(?<!\r)\n", data))
    yield from (f"a bare carriage return at {m.start()}" for m in re.finditer(rb"\r(?!\n)", data))


def point_03(data: bytes, truth: Truth) -> Iterator[str]:
    lines = physical_lines(data)
    for number, line in enumerate(lines, 1):
        if len(line) > 75:
            yield f"line {number} has {len(line)} octets"
        if line.startswith(b"\t"):
            yield f"line {number} is folded with a tab"
        if not line and number != len(lines):
            yield f"line {number} is empty"
        if line == b" ":
            yield f"line {number} folds nothing"
    if lines[0].startswith(b" "):
        yield "the first line is a continuation"
    for number, line in enumerate(lines[:-1], 1):
        if not line.startswith(b" ") and not re.match(rb"[A-Za-z0-9-]+[;:]", line):
            yield f"line {number} is neither a property nor a continuation: {line[:20]!r}"


def point_04(data: bytes, truth: Truth) -> Iterator[str]:
    lines = physical_lines(data)
    for number, (line, following) in enumerate(pairwise(lines), 1):
        if not following.startswith(b" "):
            continue
        try:
            line.decode("utf-8")
            following.decode("utf-8")
        except UnicodeDecodeError:
            yield f"the fold after line {number} stands inside a character"
        backslashes = len(line) - len(line.rstrip(b"\\"))
        if backslashes % 2:
            yield f"the fold after line {number} parts a backslash from its partner"


def point_05(data: bytes, truth: Truth) -> Iterator[str]:
    if not data.startswith(b"BEGIN:VCALENDAR\r\n"):
        yield "the first line is not BEGIN:VCALENDAR"
    if not data.endswith(b"\r\nEND:VCALENDAR\r\n"):
        yield "the last line is not END:VCALENDAR"
    calendar_of(data)  # balanced, and one
    if len(re.findall(rb"(?m)^BEGIN:VCALENDAR\r$", data)) != 1:
        yield "more than one VCALENDAR"


def point_06(data: bytes, truth: Truth) -> Iterator[str]:
    calendar = calendar_of(data)
    for component in (calendar, *calendar.inside):
        for line in component.lines:
            yield from _wrong_value(line)
    for name, words in (("NAME", truth.name), ("DESCRIPTION", truth.text)):
        if calendar.text(name) != words:
            yield f"{name} reads {calendar.text(name)!r}, not {words!r}"
    for event in events_of(data):
        said = truth.events.get(event.value("UID"))
        for name, words in (("SUMMARY", said.summary), ("DESCRIPTION", said.text)) if said else ():
            if words and event.text(name) != words:
                yield f"{name} reads {event.text(name)!r}, not {words!r}"


def _wrong_value(line: Line) -> Iterator[str]:
    """A value that its type does not allow; a Broken tells more than a yes or no."""
    day = ("VALUE", "DATE") in line.parameters
    try:
        if line.name in TEXTS:
            text_of(line.value)
        elif line.name == "CATEGORIES":
            texts_of(line.value)
        elif line.name in DURATIONS:
            seconds_of(line.value)
        elif line.name in INSTANTS or (line.name in ("DTSTART", "DTEND") and not day):
            instant_of(line.value)
        elif line.name in ("DTSTART", "DTEND"):
            day_of(line.value)
        elif line.name == "SEQUENCE":
            if not re.fullmatch(r"\d+", line.value):
                yield f"SEQUENCE is no number from 0 up: {line.value!r}"
        elif line.name in URIS:
            if not re.fullmatch(r"https://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+", line.value):
                yield f"{line.name} is no plain https address: {line.value!r}"
        else:
            yield f"{line.name} has no place in a feed of ours"
    except Broken as broken:
        yield f"{line.name}: {broken}"


def point_07(data: bytes, truth: Truth) -> Iterator[str]:
    calendar = calendar_of(data)
    yield from _out_of_order(calendar, CALENDAR_ORDER)
    if not re.match(rb"BEGIN:VCALENDAR\r\n(?!BEGIN)", data):
        yield "the calendar's own lines do not come first"
    events = events_of(data)
    for event in events:
        yield from _out_of_order(event, EVENT_ORDER)
    keys = [(event.value("DTSTART"), event.value("UID")) for event in events]
    if keys != sorted(keys):
        yield "the events are not in order of DTSTART and UID"
    if not data.endswith(b"".join(component.raw for component in calendar.inside) + b"END:VCALENDAR\r\n"):
        yield "a line of the calendar stands after or between its events"


def _out_of_order(component: Component, order: tuple[str, ...]) -> Iterator[str]:
    names = [line.name for line in component.lines]
    unknown = [name for name in names if name not in order]
    yield from (f"{name} has no place in {component.name}" for name in unknown)
    if not unknown and names != sorted(names, key=order.index):
        yield f"{component.name} is not in order: {', '.join(names)}"


def differing(one: bytes, other: bytes) -> Iterator[str]:
    """The second half of point 7 and of 21: an event two feeds share is the same, line by line."""
    theirs = {event.value("UID"): event.raw for event in events_of(other)}
    for event in events_of(one):
        if theirs.get(event.value("UID"), event.raw) != event.raw:
            yield f"{event.value('UID')} differs between two feeds"


def point_09(data: bytes, truth: Truth) -> Iterator[str]:
    if len(data) > 900 * 1024:
        yield f"{len(data)} octets are more than 900 KB"
    if len(events_of(data)) > 1000:
        yield f"{len(events_of(data))} events are more than 1,000"
