"""``deadlines build``: the feeds, the public page, and the steward's report."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
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
    prove_wording,
    reporting,
)

if TYPE_CHECKING:
    from deadlines.model.local import Local
    from deadlines.model.obligation import Agenda


ROBOTS = b"User-agent: *\nDisallow:\n"  # one that forbids, or is not there, has kept readers from feeds (point 45)


@click.command(epilog="Example: deadlines build --on 2018-11-12")
@folder_option
@click.option(
    "--out", default="public", metavar="DIR", help="Where feeds and pages go, inside the folder.", show_default=True
)
@on_option
@known_option
@click.option("--accept", default="", metavar="REASON", help="Publish what the gate stops; the reason is recorded.")
def build(folder: Path, out: str, on: date | None, known_on: date | None, accept: str) -> None:
    """Write the calendar feeds and the page to public/, and what only the steward reads to report/.

    Nothing is written unless everything is clean; a file is written only when its bytes changed. The ledger
    (published.jsonl) remembers what was published, changes.jsonl what each build changed and why.
    """
    from calendars.packed import siblings
    from deadlines.cli._publishing import CHANGES, LEDGER, change_lines, last_known, made, read_ledger
    from deadlines.cli._site import site_files
    from deadlines.cli._whole import published_folder, replace_all, settled
    from deadlines.cli.check import summary
    from deadlines.deriving.examine import examine
    from deadlines.ledger.gate import faults
    from deadlines.ledger.lines import to_text
    from deadlines.loading.sources import read_texts

    accept = accept.strip()  # blanks are no reason
    with reporting(folder):
        found, local = open_local(folder)
        public = published_folder(found, out)
        click.get_current_context().with_resource(settled(found))
        on, known_on = days(local, on, known_on)
        _, ran = examine(local, on, read_texts(found, local))
        agenda = agenda_for(local, on, known_on)
        prove_wording(found, local, agenda)
        before, note = read_ledger(found, out)
        done = made(local, agenda, before, last_known(found) or known_on - timedelta(days=7))
        stop_at_the_gate(list(faults(before, done.published, done.feeds)), accept)
        feeds = done.feeds
        files = {public / "feeds" / name: data for name, data in feeds.items()}
        files |= {public / "feeds" / name: data for name, data in siblings(done.pieces, feeds)}
        if feeds or before:
            changed = change_lines(done, agenda, accept)
            so_far = (found / CHANGES).read_bytes() if (found / CHANGES).is_file() else b""
            files[found / LEDGER] = to_text(done.published.lines.values()).encode()
            files[found / CHANGES] = so_far + changed.encode()
        site = site_files(found, out, local, agenda, done, files[found / CHANGES]) if found / CHANGES in files else {}
        files |= site
        if feeds:
            files[public / "robots.txt"] = ROBOTS
        report = reports(local, agenda, summary(local, agenda, ran, local.name))
        files |= {found / "report" / name: data for name, data in report.items()}
        written, removed = replace_all(found, public, files)
        if note:
            click.echo(note)
        for message in agenda.messages:
            click.echo(f"Note: {message}.")
        if not feeds:
            click.echo("No feed was written: no obligation on file is in force.")
        for line in without_feed(local, feeds):
            click.echo(line)
        for line in on_disk(public, files, site, written, removed):
            click.echo(line)


def on_disk(
    public: Path, files: Mapping[Path, bytes], site: Collection[Path], written: set[Path], removed: set[Path]
) -> Iterator[str]:
    """What became of each file; pages are counted, and gzip siblings go without saying."""
    from deadlines.cli._published import made_in

    for old in (public / name for name in sorted(made_in(public)) if name.endswith(".ics")):
        if old not in files and old.is_file():
            yield f"{old}: not made any more, nothing in it is in force; take it down where it is published"
    for path, data in files.items():
        if path in site or path.suffix == ".gz" or path.name == "robots.txt":
            continue
        state = "written" if path in written else "unchanged"
        entries = data.count(b"BEGIN:VEVENT")
        size = f"{entries} entries, {len(data):,} bytes" if entries else f"{len(data):,} bytes"
        yield f"{path}: {state} ({size})"
    if site:
        new = sum(path in written for path in site)
        state = f"written ({new} of" if new else "unchanged (all"
        gone = f"; {len(removed)} no longer made and removed" if removed else ""
        yield f"{public / 'index.html'}: {state} {len(site)} pages{gone})"


def stop_at_the_gate(faults: list[str], accept: str) -> None:
    """Nothing is published past a fault unless somebody says why; then the reason is recorded."""
    if not faults or accept:
        return
    for fault in faults:
        click.echo(f"Not published: {fault}.", err=True)
    click.echo('Look with `deadlines diff`; to publish all the same: deadlines build --accept "reason".', err=True)
    click.echo("Nothing was written.", err=True)
    sys.exit(1)


def without_feed(local: Local, feeds: Iterable[str]) -> Iterator[str]:
    """For each role that has no feed of its own, which feed to subscribe to instead."""
    from deadlines.outputs._feeds import file_name

    for role in local.readers:
        groups = [group for group in local.groups_of(role) if group != role and file_name(group) in feeds]
        if file_name(role) not in feeds and groups:
            yield f"{role}: no dates of its own; the feed to subscribe to is {file_name(groups[0])}"


def reports(local: Local, agenda: Agenda, check_lines: list[str]) -> dict[str, bytes]:
    """What only the steward reads: the check, every why, and everything as JSON."""
    from deadlines.cli.why import told, told_row
    from deadlines.outputs import output
    from deadlines.outputs._view import View
    from deadlines.shapes import is_dated, shape

    view = View(local, agenda, "all", everything=True)
    undated = [row for row in agenda.rows if not is_dated(shape(row.part.shape))]
    whys = "\n\n".join([*(told(o, local, agenda) for o in agenda.obligations), *(told_row(r, local) for r in undated)])
    text = "\n".join(check_lines) + "\n\n" + output("table").render(view).decode() + "\n" + whys + "\n"
    return {"steward.txt": text.encode(), "agenda.json": output("json").render(view)}
