"""What stops a build before anything is written: feeds are a promise, and these break it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from deadlines.ledger.lines import Line
from deadlines.ledger.reconcile import Published

MOST_REMOVED = 0.2  # of the dates that stood; what leaves by age does not count
LARGEST_FEED = 900_000  # bytes; Google drops a feed over a megabyte
MOST_EVENTS = 1_000


def faults(before: Mapping[UUID, Line], after: Published, feeds: Mapping[str, bytes]) -> Iterator[str]:
    """Every reason not to publish, in words. Empty when nothing stands against it."""
    stood = [line for line in before.values() if not line.entry.withdrawn]
    gone = [change for change in after.changes if change.kind == "withdrawn"]
    if stood and len(gone) > MOST_REMOVED * len(stood):
        yield (
            f"{len(gone)} of {len(stood)} published dates would be withdrawn, more than {MOST_REMOVED:.0%}: "
            f"{'; '.join(change.title for change in gone[:3])}{' …' if len(gone) > 3 else ''}"
        )
    yield from _silent(before, after)
    for uid, line in after.lines.items():
        old = before.get(uid)
        if old is None:
            continue
        if old.meaning != line.meaning:
            yield f"the UID {uid} would change its meaning: {old.meaning!r} becomes {line.meaning!r}"
        if line.entry.stamp < old.entry.stamp or line.entry.sequence < old.entry.sequence:
            yield f"the stamp of {line.entry.title!r} would fall"
    yield from too_large(feeds)


def _silent(before: Mapping[UUID, Line], after: Published) -> Iterator[str]:
    """Feeds that would lose dates which others keep: whoever reads one sees them vanish, and no word of it.

    A date whose rule and period the feed goes on to tell, such as one that now differs by level, is not lost.
    """
    for feed in sorted({feed for change in after.changes for feed in change.gone_from}):
        told = {line.meaning for line in after.lines.values() if feed in line.feeds and not line.entry.withdrawn}
        lost = [c for c in after.changes if feed in c.gone_from and c.meaning not in told]
        stood = sum(feed in line.feeds and not line.entry.withdrawn for line in before.values())
        if len(lost) > MOST_REMOVED * stood:
            yield (
                f"{len(lost)} of {stood} dates in {feed} would go from it and stay in others, more than "
                f"{MOST_REMOVED:.0%}: {'; '.join(c.title for c in lost[:3])}{' …' if len(lost) > 3 else ''}"
            )


def too_large(feeds: Mapping[str, bytes]) -> Iterator[str]:
    """Every feed that some client would drop for its size."""
    for name, data in feeds.items():
        events = data.count(b"BEGIN:VEVENT")
        if len(data) > LARGEST_FEED:
            yield f"{name} would have {len(data):,} bytes; Google drops a feed of a megabyte ({LARGEST_FEED:,} at most)"
        if events > MOST_EVENTS:
            yield f"{name} would have {events:,} events; {MOST_EVENTS:,} at most"
