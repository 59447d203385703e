"""``deadlines build``: the feeds, and the steward's report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
        for line in without_feed(local, feeds):
            click.echo(line)
        for old in sorted((found / out / "feeds").glob("*.ics")):
            if old not in files:
                click.echo(f"{old}: not made any more, nothing in it is in force; take it down where it is published")
        for path, data in files.items():
            state = "written" if path in written else "unchanged"
            entries = data.count(b"BEGIN:VEVENT")
            size = f"{entries} entries, {len(data):,} bytes" if entries else f"{len(data):,} bytes"
            click.echo(f"{path}: {state} ({size})")


def feeds_of(local: Local, agenda: Agenda) -> dict[str, bytes]:
    """A feed for every role with dates of its own, and the academic calendar, by file name."""
    from calendars.feed import feed_bytes
    from deadlines.outputs._view import View
    from deadlines.outputs.ics import CALENDAR, entries, feed_info, file_name

    feeds = {}
    for role in (*local.roles, CALENDAR):
        view = View(local, agenda, role)
        found = entries(view)
        if found and (role == CALENDAR or any(role in o.card.tell for o in view.obligations)):
            feeds[file_name(role)] = feed_bytes(feed_info(local, role), found)
    return feeds


def without_feed(local: Local, feeds: Iterable[str]) -> Iterator[str]:
    """For each role that has no feed of its own, which feed to subscribe to instead."""
    from deadlines.outputs.ics import file_name

    for role in local.readers:
        groups = [group for group in local.groups_of(role) if group != role and file_name(group) in feeds]
        if file_name(role) not in feeds and groups:
            yield f"{role}: no dates of its own; the feed to subscribe to is {file_name(groups[0])}"


def reports(local: Local, agenda: Agenda, check_lines: list[str]) -> dict[str, bytes]:
    """What only the steward reads: the check, every why, and everything as JSON."""
    from deadlines.cli.why import told
    from deadlines.outputs import output
    from deadlines.outputs._view import View

    view = View(local, agenda, "all", everything=True)
    whys = "\n\n".join(told(o, local, agenda) for o in agenda.obligations)
    text = "\n".join(check_lines) + "\n\n" + output("table").render(view).decode() + "\n" + whys + "\n"
    return {"steward.txt": text.encode(), "agenda.json": output("json").render(view)}
