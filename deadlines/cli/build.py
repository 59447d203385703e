"""``deadlines build``: the feeds, and the steward's report."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._common import (
    agenda_for,
    days,
    folder_option,
    known_option,
    on_option,
    open_local,
    reporting,
)

if TYPE_CHECKING:
    from deadlines.model.local import Local
    from deadlines.model.obligation import Agenda


@click.command(epilog="Example: deadlines build --on 2018-11-12")
@folder_option
@click.option(
    "--out", default="public", metavar="DIR", help="Where the feeds go, inside the folder.", show_default=True
)
@on_option
@known_option
def build(folder: Path, out: str, on: date | None, known_on: date | None) -> None:
    """Write the calendar feeds to public/ and what only the steward reads to report/.

    Nothing is written unless everything is clean; a file is written only when its bytes changed.
    """
    from deadlines.cli._files import write_all
    from deadlines.cli.check import summary
    from deadlines.deriving.examine import examine

    with reporting(folder):
        found, local = open_local(folder)
        on, known_on = days(local, on, known_on)
        _, ran = examine(local, on)
        agenda = agenda_for(local, on, known_on)
        feeds = feeds_of(local, agenda)
        files = {found / out / "feeds" / name: data for name, data in feeds.items()}
        report = reports(local, agenda, summary(local, agenda, ran, local.name))
        files |= {found / "report" / name: data for name, data in report.items()}
        written = write_all(files)
        for message in agenda.messages:
            click.echo(f"Note: {message}.")
        if not feeds:
            click.echo("No feed was written: no obligation on file is in force.")
        for old in sorted((found / out / "feeds").glob("*.ics")):
            if old not in files:
                click.echo(f"{old}: not made any more, nothing in it is in force; take it down where it is published")
        for path, data in files.items():
            state = "written" if path in written else "unchanged"
            entries = data.count(b"BEGIN:VEVENT")
            size = f"{entries} entries, {len(data):,} bytes" if entries else f"{len(data):,} bytes"
            click.echo(f"{path}: {state} ({size})")


def feeds_of(local: Local, agenda: Agenda) -> dict[str, bytes]:
    """Every feed that would have an entry, by file name."""
    from calendars.feed import feed_bytes
    from deadlines.outputs._view import View
    from deadlines.outputs.ics import CALENDAR, entries, feed_info

    feeds = {}
    for role in (*local.roles, CALENDAR):
        found = entries(View(local, agenda, role))
        if found:
            feeds[f"{role}.ics"] = feed_bytes(feed_info(local, role), found)
    return feeds


def reports(local: Local, agenda: Agenda, check_lines: list[str]) -> dict[str, bytes]:
    """What only the steward reads: the check, every why, and everything as JSON."""
    from deadlines.cli.why import told
    from deadlines.outputs import output
    from deadlines.outputs._view import View

    view = View(local, agenda, "all", everything=True)
    whys = "\n\n".join(told(o, local, agenda) for o in agenda.obligations)
    text = "\n".join(check_lines) + "\n\n" + output("table").render(view).decode() + "\n" + whys + "\n"
    return {"steward.txt": text.encode(), "agenda.json": output("json").render(view)}
