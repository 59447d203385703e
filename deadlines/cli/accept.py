"""``deadlines accept``: the new day of an open duty takes the place of the one that was told before."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._book import (
    Private,
    at_most,
    book_of,
    booked,
    only_known,
    recorded_on,
    recorded_option,
    words_argument,
)
from deadlines.cli._common import folder_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.deriving.shifts import Shift


@click.command(cls=Private, epilog="Example: deadlines accept --all")
@words_argument
@folder_option
@click.option("--all", "everything", is_flag=True, help="Every duty that has moved.")
@recorded_option
@click.pass_context
def accept(ctx: click.Context, words: tuple[str, ...], folder: Path, everything: bool, recorded: date | None) -> None:
    """Write into the book that the new day of an open duty is accepted; the earlier one is kept in sight until then.

    ID is the event (E-000001), for every duty it started, or the id of one duty, as `diff` prints it. With --all the
    days of duties nobody was told of yet, of a file or of what was missed since, count as told from now on.
    """
    from deadlines.books.rows import Told
    from deadlines.deriving.shifts import not_told, shifts
    from deadlines.deriving.started import standings

    only_known(ctx, words)
    at_most(1, words, ctx)
    if everything == bool(words):
        raise click.UsageError("an ID such as E-000001, or --all", ctx)
    with reporting(folder), booked():
        found, local = open_local(folder)
        book, day = book_of(found, local), recorded_on(local, recorded)
        pages = book.read(day)
        duties = standings(local, pages, day, day)
        moved = shifts(local, pages, duties, day, day)
        meant = moved if everything else [shift for shift in moved if words[0] in _names(shift)]
        if not meant and not everything:
            raise click.UsageError(_nearest(words[0], moved), ctx)
        accepted = {_id(shift): Told(_id(shift), shift.told.event, shift.due, day) for shift in meant}
        new = {one.obligation: one for one in not_told(pages, duties, day)} if everything else {}
        book.tell([*(new | accepted).values()])
        for shift in meant:
            click.echo(f"{_id(shift)}: {_day(shift.told.due)} -> {_day(shift.due)}, accepted")
        if first := len(new.keys() - accepted.keys()):
            were = "duties were" if first > 1 else "duty was"
            click.echo(f"{first} open {were} not told before; from now on counted as told.")
        if not meant:
            click.echo("No open duty has moved since its day was told.")


def _id(shift: Shift) -> str:
    return shift.now.id if shift.now else shift.told.obligation


def _names(shift: Shift) -> tuple[str, ...]:
    """What may mean it: its id, what was told under, its event with or without zeros."""
    number = shift.told.event
    return (_id(shift), shift.told.obligation, f"E-{number:06d}", f"E-{number}")


def _nearest(word: str, moved: list[Shift]) -> str:
    from deadlines.reading.show import nearest

    near = nearest(word, [name for shift in moved for name in _names(shift)])
    return f"no open duty that has moved has this id{f'; nearest: {near}' if near else ' (deadlines diff)'}"


def _day(day: date | None) -> str:
    from calendars.days import long_date

    return long_date(day) if day else "no date"
