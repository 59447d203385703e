"""What lies at each feed's address over three years of builds, and what each program should show of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import cache

from calendars.entry import Entry
from tests.clients.feed import Client, Shown
from tests.clients.google import Google
from tests.clients.icsx5 import Icsx5
from tests.clients.nextcloud import Nextcloud
from tests.clients.outlook import Outlook
from tests.clients.thunderbird import Thunderbird
from tests.clients.web import Web
from tests.ledger.history import history

CLIENTS: dict[str, Callable[[str], Client]] = {
    "ICSx5": Icsx5, "Nextcloud": Nextcloud, "Thunderbird": Thunderbird, "Outlook": Outlook, "Google": Google,
}  # fmt: skip
FEEDS = sorted({name for step in history() for name in step.made.feeds})
STEPS = range(len(history()))


def address(name: str) -> str:
    """The same for all three years."""
    return f"https://calendar.example.org/feeds/{name}"


def listed(name: str) -> str:
    """The feed of that name in the ledger, which knows nothing of alarms."""
    return name.replace("-alarms.ics", ".ics")


@cache
def standing(name: str, step: int) -> tuple[bytes, tuple[Entry, ...]]:
    """What lies at a feed's address after a build, and the dates it stands for. A feed not made any more lies on."""
    for number in range(step, -1, -1):
        built = history()[number].made
        if name in built.feeds:
            return built.feeds[name], tuple(built.published.feeds()[listed(name)])
    return b"", ()


def publish(web: Web, name: str, step: int) -> None:
    data, _ = standing(name, step)
    if data:
        web.publish(address(name), data, datetime.combine(history()[step].day, time(18), UTC))


def current(name: str, step: int, client: str) -> list[Shown]:
    """What the ledger says is published, as that program shows it: every date once, at its place of now.

    A title is shown as it is, but Google leaves out what is cancelled.
    """
    _, entries = standing(name, step)
    lines = [Shown(str(e.uid), e.span.first, e.span.last, e.title, e.withdrawn) for e in entries]
    return sorted(line for line in lines if client != "Google" or not line.struck)


def step_on(day: str) -> int:
    return next(number for number in STEPS if history()[number].day == date.fromisoformat(day))
