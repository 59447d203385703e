"""A made-up district: schools whose feeds share most of their entries, in the words of the Chicago that ships."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import NAMESPACE_OID, uuid5

from bench.district import chicago
from calendars.days import DateSpan
from calendars.entry import LONGEST_SUMMARY, Entry, FeedInfo, shorten
from deadlines.deriving.derive import derive
from deadlines.ledger.lines import Line
from deadlines.ledger.reconcile import Published
from deadlines.loading.folder import read_local
from deadlines.outputs._feeds import CALENDAR
from deadlines.outputs._view import View
from deadlines.outputs.ics import entries

ON = date(2018, 11, 12)
ROLES = 6
LEVELS = 3
SHARED = 112  # entries of a role on one level, in every school of that level
OWN = 38  # entries of a school, in the feeds of all its roles


@dataclass(frozen=True)
class District:
    """What a build of the district would publish, and what each feed says of itself."""

    published: Published
    infos: dict[str, FeedInfo]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every distinct entry."""
        return tuple(line.entry for line in self.published.lines.values())


def district(schools: int) -> District:
    """So many schools, six feeds each, 150 entries a feed; about 22 places for each distinct entry at 650 schools."""
    models, chance = tuple(_models()), random.Random(1)
    infos, lines = {}, []
    for school in range(schools):
        feeds = [f"school-{school}-{role}.ics" for role in range(ROLES)]
        for role, feed in enumerate(feeds):
            name = f"School {school}: contract dates for role {role}"
            infos[feed] = FeedInfo(name, f"{name}. Unofficial.", "America/Chicago")
        lines += [Line(_made(models, chance, f"school {school}, {n}"), tuple(feeds)) for n in range(OWN)]
    for role in range(ROLES):
        for level in range(min(LEVELS, schools)):
            to = tuple(f"school-{school}-{role}.ics" for school in range(level, schools, LEVELS))
            lines += [Line(_made(models, chance, f"role {role}, level {level}, {n}"), to) for n in range(SHARED)]
    return District(Published({line.uid: line for line in lines}, ()), infos)


def _models() -> Iterator[Entry]:
    """The entries of the district that ships: words, lengths and signs as they come."""
    local = read_local(chicago())
    agenda = derive(local, ON, ON)
    for role in (*local.roles, CALENDAR):
        yield from (entry for entry, _ in entries(View(local, agenda, role)))


def _made(models: tuple[Entry, ...], chance: random.Random, name: str) -> Entry:
    model = chance.choice(models)
    day = ON + timedelta(days=chance.randrange(-130, 230))
    title = shorten(f"{model.title} ({name})", LONGEST_SUMMARY)
    return replace(model, uid=uuid5(NAMESPACE_OID, name), span=DateSpan(day, day), title=title)
