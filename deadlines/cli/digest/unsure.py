"""``deadlines digest unsure``: the mails that may have arrived."""

from __future__ import annotations

from pathlib import Path

import click

from deadlines.cli._book import Private, booked
from deadlines.cli._common import folder_option, open_local, reporting


@click.command(cls=Private, epilog="Example: deadlines digest unsure")
@folder_option
@click.option("--assume-accepted", "taken", default="", metavar="ID", help="Take one for accepted; most of them were.")
@click.pass_context
def unsure(ctx: click.Context, folder: Path, taken: str) -> None:
    """List the mails of which nobody knows whether they arrived, or take one for accepted.

    The connection broke off after the end of the mail and before the relay's answer. Nine in ten such mails have
    arrived, and next week's tells the same open items: none is sent again by itself.
    """
    from calendars.clock import utc_now
    from deadlines.cli.digest._outbox import number_of, outbox_of

    number = number_of(ctx, taken) if taken else 0
    with reporting(folder), booked():
        found, local = open_local(folder)
        outbox, now = outbox_of(found, local), utc_now()
        outbox.states(now)
        if number:
            if not outbox.assume_accepted(number, now):
                raise click.ClickException("no unsure mail has this id (deadlines digest unsure)")
            click.echo(f"M-{number:06d} counts as accepted")
            return
        rows = outbox.rows("unsure")
        for one in rows:
            click.echo(f"{one.id}  {one.person}  {one.period}  {one.reply}  since {one.changed:%Y-%m-%d %H:%M} UTC")
        if rows:
            click.echo("Ask the relay's log by the time, then: digest unsure --assume-accepted ID, or digest resend ID")
        else:
            click.echo("No mail is unsure.")
