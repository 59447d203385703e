"""What the commands that read a roster share: which file it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from deadlines.cli._book import at_most, only_known

file_argument = click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[FILE]")


def the_file(ctx: click.Context, words: Sequence[str], found: Path) -> Path:
    """The one FILE of a command; without one the roster.csv of the folder. Raises UsageError."""
    from deadlines.loading.roster_file import FILE

    only_known(ctx, words)
    at_most(1, words, ctx)
    return Path(words[0]) if words else found / FILE
