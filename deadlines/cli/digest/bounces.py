"""``deadlines digest bounces``: what came back, held against the outbox."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._book import (
    Private,
    at_most,
    book_of,
    booked,
    format_option,
    only_known,
    recorded_on,
    recorded_option,
)
from deadlines.cli._common import folder_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.mail.bounce import Notice
    from deadlines.model.local import Local
    from deadlines.sending.bounces import Outcome

LARGEST = 10_000_000  # octets; a bounce that returns all of a mail of ours has a hundredth of that
mailbox_argument = click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="MAILBOX")


@click.command(cls=Private, epilog="Example: deadlines digest bounces bounces.mbox --dry-run")
@mailbox_argument
@folder_option
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
@click.option("--accept", is_flag=True, help="Stop mails to more than a tenth of all at once.")
@recorded_option
@format_option
@click.pass_context
def bounces(
    ctx: click.Context, words: tuple[str, ...], folder: Path, dry_run: bool, accept: bool, recorded: date | None,
    form: str,
) -> None:  # fmt: skip
    """Read what came back: count it against its readers once a day, and stop mails to who is not there.

    MAILBOX is an mbox file, a Maildir, or a folder of .eml files; nothing in it is changed, and what was read before
    is known. An address that leads nowhere counts 2, any other failure 1, a refusal of what we are nothing. At 4, with
    no week between them that went well, a person is sent nothing more; `roster resume` undoes that and clears the
    count. An unsure mail that came back, or arrived, counts as accepted. People and mails are ids.
    """
    mailbox = _the_mailbox(ctx, words)
    with reporting(folder), booked():
        found, local = open_local(folder)
        day = None if dry_run else recorded_on(local, recorded)
        outcome = _outcome(found, local, list(_notices(mailbox)), day, accept)
    click.echo(_as_json(outcome, dry_run) if form == "json" else "\n".join(_in_words(outcome, dry_run)))


def _the_mailbox(ctx: click.Context, words: Sequence[str]) -> Path:
    only_known(ctx, words)
    if not words:
        raise click.UsageError("which mailbox? An mbox file, a Maildir, or a folder of .eml files", ctx)
    at_most(1, words, ctx)
    return Path(words[0])


def _notices(mailbox: Path) -> Iterator[Notice | None]:
    """What each mail reports, None for one too large. Raises ClickException; no name of a file within is repeated."""
    from deadlines.mail.bounce import notice
    from deadlines.mail.mailboxes import NoMailbox, mails

    try:
        for data in mails(mailbox, LARGEST):
            yield None if data is None else notice(data)
    except NoMailbox:
        raise click.ClickException(
            f"{mailbox}: neither an mbox file, nor a Maildir, nor a folder of .eml files; nothing was written"
        ) from None
    except (OSError, ValueError) as error:  # a name with a NUL in it is no OSError
        said = getattr(error, "strerror", None) or "it cannot be read"
        raise click.ClickException(f"{mailbox}: {said}; nothing was written") from None


def _outcome(
    found: Path, local: Local, notices: Sequence[Notice | None], recorded: date | None, accept: bool
) -> Outcome:
    """What the mailbox says; written down in one piece when there is a day for it.

    Raises BookRefused, and ClickException when so many would be stopped that somebody should look first.
    """
    from calendars.clock import utc_now
    from deadlines.sending.bounces import Outcome, Reading, by_itself

    book = book_of(found, local)
    with book.reading() as session:
        if session is None:
            return Outcome(Counter(map(by_itself, notices)))
        if recorded is None:
            return Reading(session, local.zone, utc_now()).read(notices)
    with book.writing() as session:
        reading = Reading(session, local.zone, utc_now())
        outcome: Outcome = reading.read(notices)
        if outcome.unlikely and not accept:
            raise click.ClickException(
                f"{len(outcome.stopped)} people of {outcome.people} would be sent nothing more, which may be a fault "
                "of a server's or ours (--dry-run shows who); if they are gone: --accept. Nothing was written"
            )
        reading.write(recorded)
        return outcome


def _in_words(outcome: Outcome, dry_run: bool) -> Iterator[str]:
    from deadlines.sending.bounces import COUNTED

    many = sum(outcome.counts.values())
    kinds = ", ".join(f"{outcome.counts[kind]} {kind}" for kind in COUNTED if outcome.counts[kind])
    yield f"{many} mail{'' if many == 1 else 's'} read{': ' if kinds else ''}{kinds}"
    for one in outcome.returned:
        said = " ".join(filter(None, (one.verdict, one.status)))
        yield f"{one.mail}  {one.person}  {one.period}  {said}  score {one.score}"
    for mail in outcome.settled:
        yield f"{mail} was unsure and {'would count' if dry_run else 'counts'} as accepted"
    for person in outcome.stopped:
        yield f"{person} {'would be' if dry_run else 'is'} sent nothing from now on"
    if dry_run:
        yield "nothing was written"


def _as_json(outcome: Outcome, dry_run: bool) -> str:
    return json.dumps({
        "counts": dict(sorted(outcome.counts.items())), "returned": [asdict(one) for one in outcome.returned],
        "settled": outcome.settled, "stopped": outcome.stopped, "written": not dry_run,
    }, indent=2)  # fmt: skip
