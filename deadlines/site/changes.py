"""The changes for everybody to read: what each build added, moved or withdrew, and why; from changes.jsonl."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from calendars.days import DateSpan, long_date
from calendars.entry import Entry
from deadlines.ledger.lines import Line
from deadlines.model.problem import Place, Problem, Refused

FILE = "changes.jsonl"
KINDS = ("moved", "withdrawn", "restored", "added", "reworded", "redirected")
_LINES_OF_FILES = re.compile(r" \[[^\[\]]*\]$")  # where it stands in the steward's files: not for here
_ONLY_FILES = re.compile(r"(?:(?:agreements|years)/[^,]+\.yaml(?::\d+)?(?:, |$))+")


@dataclass(frozen=True, slots=True)
class Change:
    """One change as published. ``before`` and ``after`` are days in words, empty where there is none; ``whose`` are
    the readers whose calendars it changed, in words."""

    on: date
    kind: str
    uid: UUID
    title: str
    before: str
    after: str
    why: str
    whose: tuple[str, ...]
    page: str = ""
    lost: tuple[str, ...] = ()  # lines of the entry as it is published, and
    gained: tuple[str, ...] = ()  # as it would be: on the page of what would change alone


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes of one kind with one cause, which is told once for all of them."""

    kind: str
    why: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """What was changed on one day of building. ``alone``: what stands in one calendar only, by whose it is."""

    iso: str
    spoken: str
    batches: tuple[Batch, ...]
    alone: tuple[tuple[str, tuple[Batch, ...]], ...]


def why(cause: str) -> str:
    """A cause as everybody may read it: the announcement, not the line of a file, and not what a reading gives."""
    said = _LINES_OF_FILES.sub("", cause)
    if _ONLY_FILES.fullmatch(said):
        return ""
    return "no date can be said for it any more" if said.startswith("cannot say: ") else said


def read_changes(
    text: str, since: date, pages: Mapping[UUID, str], owners: Mapping[str, str], told: Callable[[str], str] = why
) -> tuple[Change, ...]:
    """The changes of builds on or after a day, newest first. ``pages`` are the pages of those that have one,
    ``owners`` whose calendar each feed is, in words; feeds not made any more are nobody's. ``told`` makes of a cause
    what the reader may know of it.

    Raises Refused with the first line that cannot be read.
    """
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            change = _read(json.loads(line), pages, owners, told)
        except (KeyError, TypeError, ValueError) as error:
            column = error.colno if isinstance(error, json.JSONDecodeError) else 1
            message = "this is not a line of the list of changes; it is cut off or was edited"
            near = f"take {FILE} from your last copy, or delete the line: it then is on no page"
            raise Refused([Problem(Place(FILE, number, column), message, line, near)]) from error
        if change.kind in KINDS and change.on >= since:
            found.append(change)
    return tuple(sorted(found, key=lambda change: change.on, reverse=True))


def _read(
    row: Mapping[str, Any], pages: Mapping[UUID, str], owners: Mapping[str, str], told: Callable[[str], str]
) -> Change:
    uid = UUID(row["uid"])
    return Change(
        on=date.fromisoformat(row["on"]),
        kind=str(row["kind"]),
        uid=uid,
        title=str(row["title"]),
        before=_spoken(row["from"]),
        after=_spoken(row["to"]),
        why=told(str(row["cause"])),
        whose=tuple(dict.fromkeys(owners[feed] for feed in _changed(row) if feed in owners)),
        page=pages.get(uid, ""),
    )


def _changed(row: Mapping[str, Any]) -> list[str]:
    """The feeds a row changed: where an entry only goes to others, those it left and those it came to."""
    away = [*row.get("gone from", ()), *row.get("new in", ())]
    return away if row["kind"] == "redirected" else [*row["feeds"], *away]


def _spoken(written: str) -> str:
    """A span as changes.jsonl has it (``2018-11-21 to 2018-11-23``), in words; empty for none."""
    if not written:
        return ""
    days = [date.fromisoformat(day) for day in written.split(" to ")]
    span = DateSpan(days[0], days[-1])
    return long_date(span.first) if len(span) == 1 else f"{long_date(span.first)} to {long_date(span.last)}"


def reworded(change: Change, before: Line | None, after: Line) -> Change:
    """A change with the lines of its entry that differ, where it stays on its day."""
    if change.kind != "reworded" or before is None:
        return change
    was, will = _lines(before.entry), _lines(after.entry)
    lost, gained = (tuple(x for x in one if x not in other) for one, other in ((was, will), (will, was)))
    return replace(change, lost=lost, gained=gained)


def _lines(entry: Entry) -> list[str]:
    return [entry.title, *entry.text.split("\n"), *filter(None, [entry.url])]


def by_day(changes: Sequence[Change], alone: Collection[str]) -> tuple[Day, ...]:
    """The changes a day of building at a time, newest first. ``alone``: the readers, in words, whose changes stand
    apart when nobody else has them."""
    return tuple(_day(on, list(group), alone) for on, group in groupby(changes, key=lambda change: change.on))


def _day(on: date, changes: list[Change], alone: Collection[str]) -> Day:
    apart: dict[str, list[Change]] = {}
    together: list[Change] = []
    for change in changes:
        lone = len(change.whose) == 1 and change.whose[0] in alone
        (apart.setdefault(change.whose[0], []) if lone else together).append(change)
    return Day(
        on.isoformat(),
        long_date(on),
        tuple(batches(together)),
        tuple((name, tuple(batches(found))) for name, found in apart.items()),
    )


def batches(changes: Sequence[Change]) -> Iterator[Batch]:
    """By kind in the order of ``KINDS``, then by cause in the order they came."""
    for kind in KINDS:
        by_cause: dict[str, list[Change]] = {}
        for change in changes:
            if change.kind == kind:
                by_cause.setdefault(change.why, []).append(change)
        yield from (Batch(kind, cause, tuple(found)) for cause, found in by_cause.items())
