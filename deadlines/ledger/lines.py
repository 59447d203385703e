"""The published ledger as text: one JSON line for each UID, sorted, so that it reads well in a diff."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from calendars.days import DateSpan
from calendars.entry import Entry

STAMP = "%Y-%m-%dT%H:%M:%SZ"
MEANING = re.compile(r"^(?:Rule (.+), (\S+( \S+)*)|School year (.+)|Feed (.+), no dates)\.$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Line:
    """One published event: its content and stamps (in ``entry``) and the feeds that carry it, by file name."""

    entry: Entry
    feeds: tuple[str, ...]

    @property
    def uid(self) -> UUID:
        return self.entry.uid

    @property
    def meaning(self) -> str:
        """The rule and school year (or the calendar's school year) an event speaks of; constant for a UID for ever."""
        return meaning(self.entry.text)


def meaning(text: str) -> str:
    """Which rule and period, or school year, a published text names: what a UID may never change."""
    found = MEANING.search(text)
    return found[0] if found else ""


def content_hash(entry: Entry) -> str:
    """SHA-256 over everything a subscriber can see, and over nothing else: no stamp, no sequence."""
    seen = (
        str(entry.uid), entry.span.first.isoformat(), entry.span.last.isoformat(), entry.title, entry.text, entry.url,
        entry.status, *entry.categories,
    )  # fmt: skip
    return hashlib.sha256("\0".join(seen).encode()).hexdigest()


def same_content(one: Entry, other: Entry) -> bool:
    """Whether two entries would look the same to a subscriber."""
    return replace(one, stamp=other.stamp, created=other.created, sequence=other.sequence) == other


def to_text(lines: Iterable[Line]) -> str:
    """The ledger as it stands in ``published.jsonl``: sorted by UID."""
    return "".join(_line(line) + "\n" for line in sorted(lines, key=lambda line: str(line.uid)))


def _line(line: Line) -> str:
    e = line.entry
    row = {
        "uid": str(e.uid),
        "hash": content_hash(e),
        "sequence": e.sequence,
        "modified": e.stamp.strftime(STAMP),
        "created": e.created.strftime(STAMP),
        "state": "withdrawn" if e.withdrawn else "may move" if e.tentative else "stands",
        "first": e.span.first.isoformat(),
        "last": e.span.last.isoformat(),
        "title": e.title,
        "text": e.text,
        "url": e.url,
        "categories": list(e.categories),
        "feeds": list(line.feeds),
    }
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


class BadLine(Exception):
    """A line of the ledger that cannot be used: its number (from 1), column and what is wrong."""

    def __init__(self, number: int, column: int, message: str) -> None:
        self.number, self.column, self.message = number, column, message
        super().__init__(f"line {number}: {message}")


def from_text(text: str) -> dict[UUID, Line]:
    """The ledger by UID. Raises BadLine for the first line that is not one of ours."""
    found: dict[UUID, Line] = {}
    for number, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        try:
            line = _read(json.loads(written))
        except json.JSONDecodeError as error:
            raise BadLine(number, error.colno, "this is not JSON; the line is cut off or was edited") from error
        except KeyError as error:
            raise BadLine(number, 1, f"this is not a line of the ledger: it has no {error}") from error
        except (TypeError, ValueError) as error:
            raise BadLine(number, 1, f"this line of the ledger cannot be used: {error}") from error
        if line.uid in found:
            raise BadLine(number, 1, f"the UID {line.uid} stands twice")
        if json.loads(written).get("hash") != content_hash(line.entry):
            raise BadLine(number, 1, "the hash is not that of the line; it was edited by hand")
        found[line.uid] = line
    return found


def _read(row: Mapping[str, Any]) -> Line:
    entry = Entry(
        uid=UUID(row["uid"]),
        span=DateSpan(date.fromisoformat(row["first"]), date.fromisoformat(row["last"])),
        title=row["title"],
        text=row["text"],
        stamp=_stamp(row["modified"]),
        created=_stamp(row["created"]),
        sequence=int(row["sequence"]),
        url=row["url"],
        tentative=row["state"] == "may move",
        withdrawn=row["state"] == "withdrawn",
        categories=tuple(row["categories"]),
    )
    return Line(entry, tuple(row["feeds"]))


def _stamp(written: str) -> datetime:
    return datetime.strptime(written, STAMP).replace(tzinfo=UTC)
