"""Reads the keys of one mapping, each with its own reader, collecting what is wrong instead of stopping."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from calendars.days import MONTHS, DateSpan, days_in_month
from deadlines.model.problem import Place, Problems
from deadlines.reading.nodes import Document, Map, Node, Seq, Text
from deadlines.reading.show import nearest

T = TypeVar("T")
D = TypeVar("D")

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
IN_WORDS = re.compile(rf"({'|'.join(MONTHS)}) (\d{{1,2}}),? (\d{{4}})", re.ASCII | re.IGNORECASE)
YEARS = range(1900, 2200)
LARGEST_NUMBER = 6  # digits
LONGEST_RECESS = 120  # days
DASHES = "‐‑‒–—−"


class Bad(Exception):
    """A value that a reader refuses: where, why, and the nearest right form."""

    def __init__(self, place: Place, message: str, near: str = "", notes: tuple[str, ...] = ()) -> None:
        self.place, self.message, self.near, self.notes = place, message, near, notes
        super().__init__(message)


class Fields:
    """One mapping of a user's file. Call ``done`` last: it reports the keys nobody asked for."""

    def __init__(self, node: Node, document: Document, problems: Problems, what: str) -> None:
        self.document, self.problems, self.what = document, problems, what
        self.place = node.place
        self._entries: dict[str, tuple[Text, Node]] = {}
        self._asked: list[str] = []
        self._is_map = isinstance(node, Map)
        self.partial = False  # the keys it should take from elsewhere could not be had; none is missed
        if isinstance(node, Map):
            self._entries = {key.value: (key, value) for key, value in node}
        else:
            self.refuse(node.place, f"{what} must be `key: value` lines", "key: value")

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def key_place(self, key: str) -> Place:
        """Where a key stands; the mapping itself when the key is not there."""
        return self._entries[key][0].place if key in self._entries else self.place

    def item_place(self, key: str, index: int) -> Place:
        """Where an item of a key's list stands; the value itself when it is one text for a list of one."""
        node = self._entries[key][1]
        return node.items[index].place if isinstance(node, Seq) else node.place

    def value_place(self, key: str) -> Place | None:
        """Where the value of a key stands; None when the key is not there."""
        return self._entries[key][1].place if key in self._entries else None

    def node(self, key: str) -> Node | None:
        """The raw node of a key, marked as asked for."""
        self._asked.append(key)
        return self._entries[key][1] if key in self._entries else None

    def get(self, key: str, read: Callable[[Node], T], default: D) -> T | D:
        """The value of an optional key; ``default`` when it is absent or was refused."""
        node = self.node(key)
        if node is None:
            return default
        found = self.attempt(node, read)
        return default if found is None else found

    def need(self, key: str, read: Callable[[Node], T]) -> T | None:
        """The value of a required key; None when it is absent or was refused (and so reported)."""
        node = self.node(key)
        if node is None:
            if self._is_map and not self.partial:  # else it was refused as a whole
                self.refuse(self.place, f"{self.what} has no `{key}`", f"{key}: …")
            return None
        return self.attempt(node, read)

    def attempt(self, node: Node, read: Callable[[Node], T]) -> T | None:
        """Run a reader; a refusal becomes a problem and None."""
        try:
            return read(node)
        except Bad as bad:
            self.refuse(bad.place, bad.message, bad.near, bad.notes)
            return None

    def refuse(self, place: Place, message: str, near: str = "", notes: tuple[str, ...] = ()) -> None:
        """Report a problem of this mapping's file."""
        self.problems.add(self.document.problem(place, message, near, notes))

    def refuse_unseen(self, place: Place, message: str, near: str = "") -> None:
        """Report a problem of a line that may hold a secret: what stands from the place on is not repeated."""
        problem = self.document.problem(place, message, near)
        hidden = problem.line_text[: place.column - 1] + "*" * len(problem.line_text[place.column - 1 :])
        self.problems.add(replace(problem, line_text=hidden))

    def inside(self, key: str, what: str) -> Fields | None:
        """The fields of a mapping that stands under a key, or None when the key is absent."""
        node = self.node(key)
        return None if node is None else Fields(node, self.document, self.problems, what)

    def done(self, also: Iterable[str] = ()) -> None:
        """Refuse every key that was not asked for, with the nearest known one."""
        known = [*self._asked, *also]
        before = ""
        for key, (where, value) in self._entries.items():
            if key not in known and before and isinstance(value, Text) and value.absent:
                message = f"the comma before `{key}` ends the value of `{before}`"
                self.refuse(where.place, message, f'{before}: "…, {key}" (in double quotes)')
            elif key not in known:
                self.refuse(where.place, f"{self.what} has no key `{key}`", nearest(key, known))
            before = key


# ---- readers: Node -> value, raising Bad -----------------------------------------------------


def text(node: Node) -> Text:
    """Plain text with its place; refuses lists, mappings and empty values."""
    if not isinstance(node, Text):
        raise Bad(node.place, "plain text is expected here, not a list or further keys", "one text")
    if not node.value.strip():
        raise Bad(node.place, "nothing is written here", "a value, or no key")
    return node


def string(node: Node) -> str:
    """Plain text without its place."""
    return text(node).value.strip()


def one_line(node: Node) -> str:
    """Plain text that stays on one line wherever it is printed."""
    value = string(node)
    if "\n" in value:
        raise Bad(node.place, "this text stands on one line, without a line break", " ".join(value.split()))
    return value


def items(node: Node) -> tuple[Node, ...]:
    """The items of a list; one text counts as a list of one."""
    if isinstance(node, Text):
        return (text(node),)
    if isinstance(node, Seq):
        return node.items
    raise Bad(node.place, "a list is expected here", "[first, second]")


def some_items(node: Node) -> tuple[Node, ...]:
    """A list that holds something."""
    if found := items(node):
        return found
    raise Bad(node.place, "the list is empty", "[first, second]")


def some_strings(node: Node) -> tuple[str, ...]:
    """A list of plain texts that holds something."""
    return tuple(string(item) for item in some_items(node))


def strings(node: Node) -> tuple[str, ...]:
    """A list of plain texts."""
    return tuple(string(item) for item in items(node))


def whole_number(node: Node) -> int:
    """A whole number, 0 or more."""
    value = text(node)
    if not value.value.isascii() or not value.value.isdigit() or len(value.value) > LARGEST_NUMBER:
        shown = value.value if len(value.value) <= 40 else f"{value.value[:40]}…"
        raise Bad(value.place, f"a whole number is expected, not `{shown}`", "3")
    return int(value.value)


def counting_number(node: Node) -> int:
    """A whole number, 1 or more."""
    if found := whole_number(node):
        return found
    raise Bad(node.place, "0 of something is nothing to count", "1")


def school_year(node: Node) -> str:
    """A school year written ``2018-19``."""
    value = text(node)
    return parse_school_year(value.value, value.place)


def parse_school_year(written: str, place: Place) -> str:
    """The name of a school year. Raises Bad with the nearest right form."""
    match = re.fullmatch(r"(\d{4})\D(?:\d{2})?(\d{2})", written, re.ASCII) or re.match(r"(\d{4})", written, re.ASCII)
    start = int(match[1]) if match and int(match[1]) in YEARS else 2018
    right = f"{start}-{(start + 1) % 100:02d}"
    if written != right:
        raise Bad(place, f"`{written}` is not a school year", right)
    return written


def one_of(choices: Iterable[str]) -> Callable[[Node], str]:
    """A reader for one of some fixed words."""
    known = tuple(choices)

    def read(node: Node) -> str:
        value = text(node)
        if value.value not in known:
            near = nearest(value.value, known) or ", ".join(known)
            raise Bad(value.place, f"`{value.value}` is not one of the words known here", near)
        return value.value

    return read


def day(node: Node) -> date:
    """A date written ``2018-09-04``."""
    value = text(node)
    return parse_day(value.value, value.place)


def parse_day(written: str, place: Place) -> date:
    """A date in the one form that has no second meaning. Raises Bad with the nearest right form."""
    plain = written
    for dash in DASHES:
        plain = plain.replace(dash, "-")
    match = ISO.fullmatch(plain.strip())
    if not match:
        raise Bad(place, f"`{written}` is not a date", _date_meant(plain) or "2018-09-30 (year-month-day)")
    year, month, number = (int(part) for part in match.groups())
    if year not in YEARS:
        raise Bad(place, f"`{written}` is not a date here: years go from {YEARS[0]} to {YEARS[-1]}", "2018-09-30")
    if not 1 <= month <= 12:
        right = f"{year}-{number:02d}-{month:02d}" if number in range(1, 13) else f"{year}-09-30"
        raise Bad(place, f"`{written}` is not a date: there is no month {month}", right)
    longest = days_in_month(year, month)
    if not 1 <= number <= longest:
        message = f"`{written}` is not a date: {MONTHS[month - 1]} {year} has {longest} days"
        raise Bad(place, message, date(year, month, max(1, min(number, longest))).isoformat())
    found = date(year, month, number)
    if found.isoformat() != written:
        if any(dash in written for dash in DASHES):
            raise Bad(place, "a dash pasted from a document, not the minus key", found.isoformat())
        raise Bad(place, f"`{written}` lacks a zero", found.isoformat())
    return found


def _date_meant(written: str) -> str:
    """The date in the right form when it was written another way: in words, month first, or with something after it."""
    if match := IN_WORDS.search(written):
        month, day, year = [name.lower() for name in MONTHS].index(match[1].lower()) + 1, int(match[2]), int(match[3])
    elif match := AMERICAN.search(written):
        month, day, year = (int(part) for part in match.groups())
    elif match := ISO.search(written):
        year, month, day = (int(part) for part in match.groups())
    else:
        return ""
    right = year in YEARS and 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)
    return date(year, month, day).isoformat() if right else ""


def named_span(node: Node) -> tuple[str, DateSpan]:
    """``2018-11-21 to 2018-11-23 Thanksgiving recess``: a day or a span, then its name."""
    value = text(node)
    match = re.fullmatch(r"(\S+)(?:\s+to\s+(\S+))?(?:\s+(.*))?", value.value.strip())
    assert match
    first = parse_day(match[1], value.part(0, len(match[1])))
    last = parse_day(match[2], value.part(match.start(2), len(match[2]))) if match[2] else first
    if last < first:
        near = f"{last} to {first} {match[3] or ''}".strip()
        raise Bad(value.part(match.start(2), len(match[2] or "")), f"{last} is before {first}", near)
    if (last - first).days > LONGEST_RECESS:
        message = f"more than {LONGEST_RECESS} days in one line; a recess is shorter"
        raise Bad(value.part(match.start(2), len(match[2] or "")), message, "a day nearer to the first")
    name = (match[3] or "").strip()
    if not name:
        raise Bad(value.place, "the day has no name; the feed and the trail show it", f"{value.value} Columbus Day")
    if not match[2] and (second := ISO.search(name)):
        raise Bad(value.part(match.start(3), len(name)), "a second date, and no ` to ` between the two",
                  f"{match[1]} to {second[0]} {name[second.end():].strip()}")  # fmt: skip
    return name, DateSpan(first, last)
