"""The ledger again from the feeds last published, when published.jsonl was lost: byte for byte what it was."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from calendars.feed import entries_of
from deadlines.ledger.lines import Line, same_content

ALARMS = "-alarms.ics"  # how the name of a variant with alarms ends; it holds what its feed without them holds


def rebuilt(feeds: Mapping[str, bytes]) -> dict[UUID, Line]:
    """The ledger that would have given these feeds (by file name); what had left them by age is not in it.

    Raises ValueError when a feed is not one of ours, or two feeds disagree about one UID.
    """
    found: dict[UUID, Line] = {}
    for name, data in sorted((name, data) for name, data in feeds.items() if not name.endswith(ALARMS)):
        for entry in entries_of(data):
            other = found.get(entry.uid)
            if other and not (same_content(other.entry, entry) and other.entry == entry):
                raise ValueError(f"{name} and {other.feeds[0]} disagree about {entry.title!r} ({entry.uid})")
            found[entry.uid] = Line(entry, (*(other.feeds if other else ()), name))
    return found
