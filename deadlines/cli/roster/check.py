"""``deadlines roster check``: what is wrong in a roster."""

from __future__ import annotations

from pathlib import Path

import click

from deadlines.cli._book import Private
from deadlines.cli._common import folder_option, open_local, reporting
from deadlines.cli.roster._file import file_argument, the_file


@click.command(cls=Private, epilog="Example: deadlines roster check roster.csv")
@file_argument
@folder_option
@click.pass_context
def check(ctx: click.Context, words: tuple[str, ...], folder: Path) -> None:
    """Read a roster and list all that is wrong in it.

    Without FILE it is the roster.csv of the folder. Addresses, names and schools are shown as stars.
    """
    from deadlines.loading.roster_file import read_roster

    with reporting(folder):
        found, local = open_local(folder)
        file = the_file(ctx, words, found)
        with reporting():
            people = read_roster(file, local)
    click.echo(f"{file}: clean ({len(people)} {'people' if len(people) != 1 else 'person'})")
