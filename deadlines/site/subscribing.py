"""The feeds described by their names: whose calendar each is, for which level, with alarms or without."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from deadlines.model.local import Local
from deadlines.outputs.ics import CALENDAR, file_name
from deadlines.site.qr import Code, code

ENDING = ".ics"


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
    mains = {file_name(role).removesuffix(ENDING): role for role in (*local.readers, CALENDAR)}
    found: dict[str, list[str]] = {}
    for file in files:
        found.setdefault(_main(file.removesuffix(ENDING), mains), []).append(file)
    known = [(main, mains[main]) for main in mains if main in found]
    unknown = [(main, "") for main in sorted(found) if main not in mains]
    return tuple(_group(local, main, role, found[main], files) for main, role in (*known, *unknown))


def _main(stem: str, mains: Iterable[str]) -> str:
    """The role's part of a feed's name: the longest that begins it; the whole name where none does."""
    begun = [main for main in mains if stem == main or stem.startswith(f"{main}-")]
    return max(begun, key=len, default=stem)


def _group(local: Local, main: str, role: str, files: list[str], every: Collection[str]) -> Group:
    name = "the school calendar" if role == CALENDAR else local.called(role) if role else main
    feeds = sorted((_feed(local, file, main) for file in files), key=lambda feed: (feed.variant != "", feed.file))
    also = tuple(
        local.called(other)
        for other in local.readers
        if role in local.groups_of(other)[1:] and file_name(other) not in every
    )
    address = feeds[0].address
    return Group(role, name, main, feeds[0], tuple(feeds[1:]), also, code(address) if address else None)


def _feed(local: Local, file: str, main: str) -> Feed:
    address = f"{local.public_address}/feeds/{file}" if local.public_address else ""
    rest = file.removesuffix(ENDING).removeprefix(main).removeprefix("-")
    return Feed(file, _variant(local, rest), address, address.replace("https:", "webcal:", 1))


def _variant(local: Local, rest: str) -> str:
    """What a feed's name adds to its role's: a level, alarms, both; else the word itself."""
    level = rest.removesuffix("alarms").removesuffix("-")
    words = next((name for name in local.levels if name.replace(" ", "-") == level), level.replace("-", " "))
    said = [words, "with an alarm for each date" if rest.endswith("alarms") else ""]
    return ", ".join(word for word in said if word)
