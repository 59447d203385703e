"""``deadlines log``: something happened."""

from __future__ import annotations

from dataclasses import replace
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
    refuse_all,
    told,
    written,
)
from deadlines.cli._common import folder_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.books.book import Book
    from deadlines.books.rows import Happened, Logged, Pages
    from deadlines.deriving.standing import Standing
    from deadlines.loading.happened import Reader
    from deadlines.model.event import Declared
    from deadlines.model.local import Local
    from deadlines.reading.nodes import Text


class Log(Private):
    """``log``: the yes and no of an event may be given as options of their own, which only the cards know."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return click.Command.parse_args(self, ctx, args)


@click.command(cls=Log, epilog='Example: deadlines log "prep cancelled" --happened 2018-10-10 --who T-014')
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[EVENT]")
@folder_option
@click.option("--happened", default=None, metavar="DAY", help="The day it happened.")
@click.option("--who", default="", metavar="ID", help="To whom: an opaque id, such as T-014, never a name.")
@click.option("--school", default="", metavar="NAME", help="At which school.")
@click.option(
    "--fact", "facts", multiple=True, metavar="NAME=VALUE",
    help="A further fact: a day, a number, or yes or no. A yes can be an option of its own, such as --self-directed.",
)  # fmt: skip
@click.option("--follows", default="", metavar="ID", help="Which event of the book it follows, in the same case.")
@click.option("--note", default="", metavar="TEXT", help="Private: it is printed by `events --private` alone.")
@click.option("--csv", "file", type=click.Path(path_type=Path), default=None, metavar="FILE",
              help="Many events, one a line, instead.")  # fmt: skip
@recorded_option
@click.pass_context
def log(
    ctx: click.Context, words: tuple[str, ...], folder: Path, happened: str | None, who: str, school: str,
    facts: tuple[str, ...], follows: str, note: str, file: Path | None, recorded: date | None,
) -> None:  # fmt: skip
    """Write into the book of events that something happened, by hand or from a file.

    EVENT is a name the cards know; `events --declared` lists them, with the facts each may have. A file read
    twice adds nothing.
    """
    from deadlines.deriving.declared import declared_events
    from deadlines.loading.happened import Reader

    by_hand = (*words, *facts, *(value for value in (happened, who, school, follows, note) if value))
    if file is not None and by_hand:
        raise click.UsageError("--csv brings everything but --recorded from the file")
    with reporting(folder), booked():
        found, local = open_local(folder)
        book, declared = book_of(found, local), declared_events(local.contracts)
        day = recorded_on(local, recorded)
        if file is not None:
            _from_file(book, file, declared, day)
            return
        row = _by_hand(ctx, Reader(declared, day, lambda: _in_book(book)), words, facts, {
            "--happened": happened or "", "--who": who, "--school": school, "--note": note, "--follows": follows,
        })  # fmt: skip
        for line in _logged(book, local, row, declared):
            click.echo(line)


def _in_book(book: Book) -> dict[str, Happened]:
    """The events another may follow, by id."""
    return {event.id: event.told for event in book.read().standing}


def _from_file(book: Book, file: Path, declared: Declared, recorded: date) -> None:
    from deadlines.loading.event_file import read_events

    with reporting():
        rows = read_events(file, declared, recorded, lambda: _in_book(book))
    logged = book.log(rows)
    ids = [row.id for row in logged if row]
    span = f": {ids[0]} to {ids[-1]}" if len(ids) > 1 else f": {ids[0]}" if ids else ""
    click.echo(f"{file}: {len(ids)} logged{span}; {len(rows) - len(ids)} in the book already")


def _by_hand(
    ctx: click.Context, reader: Reader, words: tuple[str, ...], facts: tuple[str, ...], options: dict[str, str]
) -> Happened:
    """What the command line tells. Raises UsageError with everything that is wrong."""
    from deadlines.loading.happened import Told

    declared = reader.declared
    yes = {fact.option: name for event in declared.values() for name, fact in event.facts.items() if fact.is_yes_or_no}
    names = [word for word in words if not word.startswith("-")]
    flags = [word for word in words if word.startswith("-")]
    only_known(ctx, (flag for flag in flags if flag.partition("=")[0] not in yes), yes)
    if not names:
        raise click.UsageError("what happened? `deadlines events --declared` lists the events the cards know", ctx)
    at_most(1, names, ctx)
    if not options["--happened"]:
        raise click.UsageError("on which day? --happened 2018-10-10", ctx)
    given = [_fact(word, "--fact") for word in facts]
    given += [_fact(f"{yes[flag.partition('=')[0]]}={flag.partition('=')[2] or 'yes'}", flag) for flag in flags]
    who, school, note, follows = (
        written(options[name], name) if options[name] else None for name in ("--who", "--school", "--note", "--follows")
    )
    day = written(options["--happened"], "--happened")
    row = reader.read(Told(written(names[0], "EVENT"), day, who, school, note, tuple(given), follows))
    refuse_all(ctx, reader.wrong)
    assert row
    return row


def _fact(word: str, option: str) -> tuple[Text, Text]:
    """``name=value``; a name alone is a yes."""
    name, _, value = word.partition("=")
    return written(name, option.partition("=")[0]), written(value or "yes", option.partition("=")[0])


def _logged(book: Book, local: Local, row: Happened, declared: Declared) -> list[str]:
    """Log one event; what it starts, worked out beforehand, so that nothing is written when that cannot be."""
    from deadlines.books.rows import Pages
    from deadlines.cli.open import because
    from deadlines.deriving.shifts import not_told
    from deadlines.deriving.started import standings

    new, case = _case(book, row)
    found = standings(local, case, row.recorded, row.recorded)
    (logged,) = book.log([row])
    assert logged
    begun = [one for one in found if one.event.number == new.number]
    book.tell([
        replace(one, obligation=one.obligation.replace(new.id, logged.id), event=logged.number)
        for one in not_told(Pages(), begun, row.recorded)
    ])  # fmt: skip
    lines = [f"{logged.id}: {told(logged)}"]
    ended = _ended(local, case, new, found)
    if not ended and declared[row.name].ends and len(case.events) > 1:
        ended = ["nothing: no duty of that case waits for it"]
    lines += [f"  ends {line}" for line in ended]
    for one in begun:
        what = "/".join(word for word in (one.found.card.rule, one.found.part.name) if word)
        notes = "".join(f", {note}" for note in (*because(one)[:1], f"if {one.unsaid}" if one.unsaid else "") if note)
        lines.append(f"  starts {what}: {_when(one.due, one.why_not)}{notes}")
    return lines + _ends(local, row) + _unsaid(logged, declared)


def _ends(local: Local, row: Happened) -> list[str]:
    """The overlays an event ends, where and from when; that it ends none where nobody knows the school."""
    from calendars.days import long_date

    lines = []
    for overlay in (overlay for contract in local.contracts for overlay in contract.overlays):
        if overlay.ends_when == row.name:
            where = f"at {row.school}" if row.school else "everywhere"
            said = f"ends {overlay.name} {where} on {long_date(row.day)}"
            lines.append(f"  {said}" if row.school or not row.who else f"  ends {overlay.name} nowhere: which school?")
    return lines


def _ended(local: Local, case: Pages, new: Logged, found: list[Standing]) -> list[str]:
    """What an event ends: the duties it answers, and with its day what their being missed had started."""
    from deadlines.deriving.standing import OPEN
    from deadlines.deriving.started import standings

    answered = [one.id_on_all_levels for one in found if one.ended_by and one.ended_by.number == new.number]
    if not answered:
        return []
    day, there = new.told.recorded, {one.id for one in found}
    before = standings(local, replace(case, events=tuple(e for e in case.events if e != new)), day, day)
    gone = [one for one in before if one.state in OPEN and one.id not in there]
    lines = (f"{one.id_on_all_levels}, which was {_when(one.due, one.why_not)}" for one in gone)
    return list(dict.fromkeys((*answered, *lines)))


def _case(book: Book, row: Happened) -> tuple[Logged, Pages]:
    """An event as it will stand in the book, and what of the book has to do with it: the case it is of, if any."""
    from deadlines.books.rows import Logged, Pages
    from deadlines.deriving.following import Following
    from deadlines.model.event import FOLLOWS

    if FOLLOWS not in row.facts:
        new = Logged(0, row)
        return new, Pages((new,))
    pages = book.read()
    new = Logged(max(event.number for event in pages.events) + 1, row)
    return new, replace(pages, events=tuple(Following((*pages.standing, new)).case(new)))


def _when(due: date | None, why_not: str) -> str:
    from calendars.days import long_date

    return long_date(due) if due else why_not


def _unsaid(logged: Logged, declared: Declared) -> list[str]:
    """The facts the event may have and does not say."""
    from deadlines.model.event import FOLLOWS

    lines = []
    event = declared[logged.told.name]
    if event.ends and FOLLOWS not in logged.told.facts:
        lines.append("  not said: follows (which event of the book this follows; it ends nothing there)")
    for name, fact in event.facts.items():
        if name not in logged.told.facts:
            instead = f"the day of “{fact.stand_in}” is taken" if fact.is_day else str(fact)
            lines.append(f"  not said: {name} ({instead})")
    return lines
