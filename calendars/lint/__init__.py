"""What the bytes of a feed must be, any feed's: each finding with its line, the nearest right form, whom it hurts.

``lint`` looks at one feed, ``Together`` at feeds that stand side by side. Nothing here raises, whatever the bytes;
and nothing knows what a feed ought to say: a wrong date in a sound event is not seen.
"""

from __future__ import annotations

from calendars.lint.blocks import blocks
from calendars.lint.components import Feed, read_feed
from calendars.lint.events import events
from calendars.lint.finding import Finding
from calendars.lint.octets import octets
from calendars.lint.ours import Ours, as_ours
from calendars.lint.properties import properties
from calendars.lint.together import Together

__all__ = ["Feed", "Finding", "Ours", "Together", "check", "lint", "read_feed"]


def lint(data: bytes, ours: Ours | None = None) -> list[Finding]:
    """What is wrong with a feed, in the order of its lines; with ``ours`` also what only our own feeds promise."""
    return check(read_feed(data), ours)


def check(feed: Feed, ours: Ours | None = None) -> list[Finding]:
    """The same for a feed that is read already."""
    found = list(feed.findings)
    if feed.calendars:  # else it is no calendar at all, and each of its lines would be a finding
        found += octets(feed)
        found += blocks(feed)
        found += events(feed)
        for component in feed.components():
            found += properties(component)
        if ours is not None:
            found += as_ours(feed, ours)
    return sorted(found)
