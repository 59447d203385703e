"""``deadlines roster import``: a roster into the book."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import click

from deadlines.cli._book import Private, book_of, booked, recorded_on, recorded_option
from deadlines.cli._common import folder_option, open_local, reporting
from deadlines.cli.roster._file import file_argument, the_file


@click.command("import", cls=Private, epilog="Example: deadlines roster import roster.csv")
@file_argument
@folder_option
@recorded_option
@click.pass_context
def import_(ctx: click.Context, words: tuple[str, ...], folder: Path, recorded: date | None) -> None:
    """Write a roster into the book: who is new is added, who has changed is changed, nobody is taken out.

    A person is known by the address. Whoever should get no more mails is suppressed.
    """
    from deadlines.books.roster import ADDED, CHANGED, UNCHANGED, Roster
    from deadlines.loading.roster_file import read_roster

    with reporting(folder), booked():
        found, local = open_local(folder)
        file = the_file(ctx, words, found)
        with reporting():
            told = read_roster(file, local)
        roster = Roster(book_of(found, local))
        done = roster.enrol(told, recorded_on(local, recorded))
        here = {person.number for person, _ in done}
        left = [person for person in roster.people() if person.number not in here and not person.stopped]
    how = Counter(how for _, how in done)
    click.echo(f"{file}: {', '.join(f'{how[word]} {word}' for word in (ADDED, CHANGED, UNCHANGED))}")
    if left:
        ids = ", ".join(person.id for person in left[:5]) + (", …" if len(left) > 5 else "")
        click.echo(f"{len(left)} in the book {'are' if len(left) > 1 else 'is'} not in it and still sent mails: {ids}")
