"""``deadlines digest plan``: the mails of a week, composed and laid into the outbox."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from deadlines.cli._book import Private, book_of, booked, known_option, on_option
from deadlines.cli._common import days, folder_option, open_local, reporting

OTHERWISE = 0.3  # of the size of the week before
FEW = 5  # so few that a person more or less is no sign of anything


@click.command(cls=Private, epilog="Example: deadlines digest plan --on 2018-11-12")
@folder_option
@on_option
@known_option
@click.option("--accept", is_flag=True, help="Plan a week although it is a third larger or smaller than the last.")
def plan(folder: Path, on: date | None, known_on: date | None, accept: bool) -> None:
    """Put the mails of a week into the outbox, each once for good.

    The octets are frozen: what is sent, and sent again, is what was planned. Planned twice is planned once. A mail
    tells what moved since the last one of its reader that the relay accepted. Nothing is sent.
    """
    from calendars.clock import utc_now
    from deadlines.cli.digest._outbox import outbox_of
    from deadlines.cli.digest.compose import changes_of
    from deadlines.composing.compose import KIND, composed, needed_mail
    from deadlines.loading.shipped import templates

    with reporting(folder), booked():
        found, local = open_local(folder)
        needed_mail(local)
        on, known_on = days(local, on, known_on)
        outbox = outbox_of(found, local)
        rows = list(composed(
            local, book_of(found, local), on, templates(found / "templates"), known_on=known_on,
            since=outbox.known_to(KIND), changes=changes_of(found, local),
        ))  # fmt: skip
        if not rows:
            click.echo("Nobody in the roster is sent mails (deadlines roster import).")
            return
        period, many = rows[0].period, sum(not row.quiet for row in rows)
        before = outbox.size_before(KIND, period)
        if before and not accept and max(before[1], many) > FEW and abs(many - before[1]) > OTHERWISE * before[1]:
            raise click.ClickException(
                f"{period} would have {many} mails, {before[0]} had {before[1]}; if that is right: --accept. "
                "Nothing was written"
            )
        added = outbox.plan(rows, utc_now(), known_on)
        quiet = len(rows) - many
        click.echo(f"{period}: {many} mails, {quiet} of the roster with nothing to be told; {added} new in the outbox")
