"""The roof: the command line, where files, clock and outputs meet. Heavy imports wait until a command runs."""

from __future__ import annotations

import click

from deadlines import __version__
from deadlines.cli.build import build
from deadlines.cli.check import check
from deadlines.cli.diff import diff
from deadlines.cli.digest import digest
from deadlines.cli.init import init
from deadlines.cli.show import show
from deadlines.cli.why import why


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="deadlines")
def main() -> None:
    """Turn a school year and a union contract into dated obligations, each able to say why.

    \b
    Start:     deadlines init my-local --from chicago
    Every day: deadlines check, deadlines show, deadlines why 35-4
    Publish:   deadlines build

    Exit codes: 0 clean, 1 something in your files is wrong, 2 a command was mistyped.
    """


for command in (init, check, show, why, diff, build, digest):
    main.add_command(command)
