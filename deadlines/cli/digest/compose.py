"""``deadlines digest compose``: the mails of a week as files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._book import Private, PrivateDay, book_of, booked, known_option, on_option
from deadlines.cli._common import days, folder_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.books.people import Person
    from deadlines.books.roster import Roster
    from deadlines.composing.compose import Changes
    from deadlines.model.local import Local


@click.command(cls=Private, epilog="Example: deadlines digest compose --on 2018-11-12 --to-folder mails")
@folder_option
@on_option
@known_option
@click.option("--since", type=PrivateDay(), default=None, help="Tell what moved after this day. Default: seven days.")
@click.option("--for", "who", default="", metavar="ID", help="Only for one person of the roster, such as R-000001.")
@click.option("--to-folder", "out", type=click.Path(path_type=Path), required=True, metavar="DIR",
              help="Where to write the files.")  # fmt: skip
def compose(folder: Path, on: date | None, known_on: date | None, since: date | None, who: str, out: Path) -> None:
    """Write the mails of a week to a folder, one file a person, exactly as they would be sent.

    Nothing is sent. A file is called by the person's id and the week: R-000001-2018-W46.eml. Each mail stands on its
    reader's own day of the week that holds --on.
    """
    from deadlines.books.roster import Roster
    from deadlines.cli._files import write_all
    from deadlines.composing.compose import composed, needed_mail
    from deadlines.loading.shipped import templates

    with reporting(folder), booked():
        found, local = open_local(folder)
        needed_mail(local)
        on, known_on = days(local, on, known_on)
        book = book_of(found, local)
        people = Roster(book).people()
        wanted = {somebody(Roster(book), who).id} if who else {person.id for person in people}
        told = dict.fromkeys(wanted, since) if since else {}
        rows = list(composed(
            local, book, on, templates(found / "templates"), known_on=known_on, since=told, only=wanted,
            changes=changes_of(found, local),
        ))  # fmt: skip
        mails = {out / f"{row.person}-{row.period}.eml": row.data for row in rows if row.data}
        write_all(mails)
    click.echo(f"{out}: {len(mails)} mail{'s' if len(mails) != 1 else ''}")
    for row in rows:
        if row.quiet:
            click.echo(f"{row.person}, {row.period}: no mail; {row.quiet}")
    stopped = sum(bool(person.stopped) for person in people if person.id in wanted)
    if stopped:
        click.echo(f"{stopped} of the roster {'are' if stopped > 1 else 'is'} sent nothing (roster suppress)")


def changes_of(found: Path, local: Local) -> Changes:
    """What the builds of a folder moved or withdrew, for an agenda and since a day. Raises Refused."""
    from deadlines.cli._publishing import read_ledger, republished
    from deadlines.cli._whole import settled

    click.get_current_context().with_resource(settled(found))
    before, _ = read_ledger(found, "public")
    return lambda agenda, since: republished(found, local, agenda, before, since)


def somebody(roster: Roster, id: str) -> Person:
    """The person of an id. Raises BookRefused when there is none."""
    from deadlines.books.engine import BookRefused
    from deadlines.books.people import parse_person, person_id

    number = parse_person(id)
    if number is None:
        raise BookRefused("what the roster calls a person looks like R-000001")
    for person in roster.people():
        if person.number == number:
            return person
    raise BookRefused(f"there is no {person_id(number)} in the roster")
