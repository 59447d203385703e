"""``deadlines roster list``: who is in the book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._book import Private, book_of, booked
from deadlines.cli._common import folder_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.books.people import Person

HEAD = ("id", "roles", "level", "school", "mails")
PRIVATE = ("address", "name", "why none")


@click.command(cls=Private, epilog="Example: deadlines roster list")
@folder_option
@click.option("--private", is_flag=True, help="Also addresses, names, and why somebody is sent nothing.")
def list(folder: Path, private: bool) -> None:
    """List the people in the book: their ids, roles and schools."""
    from deadlines.books.roster import Roster
    from deadlines.outputs.table import aligned

    with reporting(folder), booked():
        found, local = open_local(folder)
        people = Roster(book_of(found, local)).people()
    if not people:
        click.echo("Nobody is in the book; `deadlines roster import` brings a roster in.")
        return
    rows = [(*HEAD, *(PRIVATE if private else ())), *(_row(person, private) for person in people)]
    for line in aligned(rows):
        click.echo(line.rstrip())


def _row(person: Person, private: bool) -> tuple[str, ...]:
    from calendars.days import WEEKDAYS

    told = person.told
    when = f"{WEEKDAYS[told.weekday]} {told.hour}:00 {told.zone}"
    mails = f"none since {person.stopped}" if person.stopped else when
    more = (told.address, told.name, person.reason) if private else ()
    return (person.id, "; ".join(told.roles), told.level, told.school, mails, *more)
