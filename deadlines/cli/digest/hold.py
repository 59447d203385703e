"""``deadlines digest hold``: the switch that stops everything."""

from __future__ import annotations

from pathlib import Path

import click

from deadlines.cli._book import Private, booked
from deadlines.cli._common import folder_option, open_local, reporting


@click.command(cls=Private, epilog="Example: deadlines digest hold")
@folder_option
@click.option("--release", is_flag=True, help="Let the held mails go again, those that have not expired.")
def hold(folder: Path, release: bool) -> None:
    """Hold back every mail that waits, or let them go again.

    A mail a sender has in hand at this moment goes out.
    """
    from calendars.clock import utc_now
    from deadlines.cli.digest._outbox import outbox_of

    with reporting(folder), booked():
        found, local = open_local(folder)
        outbox, now = outbox_of(found, local), utc_now()
        if release:
            click.echo(f"{outbox.release(now)} planned again")
        else:
            click.echo(f"{outbox.hold(now)} held; deadlines digest hold --release lets them go")
