"""What is to be published, against what was: stamps, sequences, withdrawals, and the list of changes.

Pure. Unchanged content keeps its stamps and so its bytes. Changed content gets the next sequence and a
later stamp, whatever day the build stands on: an input rolled back never lowers one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from calendars.days import DateSpan
from calendars.entry import LONGEST_SUMMARY, Entry, shorten
from calendars.feed import Built
from deadlines.ledger.lines import Line, same_content

WITHDRAWN = "WITHDRAWN: "
MAY_MOVE = " (date may move)"
KEPT_WITHDRAWN = 60  # calendar days a withdrawn date stays in its feeds, cancelled


@dataclass(frozen=True, slots=True)
class Change:
    """One thing a build changes: added, moved, reworded, withdrawn, restored; redirected, when it is as it was and only
    goes to other feeds; or ``left``, gone by age alone.

    ``gone_from`` are the feeds that go on without it while others keep it, ``new_in`` those of before that have it now.
    """

    kind: str
    uid: UUID
    title: str
    before: DateSpan | None
    after: DateSpan | None
    feeds: tuple[str, ...]
    meaning: str = ""
    gone_from: tuple[str, ...] = ()
    new_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """The ledger after a build, and every change that led to it, in order of day and UID."""

    lines: Mapping[UUID, Line]
    changes: tuple[Change, ...]

    def feeds(self) -> dict[str, list[Entry]]:
        """The entries of each feed by file name."""
        found: dict[str, list[Entry]] = {}
        for line in self.lines.values():
            for feed in line.feeds:
                found.setdefault(feed, []).append(line.entry)
        return found

    def built(self, alarms: bool = False) -> Built:
        """The same as bytes, each entry built once. ``alarms``: each rings."""
        return Built(((line.entry, line.feeds) for line in self.lines.values()), alarms)


def reconcile(
    before: Mapping[UUID, Line], wanted: Mapping[str, Iterable[Entry]], on: date, kept: DateSpan
) -> Published:
    """The ledger and the changes of a build standing on ``on``; ``kept`` are the days that stay in feeds.

    Raises ValueError when two feeds want one UID with different content.
    """
    now, feeds = _wanted(wanted)
    lines: dict[UUID, Line] = {}
    changes: list[Change] = []
    were = {feed for line in before.values() for feed in line.feeds}
    for uid, entry in now.items():
        old = before.get(uid)
        stamped = _stamped(entry, old, on)
        lines[uid] = Line(stamped, feeds[uid])
        gone_from = tuple(feed for feed in old.feeds if feed not in feeds[uid] and feed in wanted) if old else ()
        new_in = tuple(feed for feed in feeds[uid] if feed not in old.feeds and feed in were) if old else ()
        kind = _kind(old.entry if old else None, entry) or ("redirected" if gone_from or new_in else "")
        if kind:
            changes.append(replace(_change(kind, lines[uid], old), gone_from=gone_from, new_in=new_in))
    for uid, line in before.items():
        if uid in now:
            continue
        stays = _withdrawn(line, on, kept)
        if stays:
            lines[uid] = stays
        if not line.entry.withdrawn and stays:
            changes.append(_change("withdrawn", stays, line))
        elif not stays:
            changes.append(Change("left", uid, line.entry.title, line.entry.span, None, line.feeds, line.meaning))
    changes.sort(key=lambda c: ((c.after or c.before or kept).first, str(c.uid)))
    return Published(lines, tuple(changes))


def _wanted(wanted: Mapping[str, Iterable[Entry]]) -> tuple[dict[UUID, Entry], dict[UUID, tuple[str, ...]]]:
    now: dict[UUID, Entry] = {}
    feeds: dict[UUID, tuple[str, ...]] = {}
    for feed, entries in sorted(wanted.items()):
        for entry in entries:
            if entry.uid in now and not same_content(now[entry.uid], entry):
                raise ValueError(f"two feeds say different things of {entry.title!r} ({entry.uid})")
            now[entry.uid] = entry
            feeds[entry.uid] = (*feeds.get(entry.uid, ()), feed)
    return now, feeds


def _stamped(entry: Entry, old: Line | None, on: date) -> Entry:
    """The entry with its stamps: kept when nothing a subscriber sees has changed."""
    today = datetime.combine(on, time(), UTC)
    if old is None:
        return replace(entry, stamp=today, created=today, sequence=0)
    was = old.entry
    if same_content(entry, was):
        return was
    later = max(today, was.stamp + timedelta(seconds=1))
    return replace(entry, stamp=later, created=was.created, sequence=was.sequence + 1)


def _kind(old: Entry | None, new: Entry) -> str:
    if old is None:
        return "added"
    if old.withdrawn:
        return "restored"
    if old.span != new.span:
        return "moved"
    return "" if same_content(old, new) else "reworded"


def _withdrawn(line: Line, on: date, kept: DateSpan) -> Line | None:
    """A line nobody wants any more: cancelled for sixty days, then gone; past the kept years, gone at once."""
    entry = line.entry
    if entry.span.last < kept.first:
        return None
    if entry.withdrawn:
        return line if on - entry.stamp.date() < timedelta(days=KEPT_WITHDRAWN) else None
    title = shorten(WITHDRAWN + entry.title.removesuffix(MAY_MOVE), LONGEST_SUMMARY)
    gone = replace(entry, title=title, tentative=False, withdrawn=True)
    return Line(_stamped(gone, line, on), line.feeds)


def _change(kind: str, line: Line, old: Line | None) -> Change:
    entry = line.entry
    return Change(kind, line.uid, entry.title, old.entry.span if old else None, entry.span, line.feeds, line.meaning)
