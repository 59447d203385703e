"""``deadlines feed``: private feeds."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._book import (
    Private,
    PrivateGroup,
    book_of,
    booked,
    format_option,
    known_option,
    on_option,
    recorded_on,
    recorded_option,
    refuse_all,
    the_id,
    words_argument,
    written,
)
from deadlines.cli._common import days, folder_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.books.book import Book
    from deadlines.books.feeds import Subscription
    from deadlines.model.local import Local

HEAD = ("id", "for", "since", "address", "revoked")


@click.group(cls=PrivateGroup, epilog="Example: deadlines feed add --who T-014")
def feed() -> None:
    """Private feeds: one person's own duties, or the counts of one school for its delegate."""


@feed.command(cls=Private, epilog="Example: deadlines feed add --who T-014")
@folder_option
@click.option("--who", default="", metavar="ID", help="A feed of one person's own duties, by an opaque id.")
@click.option("--school", default="", metavar="NAME", help="A feed of one school's duties, counted, for its delegate.")
@recorded_option
@click.pass_context
def add(ctx: click.Context, folder: Path, who: str, school: str, recorded: date | None) -> None:
    """Make a private feed.

    Its token is printed this once; the book keeps only the SHA-256 of it. `deadlines feed build` writes it. Until a
    server of ours hands feeds out by token, its address is its file's name.
    """
    from deadlines.books.feeds import Feeds
    from deadlines.cli._whole import settled

    who, school = _whose(ctx, who, school)
    with reporting(folder), booked():
        found, local = open_local(folder)
        ctx.with_resource(settled(found))
        book = book_of(found, local)
        known = _known(ctx, local, book, who, school)
        token, digest = _token()
        made = Feeds(book).add(who, school, digest, recorded_on(local, recorded))
        _tell(made, token, local)
        if not known:
            click.echo("Nothing is in the book for it yet: until there is, the feed says so.")


@feed.command(cls=Private, epilog="Example: deadlines feed rotate F-000001")
@words_argument
@folder_option
@recorded_option
@click.pass_context
def rotate(ctx: click.Context, words: tuple[str, ...], folder: Path, recorded: date | None) -> None:
    """Give a private feed another address.

    The old one is taken away at once. ID is what `feed list` prints. What the feed says, and the UIDs of its dates,
    stay.
    """
    from deadlines.books.feeds import Feeds
    from deadlines.cli._private import in_the_book, take_away
    from deadlines.cli._whole import settled

    id = the_id(ctx, words)
    with reporting(folder), booked():
        found, local = open_local(folder)
        ctx.with_resource(settled(found))
        token, digest = _token()
        old, new = Feeds(book_of(found, local)).rotate(id, digest, recorded_on(local, recorded))
        _tell(new, token, local)
        with in_the_book():
            take_away(found, old)
        click.echo(_gone(old))


@feed.command(cls=Private, epilog="Example: deadlines feed revoke F-000001")
@words_argument
@folder_option
@recorded_option
@click.pass_context
def revoke(ctx: click.Context, words: tuple[str, ...], folder: Path, recorded: date | None) -> None:
    """Take a private feed away for good.

    Its file is removed at once. ID is what `feed list` prints.
    """
    from deadlines.books.feeds import Feeds
    from deadlines.cli._private import in_the_book, take_away
    from deadlines.cli._whole import settled

    id = the_id(ctx, words)
    with reporting(folder), booked():
        found, local = open_local(folder)
        ctx.with_resource(settled(found))
        old = Feeds(book_of(found, local)).revoke(id, recorded_on(local, recorded))
        with in_the_book():
            take_away(found, old)
        click.echo(_gone(old))


@feed.command("list", cls=Private, epilog="Example: deadlines feed list")
@folder_option
@format_option
def list_feeds(folder: Path, form: str) -> None:
    """List the private feeds.

    For whom each is, since when, how its address begins, and since when it is revoked.
    """
    from deadlines.books.feeds import Feeds
    from deadlines.outputs.table import aligned

    with reporting(folder), booked():
        shelf = Feeds(book_of(*open_local(folder))).read()
        rows = [
            (one.id, one.who or one.school, one.made.isoformat(), f"{one.digest[:8]}…",
             one.revoked.isoformat() if one.revoked else "")
            for one in shelf.feeds
        ]  # fmt: skip
        if form == "json":
            found = [dict(zip(HEAD, row, strict=True)) for row in rows]
            click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        elif rows:
            click.echo("\n".join(line.rstrip() for line in aligned([HEAD, *rows])))
        else:
            click.echo("No private feed.")


@feed.command(cls=Private, epilog="Example: deadlines feed build --on 2018-11-12")
@folder_option
@on_option
@known_option
@click.pass_context
def build(ctx: click.Context, folder: Path, on: date | None, known_on: date | None) -> None:
    """Write the private feeds to private/.

    All that are not revoked, readable by you alone. Nothing is written unless everything is clean. `deadlines build`
    never opens the book, and this writes nothing that is public.
    """
    from deadlines.books.feeds import Feeds
    from deadlines.cli._private import check_room, lay, left_out, private_feeds
    from deadlines.cli._whole import settled
    from deadlines.deriving.examine import examine
    from deadlines.deriving.shifts import not_told, shifts
    from deadlines.deriving.started import standings
    from deadlines.ledger.gate import too_large
    from deadlines.loading.sources import read_texts
    from deadlines.outputs._private import by_subject

    with reporting(folder), booked():
        found, local = open_local(folder)
        ctx.with_resource(settled(found))
        check_room(found)
        on, known_on = days(local, on, known_on)
        examine(local, on, read_texts(found, local))
        book = book_of(found, local)
        shelf = Feeds(book).read()
        pages = book.read(known_on)
        duties = standings(local, pages, on, known_on)
        moved = shifts(local, pages, duties, on, known_on)
        keep = {shift.now.id: shift.keep for shift in moved if shift.now and shift.keep}
        feeds = private_feeds(local, shelf, duties, on, Feeds(book), keep)
        for line in lay(found, shelf, feeds):
            click.echo(line)
        live = {feed.subject for feed in shelf.live}
        shown = [one for subject, own in by_subject(duties).items() if subject in live for one in own]
        if telling := not_told(pages, {one.id: one for one in shown}.values(), known_on):
            book.tell(telling)
        for fault in too_large(feeds):
            click.echo(f"Too large: {fault}.", err=True)
        if not shelf.live:
            click.echo("No private feed is handed out; `deadlines feed add` makes one.")
        for line in left_out(shelf, duties):
            click.echo(line)


def _whose(ctx: click.Context, who: str, school: str) -> tuple[str, str]:
    """Whom a feed is for, read as everything private is. Raises UsageError."""
    from deadlines.loading.happened import school_of, who_of
    from deadlines.reading.fields import Bad

    if bool(who.strip()) == bool(school.strip()):
        raise click.UsageError("a feed is for one: --who T-014, or --school with the name of a school", ctx)
    try:
        return (who_of(written(who, "--who")), "") if who.strip() else ("", school_of(written(school, "--school")))
    except Bad as bad:
        refuse_all(ctx, [bad])
        raise


def _known(ctx: click.Context, local: Local, book: Book, who: str, school: str) -> bool:
    """Whether the book has an event of them. Raises UsageError for a school that neither it nor an overlay names."""
    known = any((row.told.who == who if who else row.told.school == school) for row in book.read().standing)
    if school and not known and school not in local.schools:
        raise click.UsageError(
            "no event in the book and no overlay names this school; its name is written as in `deadlines events`", ctx
        )
    return known


def _token() -> tuple[str, str]:
    """A token of 128 random bits, 22 signs long, and its SHA-256, which is all that is kept."""
    import hashlib
    import secrets

    token = secrets.token_urlsafe(16)
    return token, hashlib.sha256(token.encode()).hexdigest()


def _tell(made: Subscription, token: str, local: Local) -> None:
    """The one time a token is printed."""
    from calendars.days import long_date

    address = f"{local.public_address}/private/{token}.ics" if local.public_address else f"…/private/{token}.ics"
    click.echo(f"{made.id}: a private feed for {made.who or made.school}, since {long_date(made.made)}")
    click.echo(f"Its token, shown this once and kept nowhere: {token}")
    click.echo(f"Its address, once a server of ours hands feeds out by token: {address}")
    click.echo(
        f"Its file, until then: private/{made.file_name} (deadlines feed build). Who knows its name can read it."
    )


def _gone(old: Subscription) -> str:
    from deadlines.cli._private import shown

    return f"{shown(old)} is revoked, and its file is not here any more. Take down what you copied elsewhere."
