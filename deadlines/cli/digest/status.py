"""``deadlines digest status``: how far the mails have come."""

from __future__ import annotations

import json
from pathlib import Path

import click

from deadlines.cli._book import Private, booked
from deadlines.cli._common import folder_option, open_local, reporting


@click.command(cls=Private, epilog="Example: deadlines digest status")
@folder_option
@click.option("--state", default="", metavar="NAME", help="Also list the mails in one state, such as refused or quiet.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is printed.")
@click.pass_context
def status(ctx: click.Context, folder: Path, state: str, form: str) -> None:
    """Say how far the mails in the outbox have come.

    People are named by their ids alone.
    """
    from calendars.clock import utc_now
    from deadlines.books.outbox_rows import STATES
    from deadlines.cli.digest._outbox import outbox_of

    if state and state not in STATES:
        raise click.UsageError(f"a mail is one of: {', '.join(STATES)}", ctx)
    with reporting(folder), booked():
        found, local = open_local(folder)
        outbox, now = outbox_of(found, local), utc_now()
        states, soonest = outbox.states(now), outbox.soonest(now)
        rows = outbox.rows(state) if state else []
    if form == "json":
        click.echo(json.dumps({
            "states": states, "next": soonest.isoformat() if soonest else None,
            "mails": [
                {"id": one.id, "person": one.person, "period": one.period, "edition": one.edition, "state": one.state,
                 "attempts": one.attempts, "reply": one.reply, "quiet": one.quiet, "changed": one.changed.isoformat()}
                for one in rows
            ],
        }, indent=2))  # fmt: skip
        return
    click.echo("\n".join(f"{name}: {states[name]}" for name in STATES if name in states) or "The outbox is empty.")
    for one in rows:
        click.echo(f"{one.id}  {one.person}  {one.period}  {one.reply or one.quiet}".rstrip())
    if soonest:
        click.echo(f"next: {soonest:%Y-%m-%d %H:%M} UTC")
