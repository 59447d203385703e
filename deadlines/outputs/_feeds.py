"""Which feeds there are, what they are called, what they say of themselves. A name never changes: people subscribe."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from calendars.entry import Entry, FeedInfo
from deadlines.model.local import Local
from deadlines.outputs._view import UNOFFICIAL

CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed for a role (or ``calendar``), of all levels or of one; its variant with alarms holds the same dates."""

    role: str
    level: str = ""
    alarms: bool = False

    @property
    def file_name(self) -> str:
        """``teacher.ics``, ``teacher-high-school.ics``, ``teacher-high-school-alarms.ics``."""
        words = (self.role, self.level, "alarms" if self.alarms else "")
        return "-".join(word.replace(" ", "-") for word in words if word) + ".ics"

    @property
    def with_alarms(self) -> Feed:
        """The variant for those who want to be woken."""
        return replace(self, alarms=True)

    def info(self, local: Local) -> FeedInfo:
        """What the feed says of itself."""
        what = "academic calendar" if self.role == CALENDAR else f"contract dates for {local.called(self.role)}"
        level = f", {self.level}" if self.level else ""
        alarms = " Each date rings at 9:00 the day before." if self.alarms else ""
        return FeedInfo(
            f"{local.name}: {what}{level}{' (alarms)' if self.alarms else ''}",
            f"{what[0].upper()}{what[1:]}{level}.{alarms} {UNOFFICIAL}",
            local.zone,
            source=f"{local.public_address}/feeds/{self.file_name}" if local.public_address else "",
        )


def file_name(role: str) -> str:
    """The file of a role's own feed, which holds all levels."""
    return Feed(role).file_name


def feeds_that_may_be(local: Local) -> dict[str, Feed]:
    """Every feed a folder can give, by file name; of two that would share a name, the one for a whole role."""
    found: dict[str, Feed] = {}
    for role in (*local.readers, CALENDAR):
        found[file_name(role)] = Feed(role)
    for feed in list(found.values()):
        for level in local.levels if len(local.levels) > 1 else ():
            found.setdefault(Feed(feed.role, level).file_name, Feed(feed.role, level))
    return found


def of_levels(
    local: Local, role: str, entries: Sequence[tuple[Entry, tuple[str, ...]]], published: Container[str]
) -> Iterator[tuple[Feed, list[Entry]]]:
    """The feeds of a role: one of all levels, and one a level where they differ or ever did.

    ``entries`` come with the levels they hold for (none: all); ``published`` are the names of feeds people have.
    """
    yield Feed(role), [entry for entry, _ in entries]
    differ = any(levels for _, levels in entries)
    for level in local.levels if len(local.levels) > 1 else ():
        feed = Feed(role, level)
        own = [entry for entry, levels in entries if not levels or level in levels]
        if own and (differ or feed.file_name in published):
            yield feed, own
