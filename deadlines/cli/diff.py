"""``deadlines diff``: what a build would change for subscribers, before it does."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._book import book_of
from deadlines.cli._common import agenda_for, days, folder_option, known_option, on_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.cli._publishing import Made
    from deadlines.deriving.shifts import Shift
    from deadlines.ledger.reconcile import Change
    from deadlines.model.local import Local

WORDS = ("added", "moved", "reworded", "withdrawn", "restored", "redirected")


@click.command(epilog="Example: deadlines diff --on 2019-01-31")
@folder_option
@click.option("--out", default="public", metavar="DIR", help="Where the feeds are, inside the folder.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is printed.")
@click.option(
    "--page",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="Also as a page: one file for you alone, such as report/diff.html.",
)
@on_option
@known_option
def diff(folder: Path, out: str, form: str, page: Path | None, on: date | None, known_on: date | None) -> None:
    """Show what the next build would add, move, reword or withdraw, and why. Nothing is published.

    Also which open duties of the book of events are due on another day than was told, and why; not on the page.
    Nothing is written but the page that --page asks for.
    """
    from deadlines.cli._publishing import change_lines, last_known, made, read_ledger
    from deadlines.cli._site import check_apart, preview_page
    from deadlines.cli._whole import settled
    from deadlines.ledger.gate import faults

    with reporting(folder):
        found, local = open_local(folder)
        if page:
            check_apart(page, found / out)
        click.get_current_context().with_resource(settled(found))
        on, known_on = days(local, on, known_on)
        before, note = read_ledger(found, out)
        agenda = agenda_for(local, on, known_on)
        would = made(local, agenda, before, last_known(found) or known_on - timedelta(days=7))
        moved, unread = _of_the_book(found, local, on, known_on)
        stops = list(faults(before, would.published, would.feeds))
        if page:
            written = preview_page(page, found, local, agenda, would, [counted(would), *_by_age(would)], stops)
            click.echo(f"{page}: {written}; it shows what is not published yet, so keep it to yourself.", err=True)
        if form == "json":
            rows = [json.loads(line) for line in change_lines(would, agenda, "").splitlines()]
            rows += [_clock(shift) for shift in moved]
            click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
            if unread:
                click.echo(unread, err=True)
            return
        if note:
            click.echo(note)
        click.echo(told(would))
        for line in (*told_of_clocks(moved), *filter(None, [unread])):
            click.echo(line)
        for fault in stops:
            click.echo(f"The build would stop: {fault}.")


def _of_the_book(found: Path, local: Local, on: date, known_on: date) -> tuple[list[Shift], str]:
    """What moved of the open duties in the book; a book that cannot be read is told, and stops nothing public."""
    from deadlines.books.engine import BookRefused
    from deadlines.deriving.shifts import shifts
    from deadlines.deriving.started import standings

    try:
        pages = book_of(found, local).read(known_on)
    except BookRefused as refused:
        return [], f"Open duties were not compared: {refused}."
    return shifts(local, pages, standings(local, pages, on, known_on), on, known_on), ""


def told(would: Made) -> str:
    """Every change in words, by kind, how many there are, and how many dates leave by age alone."""
    changes = [change for change in would.published.changes if change.kind in WORDS]
    lines = [line for kind in WORDS for change in changes if change.kind == kind for line in _told(change, would)]
    return "\n".join((*lines, counted(would), *_by_age(would)))


def counted(would: Made) -> str:
    """How many dates change, by kind, and how many stay."""
    count = Counter(change.kind for change in would.published.changes)
    total = ", ".join(f"{count[kind]} {kind}" for kind in WORDS if count[kind]) or "nothing changes"
    rest = len(would.published.lines) - sum(count[kind] for kind in WORDS)
    return f"{total}; {rest} stay byte for byte as they are."


def _by_age(would: Made) -> Iterator[str]:
    if left := sum(change.kind == "left" for change in would.published.changes):
        s = "s" if left == 1 else ""
        yield f"{left} more leave{s} by age: of a year before the last one, or withdrawn for sixty days."


def _told(change: Change, would: Made) -> list[str]:
    from calendars.days import short_span

    was = short_span(change.before) if change.before else ""
    now = short_span(change.after) if change.after else ""
    days = f"{was} -> {now}" if change.kind == "moved" else now or was
    where = (("gone from", change.gone_from), ("new in", change.new_in))
    return [
        f"{change.kind}: {change.title}",
        f"    {days}; in {', '.join(change.feeds)}",
        *(f"    {said} {', '.join(feeds)}" for said, feeds in where if feeds),
        f"    because: {would.causes.get(change.uid, '')}",
    ]


def told_of_clocks(moved: Sequence[Shift]) -> Iterator[str]:
    """Each open duty that is due on another day than was told, by its id; nobody it happened to is named."""
    from calendars.days import short_date

    for shift in moved:
        was, now = (short_date(day) if day else "no date" for day in (shift.told.due, shift.due))
        yield f"open duty {shift.kind}: {shift.now.id if shift.now else shift.told.obligation}"
        yield f"    {was} -> {now}; told on {short_date(shift.told.recorded)}"
        yield f"    because: {shift.cause}"
    if any(shift.keep for shift in moved):
        yield "`deadlines open` keeps the earlier days in sight until `deadlines accept` takes the new ones."


def _clock(shift: Shift) -> dict[str, str]:
    """The same for JSON."""
    return {
        "kind": f"open duty {shift.kind}", "id": shift.now.id if shift.now else shift.told.obligation,
        "from": str(shift.told.due or ""), "to": str(shift.due or ""), "told": str(shift.told.recorded),
        "cause": shift.cause,
    }  # fmt: skip
