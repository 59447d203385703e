"""``deadlines digest plan``: the mails of a week, composed and laid into the outbox."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._book import Private, book_of, booked, known_option, on_option
from deadlines.cli._common import days, folder_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.books.outbox import Outbox
    from deadlines.composing.planning import Size

OTHERWISE = 0.3  # of the size of the week before
FEW = 5  # so few that a person more or less is no sign of anything


@click.command(cls=Private, epilog="Example: deadlines digest plan --on 2018-11-12")
@folder_option
@on_option
@known_option
@click.option(
    "--accept", is_flag=True, help="Plan a week although it is a third larger or smaller than each of the last two."
)
@click.option("--daily", is_flag=True, help="Leave those for later whose own day of the week comes after --on.")
def plan(folder: Path, on: date | None, known_on: date | None, accept: bool, daily: bool) -> None:
    """Put the mails of a week into the outbox, each once for good.

    The octets are frozen: what is sent, and sent again, is what was planned. Planned twice is planned once, and
    whoever is in the outbox already is not composed again. A mail tells what moved since the last one of its reader
    that the relay accepted. Nothing is sent.
    """
    from calendars.clock import utc_now
    from deadlines.books.roster import Roster
    from deadlines.cli.digest._outbox import outbox_of
    from deadlines.cli.digest.compose import changes_of
    from deadlines.composing.compose import Composer, needed_mail
    from deadlines.composing.planning import Planning
    from deadlines.loading.shipped import templates

    with reporting(folder), booked():
        found, local = open_local(folder)
        needed_mail(local)
        on, known_on = days(local, on, known_on)
        book, outbox = book_of(found, local), outbox_of(found, local)
        composer = Composer(local, book.read, templates(found / "templates"), changes_of(found, local))
        planning = Planning(composer, Roster(book), outbox, on, known_on)
        until = on if daily else None
        size = planning.size(until)
        if size is None:
            click.echo("Nobody in the roster is sent mails (deadlines roster import).")
            return
        if size.new and not accept:
            _as_usual(size, outbox)
        added = sum(outbox.plan(rows, utc_now(), known_on) for rows in planning.rows(until))
        mails = f"{size.mails} mail{'' if size.mails == 1 else 's'}"
        click.echo(
            f"{size.period}: {mails}, {size.quiet} of the roster with nothing to be told; {added} new in the outbox"
        )


def _as_usual(size: Size, outbox: Outbox) -> None:
    """Raises ClickException when a week is much larger or smaller than each of the last two.

    Of two, because the last may have been planned in part, by a machine that then was off.
    """
    from deadlines.composing.compose import KIND

    before = outbox.sizes_before(KIND, size.period)
    if before and not any(_alike(size.mails, many) for _, many in before):
        last, many = before[0]
        raise click.ClickException(
            f"{size.period} would have {size.mails} mails, {last} had {many}; if that is right: --accept. "
            "Nothing was written"
        )


def _alike(many: int, before: int) -> bool:
    return max(before, many) <= FEW or abs(many - before) <= OTHERWISE * before
