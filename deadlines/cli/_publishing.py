"""What ``build`` and ``diff`` share: the ledger as it stands, the feeds that would follow, why each date changes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from calendars.entry import Entry
    from deadlines.ledger.lines import Line
    from deadlines.ledger.reconcile import Change, Published
    from deadlines.model.local import Local
    from deadlines.model.obligation import Agenda, Republished
    from deadlines.outputs._feeds import Feed

LEDGER = "published.jsonl"
CHANGES = "changes.jsonl"
LARGEST_LEDGER = 100_000_000  # bytes; a line is about 500


@dataclass(frozen=True)
class Made:
    """What a build would publish: the ledger after it, each feed in pieces, and the causes of its changes by UID."""

    before: Mapping[UUID, Line]
    published: Published
    pieces: Mapping[str, Sequence[bytes]]
    causes: Mapping[UUID, str]

    @cached_property
    def feeds(self) -> Mapping[str, bytes]:
        """The bytes of each feed by file name."""
        return {name: b"".join(pieces) for name, pieces in self.pieces.items()}


def read_ledger(folder: Path, out: str) -> tuple[dict[UUID, Line], str]:
    """The ledger of a folder and a note about it; lost, it is rebuilt from the feeds last published.

    Raises Refused when a line of it, or a feed, cannot be used.
    """
    from deadlines.ledger.lines import BadLine, from_text
    from deadlines.ledger.rebuild import rebuilt
    from deadlines.model.problem import Place, Problem, Refused
    from deadlines.reading.nodes import read_text

    path = folder / LEDGER
    if path.is_file():
        text = read_text(path, LEDGER, largest=LARGEST_LEDGER)
        try:
            return from_text(text), ""
        except BadLine as bad:
            line = text.split("\n")[bad.number - 1]
            near = f"take {LEDGER} from your last copy, or delete it: build makes it again from the published feeds"
            raise Refused([Problem(Place(LEDGER, bad.number, bad.column), bad.message, line, near)]) from bad
    feeds = {feed.name: feed.read_bytes() for feed in sorted((folder / out / "feeds").glob("*.ics"))}
    if not feeds:
        return {}, ""
    try:
        return rebuilt(feeds), f"{LEDGER} was not there; it was made again from the {len(feeds)} feeds in {out}/feeds."
    except ValueError as error:
        message = f"the feeds cannot stand in for the lost {LEDGER}: {error}"
        near = f"take {LEDGER} from your last copy, or the feeds as they are published"
        raise Refused([Problem(Place(f"{out}/feeds"), message, nearest=near)]) from error


def made(local: Local, agenda: Agenda, before: Mapping[UUID, Line], since: date) -> Made:
    """What a build standing on the agenda's day would publish. ``since``: the day of knowledge of the last one."""
    from deadlines.ledger.reconcile import reconcile
    from deadlines.outputs._feeds import CALENDAR, Feed, feeds_that_may_be, of_levels
    from deadlines.outputs._view import View
    from deadlines.outputs.ics import entries, kept_span

    known, so_far = feeds_that_may_be(local), {name for line in before.values() for name in line.feeds}
    wanted: dict[str, list[Entry]] = {}
    for role in (*local.roles, CALENDAR):
        view = View(local, agenda, role)
        found = entries(view)
        if found and (role == CALENDAR or any(role in o.card.tell for o in view.obligations)):
            for feed, own in of_levels(local, role, found, so_far):
                if known.get(feed.file_name) == feed:
                    wanted[feed.file_name] = own
    published = reconcile(before, wanted, agenda.on, kept_span(agenda.on))
    if emptied := _emptied(local, agenda, before, known, so_far, published):
        published = reconcile(before, wanted | emptied, agenda.on, kept_span(agenda.on))
    feeds, plain, ringing = {}, published.built(), published.built(alarms=True)
    for name in plain.feeds:
        feed = known.get(name) or Feed(name.removesuffix(".ics"))
        feeds[name] = plain.pieces(name, feed.info(local))
        if feed.role != CALENDAR:
            feeds[feed.with_alarms.file_name] = ringing.pieces(name, feed.with_alarms.info(local))
    return Made(before, published, feeds, dict(_causes(local, agenda, published, since)))


def _emptied(
    local: Local, agenda: Agenda, before: Mapping[UUID, Line], known: Mapping[str, Feed], names: Iterable[str],
    published: Published,
) -> dict[str, list[Entry]]:  # fmt: skip
    """For each feed people have and nothing would be left of: one entry that says so."""
    from deadlines.outputs._feeds import CALENDAR
    from deadlines.outputs._view import View
    from deadlines.outputs.ics import nothing_entry, nothing_uid

    found = {}
    left = published.feeds()
    for name in sorted(names):
        feed = known.get(name)
        if feed and feed.role != CALENDAR:
            nothing = nothing_uid(local, feed.role)
            if any(entry.uid != nothing for entry in left.get(name, ())):
                continue
            line = before.get(nothing)
            view = View(local, agenda, feed.role)
            found[name] = [nothing_entry(view, line.entry if line and not line.entry.withdrawn else None)]
    return found


def last_known(folder: Path) -> date | None:
    """The day of knowledge of the last build, as changes.jsonl tells it."""
    path = folder / CHANGES
    try:
        lines = path.read_text(encoding="utf-8").strip().split("\n") if path.is_file() else []
        return date.fromisoformat(json.loads(lines[-1])["known"]) if lines and lines[-1] else None
    except (ValueError, KeyError, TypeError):
        return None


def _causes(local: Local, agenda: Agenda, published: Published, since: date) -> Iterator[tuple[UUID, str]]:
    """Why each date changed: the announcement that moved it, else the line it stands on, else why it is gone."""
    from deadlines.deriving.academic import academic_facts
    from deadlines.deriving.moves import moves_between
    from deadlines.model.obligation import NOTICE
    from deadlines.outputs.ics import uid

    moved: dict[str, str] = {}
    for move in moves_between(local, agenda.on, since, agenda.known_on):
        if move.which != NOTICE or move.id not in moved:  # a notice that moves alone has a cause too
            moved[move.id] = f"{move.cause} [{move.where}]"
    stands = {}
    for o in agenda.obligations:
        origins = [str(step.origin) for step in o.outcome.steps if step.origin]
        where = f"{o.card.file}, {origins[-1]}" if origins else o.card.file
        for moment in o.outcome.entries:
            stands[uid(local, o.identity(moment.which))] = moved.get(o.id, where)
    for fact in academic_facts(local, agenda.known_on):
        stands[uid(local, fact.identity)] = f"{fact.source} [{fact.origin}]"
    gone = {f"Rule {row.card.rule}, {row.hang}.": f"{row.state}: {row.why}" for row in agenda.rows}
    for change in published.changes:
        if change.kind == "left":
            yield change.uid, "older than the previous school year, or sixty days withdrawn"
        elif change.uid in stands:
            yield change.uid, stands[change.uid]
        else:
            yield change.uid, gone.get(change.meaning, "no card and no calendar line gives it any more")


def change_lines(made: Made, agenda: Agenda, accepted: str) -> str:
    """The new lines of changes.jsonl: one for each change, those that left by age among them."""
    rows = []
    for change in made.published.changes:
        row = {
            "on": agenda.on.isoformat(), "known": agenda.known_on.isoformat(), "kind": change.kind,
            "uid": str(change.uid), "title": change.title, "from": span(change, "before"), "to": span(change, "after"),
            "feeds": list(change.feeds), "cause": made.causes.get(change.uid, ""),
        }  # fmt: skip
        for key, feeds in (("gone from", change.gone_from), ("new in", change.new_in)):
            row |= {key: list(feeds)} if feeds else {}
        if accepted:
            row["accepted"] = accepted
        rows.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    return "".join(rows)


def span(change: Change, side: str) -> str:
    """The days before or after a change, as text; empty when there are none."""
    found = change.before if side == "before" else change.after
    return str(found) if found else ""


def republished(
    folder: Path, local: Local, agenda: Agenda, before: Mapping[UUID, Line], since: date | None = None
) -> tuple[Republished, ...]:
    """What builds after a day moved, withdrew or gave back, from ``changes.jsonl``; notices apart.

    Without a day it is those of the last seven days.
    """
    from deadlines.model.obligation import Republished
    from deadlines.outputs.ics import uid

    ids = {str(uid(local, o.identity(m.which))): o.id for o in agenda.obligations for m in o.outcome.moments}
    after = since or agenda.on - timedelta(days=7)
    found = []
    for row in _rows_of(folder / CHANGES):
        line = before.get(UUID(row["uid"]))
        recent = after < date.fromisoformat(row["on"]) <= agenda.on
        if not recent or row["kind"] not in ("moved", "withdrawn", "restored") or line is None:
            continue
        if "Contract" in line.entry.categories and "Notice" not in line.entry.categories:
            was, is_now = (date.fromisoformat(row[side][:10]) if row[side] else None for side in ("from", "to"))
            article = re.search(r"^(.+), agreement ", line.entry.text, re.MULTILINE)
            found.append(Republished(row["kind"], row["title"], article[1] if article else "", was, is_now,
                                     row["cause"], tuple(row["feeds"]), ids.get(row["uid"], "")))  # fmt: skip
    return tuple(found)


def _rows_of(path: Path) -> list[dict[str, Any]]:
    """The lines of changes.jsonl that can be read; it is a record, and a line cut off stops nothing."""
    rows = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else ():
        try:
            row = json.loads(line)
            UUID(row["uid"])
            for day in (row["on"], *(row[side][:10] for side in ("from", "to") if row[side])):
                date.fromisoformat(day)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
        if {"kind", "title", "feeds", "cause"} <= row.keys():
            rows.append(row)
    return rows
