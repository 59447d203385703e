"""Deriving alone, in this process: what an agenda costs once the files are read."""

from __future__ import annotations

from datetime import date, timedelta

from bench.district import cards_in, chicago
from bench.measure import Figure, figures, inside, show
from deadlines.deriving.derive import derive
from deadlines.deriving.examine import examine
from deadlines.loading.folder import read_local

ON = date(2018, 11, 12)


def run() -> None:
    """The table of this group."""
    local = read_local(chicago())
    cards = cards_in(chicago())
    days = [ON + timedelta(days=7 * week) for week in range(30)]

    def afresh() -> None:
        derive(read_local(chicago()), ON, ON)

    def every_week() -> None:
        for day in days:
            derive(local, day, day)

    found = figures(
        {
            "reading the folder": inside(lambda: read_local(chicago())),
            "reading it and deriving one day": inside(afresh),
            "deriving another day of the same year": inside(every_week, len(days)),
            "examine: every example, every revision": inside(lambda: examine(local, ON)),
        }
    )
    a_card = Figure(f"  of it a card ({cards} cards)", found[2].seconds / cards, found[2].ratio / cards)
    show("derive, in process, the Chicago that ships", [*found[:3], a_card, *found[3:]])
