"""``deadlines roster resume``: mails to somebody again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from deadlines.cli._book import Private, book_of, booked, recorded_on, recorded_option, the_id, words_argument
from deadlines.cli._common import folder_option, open_local, reporting


@click.command(cls=Private, epilog="Example: deadlines roster resume R-000001")
@words_argument
@folder_option
@recorded_option
@click.pass_context
def resume(ctx: click.Context, words: tuple[str, ...], folder: Path, recorded: date | None) -> None:
    """Send a person mails again."""
    from deadlines.books.roster import Roster

    id = the_id(ctx, words, "R-000001")
    with reporting(folder), booked():
        found, local = open_local(folder)
        person = Roster(book_of(found, local)).resume(id, recorded_on(local, recorded))
    click.echo(f"{person.id} is sent mails again")
