"""The events of a book: what one costs, alone and among ten thousand, against the counting it cannot do without."""

from __future__ import annotations

from datetime import date, timedelta

from bench.district import chicago
from bench.measure import figures, inside, show
from calendars.counting import count_from
from calendars.days import Kind
from calendars.neighbours import calendar_of
from deadlines.books.rows import Happened, Logged, Pages
from deadlines.deriving.cases import calendar_known_on
from deadlines.deriving.started import standings
from deadlines.loading.folder import read_local

ON = date(2019, 2, 4)
FIRST = date(2018, 9, 10)
MANY = 10_000


def logged(many: int) -> Pages:
    """Preparation periods cancelled and violations, over five months, of two hundred people."""
    return Pages(tuple(
        Logged(n + 1, Happened("violation" if n % 4 else "prep cancelled", FIRST + timedelta(days=n % 140),
                               FIRST + timedelta(days=n % 140), f"T-{n % 200}"))
        for n in range(many)
    ))  # fmt: skip


def run() -> None:
    """The table of this group."""
    local = read_local(chicago())
    pages = {many: logged(many) for many in (1, 100, 1000, MANY)}
    calendar = calendar_of(calendar_known_on(local.years, ON, local.levels[0]).years)
    days = [FIRST + timedelta(days=n) for n in range(140)]

    def counts() -> None:
        for day in days:
            count_from(calendar, day, 45, Kind.TEACHER)

    found = figures(
        {
            "one count of 45 teacher days": inside(counts, len(days)),
            **{
                f"an event among {many:,}": inside(lambda own=own: standings(local, own, ON, ON), many)  # type: ignore[misc]
                for many, own in pages.items()
            },
        },
        rounds=3,
    )
    show("events of a book, with all they start and what is started by being missed", found)
