"""``deadlines void``: a row of the book does not count."""

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


@click.command(cls=Private, epilog='Example: deadlines void E-000001 --reason "entered twice"')
@words_argument
@folder_option
@click.option("--reason", required=True, metavar="TEXT", help="Private: why it does not count.")
@recorded_option
@click.pass_context
def void(ctx: click.Context, words: tuple[str, ...], folder: Path, reason: str, recorded: date | None) -> None:
    """Write into the book that a row of it does not count, and why.

    ID is an event (E-000001) or a settlement (S-000001). Nothing is taken out: a correction is the void, and the
    right row logged anew.
    """
    id, why = the_id(ctx, words), text_of(ctx, reason, "--reason")
    if not why:
        raise click.UsageError("a reason is needed: nobody remembers it later", ctx)
    with reporting(folder), booked():
        found, local = open_local(folder)
        done = book_of(found, local).void(id, why, recorded_on(local, recorded))
        click.echo(f"{done.subject} is void, recorded {done.recorded}; it stays in the book (events --all)")
