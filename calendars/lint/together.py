"""Points 7 and 21 over several feeds: an event that stands in two of them is the same, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from calendars.lint.components import Component, Feed
from calendars.lint.finding import Finding
from calendars.lint.lines import Line


class _Seen(NamedTuple):
    feed: str
    number: int
    lines: tuple[tuple[bytes, ...], ...]


class Together:
    """Feeds looked at one after the other; alarms are left aside, since a feed of alarms is the same with alarms."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], _Seen] = {}

    def compare(self, name: str, feed: Feed) -> list[Finding]:
        """What this feed tells differently from those looked at before. ``name`` is what it is called in findings."""
        return sorted(finding for event in feed.events for finding in self._event(name, event))

    def _event(self, name: str, event: Component) -> Iterator[Finding]:
        uid = event.value("UID")
        if not uid.strip():
            return
        lines = tuple(tuple(row.data for row in line.rows) for line in event.lines)
        here = _Seen(name, event.begin.rows[0].number, lines)
        first = self._seen.setdefault((uid, event.value("RECURRENCE-ID")), here)
        if first.feed == name or first.lines == lines:
            return
        line, other = _first_difference(event, first.lines)
        message = f"this event is told differently in {first.feed}, line {first.number}"
        yield line.finding("feeds-differ", message, other)


def _first_difference(event: Component, others: tuple[tuple[bytes, ...], ...]) -> tuple[Line, str]:
    """The first line that differs, and how the other feed has it."""
    for line, other in zip(event.lines, others, strict=False):
        if tuple(row.data for row in line.rows) != other:
            unfolded = other[0] + b"".join(piece[1:] for piece in other[1:])
            same = unfolded == b"".join(row.data[1:] if row is not line.rows[0] else row.data for row in line.rows)
            return line, "the same folds in both" if same else unfolded.decode("utf-8", "replace")
    return event.begin, f"{len(others)} lines there, {len(event.lines)} here"
