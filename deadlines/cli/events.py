"""``deadlines events``: what is in the book."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deadlines.cli._book import Private, PrivateDay, book_of, booked, facts, format_option, recorded_later
from deadlines.cli._common import folder_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.books.rows import Logged, Pages, Settlement
    from deadlines.model.event import Declared

HEAD = ("id", "happened", "event", "who", "school", "facts", "recorded", "")


@click.command(cls=Private, epilog="Example: deadlines events --who T-014")
@folder_option
@click.option("--who", default="", metavar="ID", help="Only what happened to one person.")
@click.option("--school", default="", metavar="NAME", help="Only what happened at one school.")
@click.option("--name", default="", metavar="EVENT", help="Only events of one name.")
@click.option("--as-known-on", "known_on", type=PrivateDay(), default=None,
              help="Leave out what was recorded later. Default: everything.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Also what was voided.")
@click.option("--private", is_flag=True, help="Also the notes, evidence and reasons, which nothing else prints.")
@click.option("--declared", is_flag=True, help="Instead: the events the cards know, with their facts.")
@format_option
def events(
    folder: Path, who: str, school: str, name: str, known_on: date | None, everything: bool, private: bool,
    declared: bool, form: str,
) -> None:  # fmt: skip
    """List what is in the book of events."""
    from deadlines.deriving.declared import declared_events

    with reporting(folder), booked():
        found, local = open_local(folder)
        known = declared_events(local.contracts)
        if declared:
            click.echo(_declared_json(known) if form == "json" else _declared_text(known))
            return
        pages = book_of(found, local).read(known_on)
        _known_name(name, known, pages)
        wanted = [
            event for event in pages.events
            if (not who or event.told.who == who) and (not school or event.told.school == school)
            and (not name or event.told.name == name)
        ]  # fmt: skip
        listed = [event for event in wanted if everything or event.id not in pages.voids]
        if form == "json":
            rows = [_json(event, pages, private) for event in listed]
            click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
            return
        click.echo(_text(listed, pages, private))
        if voided := len(wanted) - len(listed):
            click.echo(f"{voided} voided, not shown (--all).")
        for line in recorded_later(pages, known_on):
            click.echo(line)


def _known_name(name: str, known: Declared, pages: Pages) -> None:
    """Raises UsageError for a name that neither a card nor the book knows: nothing would be listed, silently."""
    from deadlines.reading.show import nearest

    names = dict.fromkeys((*known, *(event.told.name for event in pages.events)))
    if name and name not in names:
        near = nearest(name, names)
        raise click.UsageError(
            f"neither a card nor the book knows an event of this name{near and f'; nearest: {near}'}"
        )


def _text(listed: list[Logged], pages: Pages, private: bool) -> str:
    from calendars.days import short_date
    from deadlines.outputs.table import aligned

    if not listed:
        return "No event."
    rows = [
        (event.id, short_date(event.told.day), event.told.name, event.told.who, event.told.school,
         ", ".join(facts(event)), event.told.recorded.isoformat(), "void" if event.id in pages.voids else "")
        for event in listed
    ]  # fmt: skip
    head, *body = aligned([HEAD, *rows])
    lines = [head.rstrip()]
    for event, line in zip(listed, body, strict=True):
        lines.append(line.rstrip())
        lines += [f"    {said}" for said in _private(event, pages)] if private else []
    return "\n".join(lines)


def _private(event: Logged, pages: Pages) -> list[str]:
    """What nothing else prints of an event: its note, how its duties were settled and why, why it is void."""
    lines = [f"note: {event.told.note}"] if event.told.note else []
    for one in pages.settlements:
        if one.event == event.number:
            void = pages.voids.get(one.id)
            evidence = f"; evidence: {one.evidence}" if one.evidence else ""
            lines.append(f"{one.id}: {one.obligation}: {outcome_in_words(one)}{evidence}")
            lines += [f"{one.id} is void: {void.reason}"] if void else []
    void = pages.voids.get(event.id)
    return lines + ([f"void since {void.recorded}: {void.reason}"] if void else [])


def outcome_in_words(one: Settlement) -> str:
    """``done on Friday February 1, 2019``."""
    from calendars.days import long_date

    if one.day is None:
        return one.outcome
    return f"{'extended in writing to' if one.outcome == 'extended' else 'done on'} {long_date(one.day)}"


def _json(event: Logged, pages: Pages, private: bool) -> dict[str, Any]:
    row = event.told
    found: dict[str, Any] = {
        "id": event.id, "event": row.name, "happened": row.day.isoformat(), "recorded": row.recorded.isoformat(),
        "who": row.who, "school": row.school, "facts": dict(row.facts), "void": event.id in pages.voids,
    }  # fmt: skip
    return found | ({"private": [row.note, *_private(event, pages)]} if private else {})


def _declared_text(known: Declared) -> str:
    lines = []
    for event in known.values():
        lines.append(f"{event.name}: {', '.join(event.touches)}")
        for fact in event.facts.values():
            lines.append(f"    {fact.name}: {fact}")
    return "\n".join(lines) or "No card follows an event."


def _declared_json(known: Declared) -> str:
    rows = [
        {"event": event.name, "touches": list(event.touches), "facts": [
            {"name": fact.name, "is": fact.kind, "else": fact.stand_in, "why": fact.why}
            for fact in event.facts.values()
        ]} for event in known.values()
    ]  # fmt: skip
    return json.dumps(rows, indent=2, ensure_ascii=False)
