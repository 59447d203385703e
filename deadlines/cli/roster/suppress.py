"""``deadlines roster suppress``: no more mails to somebody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from deadlines.cli._book import (
    Private,
    book_of,
    booked,
    recorded_on,
    recorded_option,
    text_of,
    the_id,
    words_argument,
)
from deadlines.cli._common import folder_option, open_local, reporting


@click.command(cls=Private, epilog='Example: deadlines roster suppress R-000001 --reason "asked for it by mail"')
@words_argument
@folder_option
@click.option("--reason", default="", metavar="TEXT", help="Private: it is printed by `roster list --private` alone.")
@recorded_option
@click.pass_context
def suppress(ctx: click.Context, words: tuple[str, ...], folder: Path, reason: str, recorded: date | None) -> None:
    """Send a person nothing from now on.

    Nothing is taken out of the book: a later roster with the same address changes nothing of it.
    """
    from deadlines.books.roster import Roster

    id, why = the_id(ctx, words, "R-000001"), text_of(ctx, reason, "--reason")
    if not why:
        raise click.UsageError("why is nothing to be sent? --reason", ctx)
    with reporting(folder), booked():
        found, local = open_local(folder)
        person = Roster(book_of(found, local)).suppress(id, why, recorded_on(local, recorded))
    click.echo(f"{person.id} is sent nothing from now on")
