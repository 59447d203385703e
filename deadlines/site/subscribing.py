"""The feeds described by their names: whose calendar each is, for which level, with alarms or without."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from deadlines.model.local import Local
from deadlines.outputs import _feeds as outputs
from deadlines.outputs._feeds import CALENDAR, feeds_that_may_be, file_name
from deadlines.site.qr import Code, code

ALARMS = "with alarms: each date rings at 9:00 the day before"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as the page of subscribing tells it. Both addresses are empty where no public one is set.

    ``variant`` says how it differs from the role's whole feed; empty for that one.
    """

    file: str
    variant: str
    address: str
    webcal: str

    @property
    def link(self) -> str:
        """The file from the top of the site."""
        return f"feeds/{self.file}"


@dataclass(frozen=True, slots=True)
class Group:
    """The feeds of one role: the whole one, and those by level or with alarms. ``slug`` is in its addresses.

    ``also``: in words, the roles that have no dates of their own and read this one. ``role`` is empty for a
    feed whose name says nothing to us.
    """

    role: str
    name: str
    slug: str
    main: Feed
    variants: tuple[Feed, ...]
    also: tuple[str, ...]
    code: Code | None


def groups(local: Local, files: Collection[str]) -> tuple[Group, ...]:
    """Every feed of a build, grouped by role in the order of the agreements; the academic calendar after them."""
    known = {name: feed for one in feeds_that_may_be(local).values() for name, feed in _with_alarms(one)}
    own = {file_name(role): role for role in (*local.readers, CALENDAR)}
    found: dict[str, list[str]] = {}
    for file in sorted(files):
        main = file_name(known[file].role) if file in known else file
        found.setdefault(main, []).append(file)
    order = (*(main for main in own if main in found), *(main for main in found if main not in own))
    return tuple(_group(local, own.get(main, ""), found[main], files, known) for main in order)


def _with_alarms(feed: outputs.Feed) -> Iterator[tuple[str, outputs.Feed]]:
    yield feed.file_name, feed
    yield feed.with_alarms.file_name, feed.with_alarms


def _group(
    local: Local, role: str, files: list[str], every: Collection[str], known: Mapping[str, outputs.Feed]
) -> Group:
    feeds = sorted(
        (_feed(local, file, known.get(file)) for file in files), key=lambda feed: (feed.variant != "", feed.file)
    )
    slug = feeds[0].file.removesuffix(".ics")
    name = "the school calendar" if role == CALENDAR else local.called(role) if role else slug
    also = tuple(
        local.called(other)
        for other in local.readers
        if role in local.groups_of(other)[1:] and file_name(other) not in every
    )
    address = feeds[0].address
    return Group(role, name, slug, feeds[0], tuple(feeds[1:]), also, code(address) if address else None)


def _feed(local: Local, file: str, feed: outputs.Feed | None) -> Feed:
    address = f"{local.public_address}/feeds/{file}" if local.public_address else ""
    said = (feed.level, ALARMS if feed.alarms else "") if feed else ()
    variant = ", ".join(word for word in said if word)
    return Feed(file, variant, address, address.replace("https:", "webcal:", 1))
