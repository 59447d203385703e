"""``deadlines diff``: what a build would change for subscribers, before it does."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._common import agenda_for, days, folder_option, known_option, on_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.cli._publishing import Made
    from deadlines.ledger.reconcile import Change

WORDS = ("added", "moved", "reworded", "withdrawn", "restored")


@click.command(epilog="Example: deadlines diff --on 2019-01-31")
@folder_option
@click.option("--out", default="public", metavar="DIR", help="Where the feeds are, inside the folder.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is printed.")
@on_option
@known_option
def diff(folder: Path, out: str, form: str, on: date | None, known_on: date | None) -> None:
    """Show what the next build would add, move, reword or withdraw, and why. Nothing is written."""
    from deadlines.cli._publishing import change_lines, last_known, made, read_ledger
    from deadlines.cli._whole import settled
    from deadlines.ledger.gate import faults

    with reporting(folder):
        found, local = open_local(folder)
        click.get_current_context().with_resource(settled(found))
        on, known_on = days(local, on, known_on)
        before, note = read_ledger(found, out)
        agenda = agenda_for(local, on, known_on)
        would = made(local, agenda, before, last_known(found) or known_on - timedelta(days=7))
        if form == "json":
            rows = [json.loads(line) for line in change_lines(would, agenda, "").splitlines()]
            click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
            return
        if note:
            click.echo(note)
        click.echo(told(would))
        for fault in faults(before, would.published, would.feeds):
            click.echo(f"The build would stop: {fault}.")


def told(would: Made) -> str:
    """Every change in words, by kind, and how many there are."""
    changes = [change for change in would.published.changes if change.kind in WORDS]
    lines = [line for kind in WORDS for change in changes if change.kind == kind for line in _told(change, would)]
    count = Counter(change.kind for change in changes)
    total = ", ".join(f"{count[kind]} {kind}" for kind in WORDS if count[kind]) or "nothing changes"
    rest = len(would.published.lines) - sum(count[kind] for kind in WORDS)
    return "\n".join((*lines, f"{total}; {rest} stay byte for byte as they are."))


def _told(change: Change, would: Made) -> list[str]:
    from calendars.days import short_date

    was = short_date(change.before.first) if change.before else ""
    now = short_date(change.after.first) if change.after else ""
    days = f"{was} -> {now}" if change.kind == "moved" else now or was
    return [
        f"{change.kind}: {change.title}",
        f"    {days}; in {', '.join(change.feeds)}",
        f"    because: {would.causes.get(change.uid, '')}",
    ]
