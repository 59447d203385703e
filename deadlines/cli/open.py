"""``deadlines open``: what the events in the book have started."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deadlines.cli._book import Private, book_of, booked, format_option, known_option, on_option, recorded_later
from deadlines.cli._common import days, folder_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.books.rows import Pages
    from deadlines.deriving.shifts import Shift
    from deadlines.deriving.standing import Standing
    from deadlines.model.obligation import Obligation

HEAD = ("state", "due", "", "what", "article", "who must", "event", "who", "school", "")


@click.command(cls=Private, epilog="Example: deadlines open --on 2019-02-04")
@folder_option
@on_option
@known_option
@click.option("--who", default="", metavar="ID", help="Only what one person's events started.")
@click.option("--school", default="", metavar="NAME", help="Only what the events at one school started.")
@click.option("--all", "everything", is_flag=True, help="Also what is settled, has passed, or starts no duty.")
@format_option
def open(
    folder: Path, on: date | None, known_on: date | None, who: str, school: str, everything: bool, form: str
) -> None:
    """Show what the events in the book have started: what is owed, overdue, or waits for a calendar."""
    from deadlines.deriving.declared import declared_events
    from deadlines.deriving.shifts import shifts
    from deadlines.deriving.standing import OPEN
    from deadlines.deriving.started import standings

    with reporting(folder), booked():
        found, local = open_local(folder)
        on, known_on = days(local, on, known_on)
        pages = book_of(found, local).read(known_on)
        found_now = standings(local, pages, on, known_on)
        wanted = [
            one for one in found_now
            if (not who or one.event.told.who == who) and (not school or one.event.told.school == school)
        ]  # fmt: skip
        shown = [one for one in wanted if everything or one.state in OPEN]
        moved = {one.now.id: one for one in shifts(local, pages, found_now, on, known_on) if one.now}
        shown.sort(key=lambda one: in_sight(one, moved) or date.max)
        if form == "json":
            click.echo(json.dumps([_json(one, on, moved.get(one.id)) for one in shown], indent=2, ensure_ascii=False))
            return
        click.echo(_text(shown, on, moved))
        unknown = {event.told.name for event in pages.standing} - declared_events(local.contracts).keys()
        for line in _below(pages, len(wanted) - len(shown), known_on, sorted(unknown)):
            click.echo(line)


def in_sight(one: Standing, moved: Mapping[str, Shift]) -> date | None:
    """The day to keep in sight: the earlier one that was told, until the change is accepted."""
    shift = moved.get(one.id)
    return shift.keep if shift and shift.keep else one.due


def _text(shown: list[Standing], on: date, moved: Mapping[str, Shift]) -> str:
    from deadlines.outputs.table import aligned

    if not shown:
        return "Nothing is open."
    return "\n".join(line.rstrip() for line in aligned([HEAD, *(_row(one, on, moved.get(one.id)) for one in shown)]))


def _row(one: Standing, on: date, shift: Shift | None) -> tuple[str, ...]:
    from calendars.clock import from_today
    from calendars.days import short_date
    from deadlines.outputs._standing import duty

    card, row = one.found.card, one.event.told
    return (
        one.state, short_date(one.due) if one.due else "", from_today(one.due, on) if one.due else "", duty(one),
        card.citation.place, one.found.part.who_must or card.who_must, one.event.id, row.who, row.school,
        "; ".join(_notes(one, on, shift)),
    )  # fmt: skip


def _notes(one: Standing, on: date, shift: Shift | None) -> list[str]:
    from calendars.days import short_date
    from deadlines.cli.events import outcome_in_words
    from deadlines.model.obligation import Obligation

    notes = [one.why_not] if one.why_not else []
    notes += _moved(shift) + because(one)
    if one.unsaid:
        notes.append(f"if {one.unsaid} (not said)")
    if one.settlement:
        notes.append(f"{one.settlement.id}: {outcome_in_words(one.settlement)}")
    if one.ended_by:
        notes.append(f"{one.ended_by.id}: {one.ended_by.told.name} on {short_date(one.ended_by.told.day)}")
    if isinstance(one.found, Obligation) and not one.settlement:
        ask, beyond = _day(one.found, "ask by"), _day(one.found, "late beyond doubt after")
        if ask and ask != one.due and ask >= on:
            notes.append(f"ask by {short_date(ask)}")
        if beyond and one.due and one.due < on <= beyond:
            notes.append(f"late beyond doubt only after {short_date(beyond)}")
        if one.found.after_end:
            notes.append("agreement ended")
    return notes


def _moved(shift: Shift | None) -> list[str]:
    """The day that was told before, while nobody has accepted another."""
    from calendars.days import short_date

    if shift is None or shift.told.due is None:
        return []
    keep = "; keep to that until the change is accepted" if shift.keep else ""
    return [f"told before: {short_date(shift.told.due)}{keep}"]


def because(one: Standing) -> list[str]:
    """Which duty was not done by which day, for what was started by that; and what follows if another day counts."""
    from calendars.days import short_date

    cause = one.start.cause
    if cause is None:
        return []
    found = cause.found
    duty = f"{found.card.citation.place} {found.part.name}".strip()
    said = [f"because {duty} was not done by {short_date(one.start.day)}"]
    day = max(one.or_else, default=one.start.day)
    due = one.or_else.get(day, one.due)
    if due != one.due:  # the last of them; `why` has them all
        said.append(f"{short_date(due) if due else 'no date yet'} if {short_date(day)} was in time")
    return said


def _day(found: Obligation, name: str) -> date | None:
    value = found.outcome.values.get(name)
    return value if isinstance(value, date) else None


def _below(pages: Pages, hidden: int, known_on: date, unknown: list[str]) -> list[str]:
    """What the list leaves out, so that nobody takes silence for nothing."""
    names = ", ".join(unknown)
    lines = [f"Events no card on file knows any more, which start nothing: {names}."] if unknown else []
    lines += [f"{hidden} settled, passed or without a duty, not shown (--all)."] if hidden else []
    return lines + recorded_later(pages, known_on)


def _json(one: Standing, on: date, shift: Shift | None) -> dict[str, Any]:
    from deadlines.model.obligation import Obligation
    from deadlines.outputs._standing import duty
    from deadlines.outputs._view import front

    found, row = one.found, one.event.told
    obligation = found if isinstance(found, Obligation) else None
    settled = one.settlement
    return {
        "id": one.id, "state": one.state, "due": _iso(one.due), "days left": (one.due - on).days if one.due else None,
        "title": duty(one), "check first": bool(front(found.card)), "article": found.card.citation.place,
        "agreement": found.agreement, "who must": found.part.who_must or found.card.who_must,
        "stakes": found.card.stakes, "event": one.event.id, "name": row.name, "happened": row.day.isoformat(),
        "who": row.who, "school": row.school, "facts": dict(row.facts), "applies if": one.unsaid,
        "levels": list(obligation.levels) if obligation else [],
        "dates": {k: _iso(v) for k, v in obligation.outcome.values.items()} if obligation else {},
        "in doubt": bool(obligation and obligation.outcome.in_doubt), "why not": one.why_not,
        "because": _cause(one), "told before": _iso(shift.told.due) if shift else None,
        "moved because": shift.cause if shift else None,
        "settled": {"id": settled.id, "how": settled.outcome, "day": _iso(settled.day)} if settled else None,
        "ended by": one.ended_by.id if one.ended_by else None,
    }  # fmt: skip


def _cause(one: Standing) -> dict[str, Any] | None:
    """The duty whose being missed started this, the day it is counted from, and what other days would give."""
    if one.start.cause is None:
        return None
    others = {day.isoformat(): _iso(due) for day, due in one.or_else.items()}
    return {"missed": one.start.cause.id, "not done by": one.start.day.isoformat(), "or": others}


def _iso(value: date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value
