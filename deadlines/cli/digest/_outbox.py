"""What the commands of the outbox share."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from deadlines.books.outbox import Outbox
    from deadlines.model.local import Local

MAIL_ID = re.compile(r"M-0*([1-9][0-9]{0,8})", re.ASCII)


def outbox_of(found: Path, local: Local) -> Outbox:
    """The outbox of a folder's book, at the pace of its relay."""
    from deadlines.books.outbox import Outbox
    from deadlines.cli._book import book_of

    relay = local.mail.relay if local.mail else None
    return Outbox(book_of(found, local), per_minute=relay.per_minute if relay else 0)


def number_of(ctx: click.Context, id: str) -> int:
    """The number of ``M-000012``. Raises UsageError."""
    match = MAIL_ID.fullmatch(id)
    if match is None:
        raise click.UsageError("what the outbox calls a mail looks like M-000001 (deadlines digest unsure)", ctx)
    return int(match[1])
