"""``deadlines limits``: what was counted, held against the limits of the cards."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deadlines.cli._book import Private, PrivateDay, book_of, booked, known_option, on_option, recorded_later
from deadlines.cli._common import days, folder_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.deriving.judged import Verdict
    from deadlines.deriving.limits import Counted
    from deadlines.model.local import Local

LINE = "line "
HEAD = ("verdict", "limit", "when", "counted", "left", "article", "who", "school", "rests on", "")


@click.command(cls=Private, epilog="Example: deadlines limits --who C-007 --on 2020-11-27")
@folder_option
@on_option
@known_option
@click.option("--who", default="", metavar="ID", help="Only one person, with what is kept.")
@click.option("--school", default="", metavar="NAME", help="Only persons something happened to at one school.")
@click.option("--schedule", "file", type=click.Path(path_type=Path), default=None, metavar="FILE",
              help="A week's schedule (CSV) instead of the book.")  # fmt: skip
@click.option("--week", type=PrivateDay(), default=None, metavar="DAY", help="A day of the week the schedule is of.")
@click.option("--all", "everything", is_flag=True, help="Also what is kept.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is printed.")
@click.pass_context
def limits(
    ctx: click.Context, folder: Path, on: date | None, known_on: date | None, who: str, school: str,
    file: Path | None, week: date | None, everything: bool, form: str,
) -> None:  # fmt: skip
    """Hold what the book of events counts against the limits of the cards: kept, broken or disputed, and by what.

    What is counted by which event, the cards say (`events --declared` lists the events). With --schedule the
    periods of a week are counted instead: columns day, start, end, what, and who if you like.
    """
    if week and not file:
        raise click.UsageError("--week is the week of a schedule: --schedule FILE", ctx)
    with reporting(folder), booked():
        found, local = open_local(folder)
        on, known_on = days(local, on, known_on)
        if file:
            verdicts, below = _scheduled(ctx, local, file, week, on, known_on, who, school)
        else:
            verdicts, below = _booked(found, local, on, known_on, who, school)
        if form == "json":
            click.echo(as_json(verdicts))
            return
        for line in (as_text(verdicts, everything or bool(who or file), bool(file)), *below):
            if line:
                click.echo(line)


def _booked(
    found: Path, local: Local, on: date, known_on: date, who: str, school: str
) -> tuple[Sequence[Verdict], list[str]]:
    """The verdicts over the book, and what is to be said beside them."""
    from deadlines.deriving.limits import counted

    pages = book_of(found, local).read(known_on)
    told = counted(local, pages, on, known_on, who, school)
    nothing = [] if told.verdicts else ["Nothing in the book is held against a limit of a card."]
    return told.verdicts, [*nothing, *_left_out(told), *recorded_later(pages, known_on)]


def _scheduled(
    ctx: click.Context, local: Local, file: Path, week: date | None, on: date, known_on: date, who: str, school: str
) -> tuple[Sequence[Verdict], list[str]]:
    """The verdicts over a schedule, and what is to be said beside them. Raises UsageError, Refused."""
    from deadlines.deriving.scheduled import activities, checked, closed_days
    from deadlines.loading.schedule_file import read_schedule

    known = activities(local)
    if not known:
        message = "no card on file counts anything in a schedule; a card says `counted in a schedule`"
        raise click.UsageError(message, ctx)
    with reporting():
        schedule = read_schedule(file, known, week)
    verdicts = [one for one in checked(local, schedule, on, known_on, school) if who in ("", one.who)]
    day = schedule.monday or on
    nothing = [] if verdicts else [f"No agreement in force on {day} counts anything in a schedule (--week)."]
    closed = closed_days(local, schedule, known_on)
    return verdicts, nothing + [f"{day} is no day of school ({why}); not counted." for day, why in closed.items()]


def as_text(verdicts: Sequence[Verdict], everything: bool, by_day: bool) -> str:
    """A table of verdicts, and how many are kept if they are not shown; empty when there are none.

    ``by_day``: days that come to the same stand in one row.
    """
    from deadlines.deriving.judged import KEPT
    from deadlines.outputs.table import aligned

    shown = [one for one in verdicts if everything or one.verdict != KEPT]
    columns = zip(HEAD, *map(_row, _together(shown, by_day)), strict=True) if shown else ()
    told = [column for column in columns if any(column[1:])]
    lines = [line.rstrip() for line in aligned(list(zip(*told, strict=True)))] if told else []
    hidden = len(verdicts) - len(shown)
    return "\n".join([*lines, *([f"{hidden} kept, not shown (--all)."] if hidden else [])])


def _together(shown: Sequence[Verdict], by_day: bool) -> list[list[Verdict]]:
    """The verdicts of each row of the table."""
    rows: dict[tuple[str, ...], list[Verdict]] = {}
    for one in shown:
        key = (one.agreement, one.id, one.limit, one.who, one.level, one.verdict, *notes(one))
        rows.setdefault(key if by_day else (str(len(rows)),), []).append(one)
    return list(rows.values())


def _row(alike: Sequence[Verdict]) -> tuple[str, ...]:
    from deadlines.outputs._view import front

    one = alike[0]
    rests = [on.removeprefix(LINE) for verdict in alike for on in verdict.rests_on]
    lines = f"line{'s' if len(rests) > 1 else ''} " if any(on.startswith(LINE) for on in one.rests_on) else ""
    return (
        one.verdict, front(one.card) + one.limit, _each(verdict.when for verdict in alike),
        _each(verdict.counted for verdict in alike), one.left, one.card.citation.place, one.who, one.school,
        lines + ", ".join(rests), "; ".join(notes(one)),
    )  # fmt: skip


def _each(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))


def notes(one: Verdict) -> list[str]:
    """What stands behind a verdict: why there is none, which answer gives which, for whom it holds."""
    said = [one.outcome.cannot_say] if one.outcome.cannot_say else []
    for row in one.outcome.readings if one.decided_by else ():
        answers = ", ".join(answer for name, answer in row.answers.items() if name in one.decided_by)
        said.append(f"{answers or 'as it stands'}: {row.values.get('verdict', row.values.get('reached', ''))}")
    said += [f"if {one.part.applies_when}"] if one.part.applies_when else []
    return said + ([one.level] if one.level else [])


def _left_out(told: Counted) -> list[str]:
    """The events no limit in force on their day counts, so that nobody takes silence for kept."""
    if not told.left_out:
        return []
    rows = ", ".join(f"{row.id} ({row.told.name}, {row.told.day})" for row in told.left_out)
    return [f"Counted by no limit that was in force then: {rows}."]


def as_json(verdicts: Sequence[Verdict]) -> str:
    """Every verdict with its readings and steps."""
    return json.dumps([_json(one) for one in verdicts], indent=2, ensure_ascii=False)


def _json(one: Verdict) -> dict[str, Any]:
    readings = [
        {"answers": dict(row.answers), **{name: str(value) for name, value in row.values.items()}}
        for row in one.outcome.readings
    ]
    return {
        "id": one.id, "limit": one.limit, "verdict": one.verdict, "decided by": list(one.decided_by),
        "why not": one.outcome.cannot_say, "when": one.when,
        "from": one.span.first.isoformat() if one.span else None, "to": one.span.last.isoformat() if one.span else None,
        "counted": one.counted, "left": one.left, "who": one.who, "school": one.school, "level": one.level,
        "rests on": list(one.rests_on), "article": one.card.citation.place, "agreement": one.agreement,
        "status": one.card.status.value, "applies if": one.part.applies_when, "readings": readings,
        "steps": [step.text for step in one.outcome.steps],
    }  # fmt: skip
