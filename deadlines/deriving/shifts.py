"""What moves of the clocks events have started: the day a duty was told to be due, the day it is due now, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from deadlines.books.rows import EXTENDED, Pages, Told
from deadlines.deriving.moves import announced_on
from deadlines.deriving.standing import NONE, OPEN, SETTLED, Standing
from deadlines.deriving.started import standings
from deadlines.model.local import Local
from deadlines.model.obligation import Obligation

MOVED, DATED, UNDATED, GONE = "moved", "dated", "undated", "gone"


@dataclass(frozen=True, slots=True)
class Shift:
    """An open duty whose day is not the one somebody was told, and the cause of that.

    ``kind``: moved; dated, where no day could be given before; undated, where none can be given any more; gone,
    where nothing starts it now. ``now`` is None for the last.
    """

    kind: str
    told: Told
    now: Standing | None
    cause: str

    @property
    def due(self) -> date | None:
        """The day it is due now."""
        return self.now.due if self.now else None

    @property
    def keep(self) -> date | None:
        """The day to keep in sight until the change is accepted: the one that was told, when it is the earlier."""
        was, due = self.told.due, self.due
        return was if was and (due is None or was < due) else None


def shifts(local: Local, pages: Pages, found: Sequence[Standing], on: date, known_on: date) -> list[Shift]:
    """Every open duty that is not due on the day that was told last, in the order of the days that were told.

    ``found`` is what ``standings`` says of the same pages and days. Raises Refused.
    """
    changed = [(told, one) for told, one in _pairs(pages, found) if _differs(told, one)]
    causes = dict(_causes(local, pages, [told for told, _ in changed], on, known_on)) if changed else {}
    every = [Shift(_kind(told, one), told, one, causes.get(told.obligation) or _where(one)) for told, one in changed]
    return sorted(every, key=lambda one: (one.told.due or date.max, one.told.event, one.told.obligation))


def not_told(pages: Pages, found: Iterable[Standing], recorded: date) -> list[Told]:
    """What is to be told for the first time: open duties of which nothing was told, or that had no day until now."""
    before = {one.id: told for told, one in _pairs(pages, list(found)) if one}
    return [
        Told(one.id, one.event.number, one.due, recorded) for one in found
        if one.state in OPEN and (one.id not in before or (before[one.id].due is None and one.due))
    ]  # fmt: skip


def _pairs(pages: Pages, found: Sequence[Standing]) -> Iterator[tuple[Told, Standing | None]]:
    """What was told of each duty, with how it stands now; where levels have parted since, each with what was told."""
    by_id = {one.id: one for one in found}
    together: dict[str, list[Standing]] = {}
    for one in found:
        together.setdefault(one.id_on_all_levels, []).append(one)
    standing = {event.number for event in pages.standing}
    for id, told in pages.told.items():
        if told.event not in standing:
            continue
        if id in by_id:
            yield told, by_id[id]
            continue
        # Told for all levels and one of them now, or the other way about; else nothing starts it any more.
        same: list[Standing] = together.get(id) or together.get(id.rpartition("/")[0]) or []
        for now in same or (None,):
            if now is None or now.id not in pages.told:
                yield told, now


def _differs(told: Told, now: Standing | None) -> bool:
    if now is None or now.state == NONE:
        return told.due is not None
    if now.state == SETTLED or (now.settlement and now.settlement.outcome == EXTENDED):
        return False  # it is done with, or its new day was agreed upon
    return now.due != told.due


def _kind(told: Told, now: Standing | None) -> str:
    if now is None or now.state == NONE:
        return GONE
    return DATED if told.due is None else MOVED if now.due else UNDATED


def _causes(local: Local, pages: Pages, changed: Sequence[Told], on: date, known_on: date) -> Iterator[tuple[str, str]]:
    """The announcement after which each has its day: the last one that changed it since it was told."""
    events = {told.event for told in changed}
    few = Pages(
        tuple(event for event in pages.standing if event.number in events),
        tuple(one for one in pages.settled if one.event in events),
    )
    since = min(told.recorded for told in changed)
    days = sorted({day for history in local.years for day in history.days_of_change if since < day <= known_on})
    before = _days_known(local, few, on, since) if days else {}
    for day in days:
        now = _days_known(local, few, on, day)
        for told in changed:
            if told.recorded < day and before.get(told.obligation) != now.get(told.obligation):
                cause, where = announced_on(local, day)
                yield told.obligation, f"{cause} [{where}]"
        before = now


def _days_known(local: Local, pages: Pages, on: date, known_on: date) -> dict[str, date | None]:
    """The day of each duty as it was known on a day, by its id, and by its id on all levels."""
    found: dict[str, date | None] = {}
    for one in standings(local, pages, on, known_on):
        found[one.id] = one.due
        found.setdefault(one.id_on_all_levels, one.due)
    return found


def _where(now: Standing | None) -> str:
    """The line its day rests on, where no announcement since explains it: a file was changed."""
    if now is None:
        return "nothing starts it any more"
    if isinstance(now.found, Obligation):
        origins = [str(step.origin) for step in now.found.outcome.steps if step.origin]
        return f"{now.found.card.file}, {origins[-1]}" if origins else now.found.card.file
    return f"{now.found.card.file}: {now.why_not}"
