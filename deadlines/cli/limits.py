"""``deadlines limits``: what was counted, held against the limits of the cards."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deadlines.cli._book import (
    Private,
    book_of,
    booked,
    known_option,
    on_option,
    recorded_later,
)
from deadlines.cli._common import days, folder_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.deriving.judged import Verdict
    from deadlines.deriving.limits import Counted

HEAD = ("verdict", "limit", "when", "counted", "left", "article", "who", "school", "rests on", "")


@click.command(cls=Private, epilog="Example: deadlines limits --who C-007 --on 2020-11-27")
@folder_option
@on_option
@known_option
@click.option("--who", default="", metavar="ID", help="Only one person, with what is kept.")
@click.option("--school", default="", metavar="NAME", help="Only persons something happened to at one school.")
@click.option("--all", "everything", is_flag=True, help="Also what is kept.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is printed.")
def limits(
    folder: Path, on: date | None, known_on: date | None, who: str, school: str, everything: bool, form: str
) -> None:
    """Hold what the book of events counts against the limits of the cards: kept, broken or disputed, and by what.

    What is counted by which event, the cards say (`events --declared` lists the events).
    """
    from deadlines.deriving.limits import counted

    with reporting(folder), booked():
        found, local = open_local(folder)
        on, known_on = days(local, on, known_on)
        pages = book_of(found, local).read(known_on)
        told = counted(local, pages, on, known_on, who, school)
        if form == "json":
            click.echo(as_json(told.verdicts))
            return
        click.echo(
            as_text(told.verdicts, everything or bool(who)) or "Nothing in the book is counted by a limit of a card."
        )
        for line in (*_left_out(told), *recorded_later(pages, known_on)):
            click.echo(line)


def as_text(verdicts: Sequence[Verdict], everything: bool) -> str:
    """A table of verdicts, and how many are kept if they are not shown; empty when there are none."""
    from deadlines.deriving.judged import KEPT
    from deadlines.outputs.table import aligned

    shown = [one for one in verdicts if everything or one.verdict != KEPT]
    lines = [line.rstrip() for line in aligned([HEAD, *map(_row, shown)])] if shown else []
    hidden = len(verdicts) - len(shown)
    return "\n".join([*lines, *([f"{hidden} kept, not shown (--all)."] if hidden else [])])


def _row(one: Verdict) -> tuple[str, ...]:
    from deadlines.outputs._view import front

    return (
        one.verdict, front(one.card) + one.limit, one.when, one.counted, one.left, one.card.citation.place, one.who,
        one.school, ", ".join(one.rests_on), "; ".join(notes(one)),
    )  # fmt: skip


def notes(one: Verdict) -> list[str]:
    """What stands behind a verdict: why there is none, which answer gives which, for whom it holds."""
    said = [one.outcome.cannot_say] if one.outcome.cannot_say else []
    for row in one.outcome.readings if one.decided_by else ():
        answers = ", ".join(answer for name, answer in row.answers.items() if name in one.decided_by)
        said.append(f"{answers}: {row.values.get('verdict', row.values.get('reached', ''))}")
    said += [f"if {one.part.applies_when}"] if one.part.applies_when else []
    return said + ([one.level] if one.level else [])


def _left_out(told: Counted) -> list[str]:
    """The events no limit in force on their day counts, so that nobody takes silence for kept."""
    if not told.left_out:
        return []
    rows = ", ".join(f"{row.id} ({row.told.name}, {row.told.day})" for row in told.left_out)
    return [f"Counted by no limit that was in force then: {rows}."]


def as_json(verdicts: Sequence[Verdict]) -> str:
    """Every verdict with its readings and steps."""
    return json.dumps([_json(one) for one in verdicts], indent=2, ensure_ascii=False)


def _json(one: Verdict) -> dict[str, Any]:
    readings = [
        {"answers": dict(row.answers), **{name: str(value) for name, value in row.values.items()}}
        for row in one.outcome.readings
    ]
    return {
        "id": one.id, "limit": one.limit, "verdict": one.verdict, "decided by": list(one.decided_by),
        "why not": one.outcome.cannot_say, "when": one.when,
        "from": one.span.first.isoformat() if one.span else None, "to": one.span.last.isoformat() if one.span else None,
        "counted": one.counted, "left": one.left, "who": one.who, "school": one.school, "level": one.level,
        "rests on": list(one.rests_on), "article": one.card.citation.place, "agreement": one.agreement,
        "status": one.card.status.value, "applies if": one.part.applies_when, "readings": readings,
        "steps": [step.text for step in one.outcome.steps],
    }  # fmt: skip
