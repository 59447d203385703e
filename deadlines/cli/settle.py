"""``deadlines settle``: a duty came to its end, or to a later day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._book import (
    Private,
    PrivateDay,
    book_of,
    booked,
    recorded_on,
    recorded_option,
    text_of,
    the_id,
    words_argument,
)
from deadlines.cli._common import folder_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.books.rows import Pages
    from deadlines.model.local import Local


@dataclass(frozen=True, slots=True)
class Duty:
    """What is settled: its id on all levels or one, its event's number (0 for none) and day, and when it is due."""

    id: str
    event: int = 0
    happened: date | None = None
    due: date | None = None


@click.command(cls=Private, epilog="Example: deadlines settle E-000001 --done 2019-01-28")
@words_argument
@folder_option
@click.option("--done", type=PrivateDay(), default=None, metavar="DAY", help="It was done on that day.")
@click.option("--excused", is_flag=True, help="It need not be done any more.")
@click.option("--extended-to", "extended", type=PrivateDay(), default=None, metavar="DAY",
              help="A later day was agreed in writing.")  # fmt: skip
@click.option("--given-up", is_flag=True, help="Nobody goes after it any more.")
@click.option("--evidence", default="", metavar="TEXT", help="Private: what shows it. Needed for --extended-to.")
@recorded_option
@click.pass_context
def settle(
    ctx: click.Context, words: tuple[str, ...], folder: Path, done: date | None, excused: bool, extended: date | None,
    given_up: bool, evidence: str, recorded: date | None,
) -> None:  # fmt: skip
    """Write into the book how a duty came to its end, or to a later day.

    ID is the event (E-000001) when it has one duty open, else the id that `open --format json` prints. What recurs
    is settled by the id that `show --format json` prints.
    """
    from deadlines.books.rows import DONE, EXCUSED, EXTENDED, GIVEN_UP, Settlement
    from deadlines.cli.events import outcome_in_words

    id, shown = the_id(ctx, words), text_of(ctx, evidence, "--evidence")
    flags = {DONE: done is not None, EXCUSED: excused, EXTENDED: extended is not None, GIVEN_UP: given_up}
    if sum(flags.values()) != 1:
        raise click.UsageError("one of --done, --excused, --extended-to and --given-up says how", ctx)
    if extended and not shown:
        raise click.UsageError("an extension is in writing: --evidence says in which", ctx)
    with reporting(folder), booked():
        found, local = open_local(folder)
        book, day = book_of(found, local), recorded_on(local, recorded)
        duty = _duty(ctx, id, local, book.read(day), day)
        _check_days(ctx, duty, done, extended, day)
        outcome = next(name for name, said in flags.items() if said)
        one = book.settle(Settlement(0, duty.id, duty.event, outcome, done or extended, shown, day))
        click.echo(f"{one.id}: {one.obligation}: {outcome_in_words(one)}")


def _duty(ctx: click.Context, id: str, local: Local, pages: Pages, on: date) -> Duty:
    """The duty an ID means, as known on a day. Raises UsageError with the nearest, or with all an event has open."""
    from deadlines.books.rows import parse_id, row_id
    from deadlines.deriving.standing import NONE, SETTLED
    from deadlines.deriving.started import standings

    every = [one for one in standings(local, pages, on, on) if one.state != NONE]
    event = parse_id(id)
    if event is None:
        duties = {one.id: Duty(one.id, one.event.number, one.event.told.day, one.due) for one in every}
        duties |= {one.id_on_all_levels: Duty(one.id_on_all_levels, *_of(duties[one.id])) for one in every}
        return duties[id] if id in duties else _recurring(ctx, id, local, on, list(duties))
    mine = [one for one in every if one.event.id == row_id(*event)]
    open_ones = {one.id_on_all_levels: one for one in mine if one.state != SETTLED}
    own = {name: one for name, one in open_ones.items() if one.start.cause is None}
    open_ones = own if len(own) == 1 else open_ones  # what followed from its being missed ends with it
    if len(open_ones) == 1:
        ((name, one),) = open_ones.items()
        return Duty(name, one.event.number, one.event.told.day, one.due)
    if open_ones:
        names = "\n".join(f"  {name}" for name in sorted(open_ones))
        raise click.UsageError(f"{row_id(*event)} has several duties open; settle one of:\n{names}", ctx)
    if mine:
        raise click.UsageError(f"every duty of {row_id(*event)} is settled (deadlines open --all)", ctx)
    raise click.UsageError(f"no event {row_id(*event)} with a duty was in the book on {on}", ctx)


def _of(duty: Duty) -> tuple[int, date | None, date | None]:
    return duty.event, duty.happened, duty.due


def _recurring(ctx: click.Context, id: str, local: Local, on: date, others: list[str]) -> Duty:
    """A duty that recurs, by its id. Raises UsageError."""
    from calendars.neighbours import year_name
    from deadlines.deriving.derive import derive
    from deadlines.reading.show import nearest

    found = {o.id: Duty(o.id, due=o.outcome.lead) for o in derive(local, on, on).obligations}
    if id in found:
        return found[id]
    near = nearest(id, [*others, *(name for name in found if year_name(on) in name)])
    raise click.UsageError(f"no duty has this id{f'; nearest: {near}' if near else ' (deadlines open)'}", ctx)


def _check_days(ctx: click.Context, duty: Duty, done: date | None, extended: date | None, recorded: date) -> None:
    """Raises UsageError for a day that cannot be."""
    if done and done > recorded:
        raise click.UsageError(f"{done} is later than {recorded}, the day it is recorded", ctx)
    if done and duty.happened and done < duty.happened:
        raise click.UsageError(f"{done} is before its event, {duty.happened}", ctx)
    if extended and duty.due and extended <= duty.due:
        raise click.UsageError(f"it is due on {duty.due}; {extended} is no later day", ctx)
