"""``deadlines digest resend``: an unsure mail once more."""

from __future__ import annotations

from pathlib import Path

import click

from deadlines.cli._book import Private, booked, the_id, words_argument
from deadlines.cli._common import folder_option, open_local, reporting


@click.command(cls=Private, epilog="Example: deadlines digest resend M-000001")
@words_argument
@folder_option
@click.pass_context
def resend(ctx: click.Context, words: tuple[str, ...], folder: Path) -> None:
    """Send a mail again of which nobody knows whether it arrived, the same octets.

    It has the same Message-ID: where the first arrived, many mailboxes show one. It goes out with the next
    `digest send`.
    """
    from calendars.clock import utc_now
    from deadlines.cli.digest._outbox import number_of, outbox_of

    number = number_of(ctx, the_id(ctx, words, "M-000001"))
    with reporting(folder), booked():
        found, local = open_local(folder)
        if not outbox_of(found, local).resend(number, utc_now()):
            raise click.ClickException("no unsure mail that can still be sent has this id (deadlines digest unsure)")
    click.echo(f"M-{number:06d} is planned again")
