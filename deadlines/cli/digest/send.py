"""``deadlines digest send``: what is due, to the relay."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._book import Private, book_of, booked
from deadlines.cli._common import folder_option, open_local, reporting

if TYPE_CHECKING:
    from collections.abc import Callable

    from deadlines.books.outbox import Claim, Outbox
    from deadlines.model.local import Local
    from deadlines.model.mail import Relay
    from deadlines.sending.run import Report
    from deadlines.sending.smtp import Verdict

PASSWORD, PASSWORD_FILE = "DEADLINES_RELAY_PASSWORD", "DEADLINES_RELAY_PASSWORD_FILE"


@click.command(cls=Private, epilog="Example: deadlines digest send --dry-run")
@folder_option
@click.option("--dry-run", is_flag=True, help="Only say how many are due; no connection is opened.")
@click.option("--to-folder", "out", type=click.Path(path_type=Path), default=None, metavar="DIR",
              help="Write what is due to a folder instead, each as it would be sent; it stays due.")  # fmt: skip
def send(folder: Path, dry_run: bool, out: Path | None) -> None:
    """Send what is due to the relay, each mail at most once; to be stopped and started at will.

    Several may run at once. A mail the relay may or may not have taken is never sent again by itself: it is listed by
    `digest unsure`. The exit code is 0 when nothing is left to do now, 1 when the relay would not go on.
    """
    from time import sleep

    from calendars.clock import utc_now
    from deadlines.books.engine import BookRefused
    from deadlines.cli.digest._outbox import outbox_of
    from deadlines.sending.run import Run
    from deadlines.sending.smtp import connect

    with reporting(folder), booked():
        found, local = open_local(folder)
        outbox = outbox_of(found, local)
        due = outbox.due(utc_now())
        if out is not None:
            click.echo(f"{out}: {_written(outbox, out)} due now; nothing was sent")
            return
    if dry_run:
        click.echo(f"{due} due now; nothing was sent")
        return
    relay = _relay(local)
    password = _password(relay)
    run = Run(outbox, lambda: connect(relay, password), utc_now, sleep, _told(found, local, due))
    try:
        report = run.go()
    except BookRefused as refused:  # what was sent is sent
        raise click.ClickException(f"{refused}; what had its dot sent and no answer written down is unsure") from None
    with booked():
        _say(report, outbox)
    if report.stopped:
        sys.exit(1)


def _written(outbox: Outbox, out: Path) -> int:
    """Write what is due to a folder, a hundred files at a time; how many."""
    from itertools import islice

    from calendars.clock import utc_now
    from deadlines.cli._files import write_all

    due, many = outbox.octets_due(utc_now()), 0
    while files := {out / f"{id}.eml": data for id, data in islice(due, 100)}:
        write_all(files)
        many += len(files)
    return many


def _relay(local: Local) -> Relay:
    if local.mail is None or local.mail.relay is None:
        raise click.ClickException("deadlines.yaml names no relay: mail: {…, relay: {host: …, user: …}}")
    return local.mail.relay


def _password(relay: Relay) -> str:
    """From the environment, or from the file it names; never shown. Raises ClickException when there is none."""
    if not relay.user:
        return ""
    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    if PASSWORD_FILE not in os.environ:
        raise click.ClickException(
            f"the relay wants a password: put it into {PASSWORD}, or a file's name into {PASSWORD_FILE}"
        )
    try:
        return Path(os.environ[PASSWORD_FILE]).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise click.ClickException(f"the file that {PASSWORD_FILE} names cannot be read") from None


def _told(found: Path, local: Local, due: int) -> Callable[[Claim, Verdict], None]:
    """Stops mails to a mailbox the relay does not know; on a terminal, says how far the run has come."""
    from calendars.clock import today
    from deadlines.books.engine import BookRefused
    from deadlines.books.roster import Roster

    done = 0

    def hear(claim: Claim, verdict: Verdict) -> None:
        nonlocal done
        done += 1
        if sys.stderr.isatty():
            click.echo(f"\r{done} of {max(done, due)}", err=True, nl=False)
        if verdict.no_such_reader:
            try:
                Roster(book_of(found, local)).suppress(claim.person, f"no such mailbox ({verdict})", today(local.zone))
            except BookRefused:  # they were taken out of the roster, or stopped, in the meantime
                return

    return hear


def _say(report: Report, outbox: Outbox) -> None:
    from calendars.clock import utc_now

    if sys.stderr.isatty():
        click.echo("\r", err=True, nl=False)
    words = {"later": "to be tried later", "again": "broke off and tried again", "rests": "put off by the relay"}
    ends = [f"{many} {words.get(end, end)}" for end, many in sorted(report.ends.items())]
    click.echo(", ".join(ends) or ("nothing was sent" if report.stopped else "nothing was due"))
    if report.ends["unsure"]:
        click.echo("Nobody knows whether the unsure ones arrived: deadlines digest unsure")
    if report.stopped:
        click.echo(f"Stopped: {report.stopped}.", err=True)
    if soonest := outbox.soonest(utc_now()):
        click.echo(f"next: {soonest:%Y-%m-%d %H:%M} UTC")
