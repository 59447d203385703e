"""What calendar programs make of a feed's bytes: forgiving about line ends, not about what is no content line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Protocol

from tests.clients.web import Fetch

_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[^:;"]+(?:="[^"]*"|=[^:;"]*))*):(.*)', re.DOTALL)
_DURATION = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_ESCAPE = re.compile(r"\\([\\;,nN])")


class Unparsable(Exception):
    """A program gives the file up."""


@dataclass(frozen=True, order=True)
class Shown:
    """One line on a screen: ``last`` is the last day, a struck one is called off."""

    uid: str
    first: date
    last: date
    title: str
    struck: bool = False


class Client(Protocol):
    """A calendar program that subscribes to one address."""

    def poll(self, fetch: Fetch) -> None:
        """What it does when it looks for changes; it never raises."""

    def shown(self) -> list[Shown]:
        """What its user sees, in order of UID and day."""


@dataclass(frozen=True)
class Block:
    """A BEGIN … END block: its properties as they stand, and the blocks inside it."""

    name: str
    properties: tuple[tuple[str, str], ...]
    inside: tuple[Block, ...]

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.properties if key == name]

    def value(self, name: str) -> str:
        """The first value of a property, as written; empty when there is none."""
        return next(iter(self.all(name)), "")

    def text(self, name: str) -> str:
        return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value(name))

    def blocks(self, name: str) -> list[Block]:
        return [block for block in self.inside if block.name == name]

    def without(self, blocks: Iterable[str] = (), properties: Iterable[str] = ()) -> Block:
        return Block(
            self.name,
            tuple(pair for pair in self.properties if pair[0] not in properties),
            tuple(block for block in self.inside if block.name not in blocks),
        )


@cache
def calendar(text: str) -> Block:
    """The VCALENDAR of a file. Raises Unparsable for anything that is not one."""
    lines = iter(re.sub(r"\r?\n[ \t]", "", text).splitlines())
    name, value = _content(next(lines, ""))
    if (name, value) != ("BEGIN", "VCALENDAR"):
        raise Unparsable("not a calendar")
    return _block("VCALENDAR", lines)


def _block(name: str, lines: Iterator[str]) -> Block:
    properties: list[tuple[str, str]] = []
    inside: list[Block] = []
    for line in lines:
        key, value = _content(line)
        if key == "BEGIN":
            inside.append(_block(value, lines))
        elif key == "END":
            if value != name:
                raise Unparsable(f"BEGIN:{name} is closed by END:{value}")
            return Block(name, tuple(properties), tuple(inside))
        else:
            properties.append((key, value))
    raise Unparsable(f"BEGIN:{name} is never closed")


def _content(line: str) -> tuple[str, str]:
    match = _LINE.fullmatch(line)
    if not match:
        raise Unparsable(f"not a content line: {line[:40]!r}")
    return match[1].upper(), match[3]


def day(value: str) -> date:
    """The day of a DATE or DATE-TIME, without its time."""
    return datetime.strptime(value[:8], "%Y%m%d").date()


def moment(value: str) -> datetime:
    """A DATE-TIME in UTC, without its zone."""
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ")


def duration(value: str) -> timedelta | None:
    """A DURATION with its sign (RFC 5545, 3.3.6); None when it is not one."""
    match = _DURATION.fullmatch(value)
    if not match or not any(match.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if match[1] == "-" else length


def last_day(event: Block) -> date:
    """The last day of an all-day event: DTEND is the day after; without it DURATION; without both, one day."""
    first = day(event.value("DTSTART"))
    if event.value("DTEND"):
        after = day(event.value("DTEND"))
    else:
        after = first + (duration(event.value("DURATION")) or timedelta(days=1))
    return max(first, after - timedelta(days=1))


def line_of(event: Block) -> Shown:
    """An event as most programs show it: title and days, struck through when it is cancelled."""
    return Shown(
        event.value("UID"), day(event.value("DTSTART")), last_day(event), event.text("SUMMARY"),
        event.value("STATUS") == "CANCELLED",
    )  # fmt: skip
