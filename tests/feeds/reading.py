"""A small strict reader of iCalendar bytes, by RFC 5545 alone: it shares no code with what writes the feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

TOKEN = r"[A-Za-z0-9-]+"
VALUE = r'(?:"[^"]*"|[^";:,]*)'
LINE = re.compile(rf"({TOKEN})((?:;{TOKEN}={VALUE}(?:,{VALUE})*)*):(.*)", re.DOTALL)
PARAMETER = re.compile(rf";({TOKEN})=({VALUE}(?:,{VALUE})*)")


class Broken(Exception):
    """What was read is not iCalendar; the message says where."""


@dataclass(frozen=True)
class Line:
    """One content line: ``value`` is as written, escapes and all."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    value: str


@dataclass(frozen=True)
class Component:
    """A BEGIN … END block: its own lines, the blocks inside it, and its bytes as they stand, folds included."""

    name: str
    lines: tuple[Line, ...]
    inside: tuple[Component, ...]
    raw: bytes

    def all(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.name == name]

    def line(self, name: str) -> Line:
        """The one line of a name. Raises Broken when there is none or more than one."""
        found = self.all(name)
        if len(found) != 1:
            raise Broken(f"{name} stands {len(found)} times in {self.name}")
        return found[0]

    def value(self, name: str) -> str:
        return self.line(name).value

    def text(self, name: str) -> str:
        return text_of(self.value(name))


def calendar_of(data: bytes) -> Component:
    """The one VCALENDAR a feed is. Raises Broken for anything before, after or beside it."""
    top, rest = _component(_folded_lines(data))
    if rest:
        raise Broken(f"after END:{top.name} comes {rest[0][0]!r}")
    if top.name != "VCALENDAR":
        raise Broken(f"the feed is a {top.name}")
    return top


def events_of(data: bytes) -> list[Component]:
    return [component for component in calendar_of(data).inside if component.name == "VEVENT"]


def physical_lines(data: bytes) -> list[bytes]:
    """The lines as they stand, without their CRLF; the last is empty when the feed ends with CRLF."""
    return data.split(b"\r\n")


def _folded_lines(data: bytes) -> list[tuple[str, bytes]]:
    """Each content line unfolded, with its bytes as they stand."""
    *lines, last = physical_lines(data)
    if last:
        raise Broken(f"the last line has no CRLF: {last[:30]!r}")
    groups: list[list[bytes]] = []
    for line in lines:
        if line.startswith(b" ") and groups:
            groups[-1].append(line)
        else:
            groups.append([line])
    found = []
    for group in groups:
        joined = group[0] + b"".join(piece[1:] for piece in group[1:])
        try:
            text = joined.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Broken(f"not UTF-8: {error}") from None
        found.append((text, b"".join(piece + b"\r\n" for piece in group)))
    return found


def _component(lines: list[tuple[str, bytes]]) -> tuple[Component, list[tuple[str, bytes]]]:
    if not lines or not lines[0][0].startswith("BEGIN:"):
        raise Broken(f"BEGIN is expected: {lines[0][0] if lines else 'nothing'!r}")
    name = lines[0][0].removeprefix("BEGIN:")
    raw, rest = [lines[0][1]], lines[1:]
    own: list[Line] = []
    inside: list[Component] = []
    while rest:
        text, as_written = rest[0]
        if text.startswith("BEGIN:"):
            child, rest = _component(rest)
            inside.append(child)
            raw.append(child.raw)
            continue
        raw.append(as_written)
        rest = rest[1:]
        if text.startswith("END:"):
            if text != f"END:{name}":
                raise Broken(f"BEGIN:{name} is closed by {text}")
            return Component(name, tuple(own), tuple(inside), b"".join(raw)), rest
        own.append(_line(text))
    raise Broken(f"BEGIN:{name} is never closed")


def _line(text: str) -> Line:
    match = LINE.fullmatch(text)
    if not match:
        raise Broken(f"not a content line: {text!r}")
    parameters = tuple((found[1].upper(), found[2]) for found in PARAMETER.finditer(match[2]))
    return Line(match[1].upper(), parameters, match[3])


# ---- values ---------------------------------------------------------------------------------------


def text_of(value: str) -> str:
    """A TEXT value as people see it. Raises Broken for a wrong escape, or one that is missing (3.3.11)."""
    return "".join(_characters(value))


def _characters(value: str) -> Iterator[str]:
    characters = iter(value)
    for character in characters:
        if character in ",;":
            raise Broken(f"an unescaped {character} in {value!r}")
        if character != "\\":
            yield character
            continue
        partner = next(characters, "")
        if not partner or partner not in "\\;,nN":
            raise Broken(f"a backslash before {partner!r} in {value!r}")
        yield "\n" if partner in "nN" else partner


def texts_of(value: str) -> list[str]:
    """A list of TEXT values, such as CATEGORIES: commas between them, escapes inside them."""
    return [text_of(part) for part in re.findall(r"(?:^|,)((?:[^\\,]|\\.)*)", value)]


def day_of(value: str) -> date:
    """A DATE. Raises Broken."""
    if not re.fullmatch(r"\d{8}", value):
        raise Broken(f"not a DATE: {value!r}")
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError as error:
        raise Broken(f"not a DATE: {value!r} ({error})") from None


def instant_of(value: str) -> datetime:
    """A DATE-TIME in UTC. Raises Broken for a local or floating one."""
    if not re.fullmatch(r"\d{8}T\d{6}Z", value):
        raise Broken(f"not a DATE-TIME in UTC: {value!r}")
    day = day_of(value[:8])
    try:
        return datetime(
            day.year, day.month, day.day, int(value[9:11]), int(value[11:13]), int(value[13:15]), tzinfo=UTC
        )
    except ValueError as error:
        raise Broken(f"not a DATE-TIME: {value!r} ({error})") from None


def seconds_of(value: str) -> int:
    """A DURATION in seconds. Raises Broken."""
    match = re.fullmatch(r"([+-]?)P(?:(\d+)W|(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?)", value)
    if not match or not any(match.groups()[1:]):
        raise Broken(f"not a DURATION: {value!r}")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    total = ((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds
    return -total if match[1] == "-" else total
