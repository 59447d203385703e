"""Private feeds reach the disk: what each says now, stamped by the book, and laid into ``private/`` as a whole.

The book has the stamps before a file carries them: a build that is cut short in between is made again with the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

if TYPE_CHECKING:
    from calendars.entry import Entry
    from deadlines.books.feeds import Feeds, Lines, Shelf, Subscription
    from deadlines.deriving.standing import Standing
    from deadlines.ledger.lines import Line
    from deadlines.ledger.reconcile import Published
    from deadlines.model.local import Local
    from deadlines.outputs._private import PrivateFeed

FOLDER = "private"
# Beside the feeds: git leaves the folder out whatever stands above it, and a host that lists folders lists nothing.
BESIDE = {
    ".gitignore": b"# What is in here is private. Each name is an address.\n*\n",
    "index.html": b"<!doctype html><title></title>\n",
}


def private_feeds(
    local: Local, shelf: Shelf, standings: list[Standing], on: date, feeds: Feeds, keep: Mapping[str, date]
) -> dict[str, bytes]:
    """The bytes of every feed that is handed out, by its id; their stamps stand in the book when this returns.

    ``keep``: the earlier days that were told, by duty.
    """
    from deadlines.outputs._private import PrivateFeed, by_subject

    assert shelf.namespace or not shelf.live
    live = {feed.subject: PrivateFeed(local, shelf.namespace, feed, on, keep) for feed in shelf.live if shelf.namespace}
    own = by_subject(standings)
    wanted = {subject: feed.entries(own.get(subject, ())) for subject, feed in live.items()}
    if not live:
        return {}
    built = feeds.publish(lambda lines: _reconciled(lines, live, wanted, on)).built()
    return {feed.feed.id: b"".join(built.pieces(subject, feed.info())) for subject, feed in live.items()}


def _reconciled(
    lines: Lines, live: Mapping[str, PrivateFeed], wanted: Mapping[str, list[Entry]], on: date
) -> tuple[Lines, Published]:
    """The lines of the private ledger that change, and all of those that are handed out."""
    from deadlines.ledger.lines import to_text
    from deadlines.ledger.reconcile import reconcile
    from deadlines.outputs.ics import kept_span

    before = {uid: line for uid, line in _read(lines).items() if live.keys() >= {*line.feeds}}
    published = reconcile(before, wanted, on, kept_span(on))
    left, nothing = published.feeds(), {}
    for subject, feed in live.items():
        uid = feed.uid("no dates")
        if all(entry.uid == uid for entry in left.get(subject, ())):
            line = before.get(uid)
            nothing[subject] = [feed.nothing(line.entry if line and not line.entry.withdrawn else None)]
    if nothing:
        published = reconcile(before, {**wanted, **nothing}, on, kept_span(on))
    after = {uid: to_text([line]).rstrip("\n") for uid, line in published.lines.items()}
    changed = {uid: text for uid, text in after.items() if lines.get(uid) != text}
    return changed | dict.fromkeys(before.keys() - after.keys(), ""), published


def _read(lines: Lines) -> dict[UUID, Line]:
    from deadlines.books.engine import BookRefused
    from deadlines.ledger.lines import BadLine, from_text

    try:
        return from_text("\n".join(lines.values()))
    except BadLine:
        raise BookRefused("what private feeds have said cannot be read; put back your last copy of the book") from None


def lay(found: Path, shelf: Shelf, feeds: Mapping[str, bytes]) -> Iterator[str]:
    """Write the feeds, take away those that are handed out no more, and say what became of each, by its id."""
    from deadlines.cli._whole import replace_all

    private = found / FOLDER
    with owner_alone(), in_the_book():
        if feeds:
            private.mkdir(exist_ok=True)
            private.chmod(0o700)
        gone = [feed for feed in shelf.feeds if feed.revoked and take_away(found, feed)]
        files = {private / feed.file_name: feeds[feed.id] for feed in shelf.live}
        files |= {private / name: data for name, data in BESIDE.items()} if files else {}
        written, _ = replace_all(found, private, files)
    for feed in shelf.live:
        data = feeds[feed.id]
        count = data.count(b"BEGIN:VEVENT")
        state = "written" if private / feed.file_name in written else "unchanged"
        yield f"{shown(feed)}: {state} ({count} entr{'y' if count == 1 else 'ies'}, {len(data):,} bytes)"
    for feed in gone:
        yield f"{shown(feed)}: revoked; its file is gone"


def left_out(shelf: Shelf, duties: Iterable[Standing]) -> Iterator[str]:
    """How many duties the people they concern are not told of, because nobody has compared the card."""
    from deadlines.model.card import Status

    people = {feed.who for feed in shelf.live if feed.who}
    count = sum(one.event.told.who in people and one.found.card.status is Status.UNVERIFIED for one in duties)
    if count:
        yield f"{count} left out of people's own feeds: their cards are not compared with the agreement yet."


def take_away(found: Path, feed: Subscription) -> bool:
    """Remove the file of a feed, whatever somebody made of it since; whether it was there. Raises OSError."""
    path = found / FOLDER / feed.file_name
    there = path.is_file() or path.is_symlink()
    if there:
        path.unlink()
    return there


def shown(feed: Subscription) -> str:
    """A feed as it may be told of: its id, and too little of its file's name to ask for it."""
    return f"{feed.id} ({feed.digest[:8]}…)"


def check_room(found: Path) -> None:
    """Raises ClickException when something else stands in the folder's place: before the book is written in."""
    if (found / FOLDER).exists() and not (found / FOLDER).is_dir():
        raise click.ClickException(
            f"{FOLDER} is no folder, and private feeds belong into one; move it away, nothing was written"
        )


@contextmanager
def in_the_book() -> Iterator[None]:
    """Say what the disk refuses; what was told stands in the book already."""
    from deadlines.cli._files import without_address

    try:
        yield
    except OSError as error:
        where = without_address(error.filename or FOLDER)
        why = error.strerror or "the disk refuses"
        raise click.ClickException(
            f"{where}: {why}; the book has what was told, and `deadlines feed build` makes the files follow"
        ) from None


@contextmanager
def owner_alone() -> Iterator[None]:
    """Files and folders that are made meanwhile are their owner's alone (on systems that know such rights)."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
