"""``deadlines what-if``: what would move, for whom, and what would fall in doubt. Nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deadlines.cli._common import agenda_for, days, folder_option, known_option, on_option, open_local, reporting

if TYPE_CHECKING:
    from calendars.days import DateSpan
    from deadlines.cli._publishing import Made
    from deadlines.ledger.reconcile import Change
    from deadlines.model.local import Local


class Days(click.ParamType["DateSpan"]):
    """A day 2019-01-30, or a stretch 2019-01-30..2019-01-31, both included."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> DateSpan:
        from calendars.days import DateSpan
        from deadlines.model.problem import Place
        from deadlines.reading.fields import Bad, parse_day

        first, _, last = str(value).partition("..")
        try:
            span = parse_day(first, Place("--close")), parse_day(last or first, Place("--close"))
        except Bad as bad:
            self.fail(f"{bad.message}; nearest: {bad.near or '2019-01-30..2019-01-31'}", param, ctx)
        if span[1] < span[0]:
            self.fail(f"{value} ends before it begins; nearest: {last}..{first}", param, ctx)
        return DateSpan(*span)


@click.command("what-if", epilog="Example: deadlines what-if --close 2019-01-30..2019-01-31 --on 2019-01-28")
@folder_option
@click.option("--close", "closings", type=Days(), multiple=True, metavar="DAYS",
              help="Days that would be closed, 2019-01-30 or 2019-01-30..2019-01-31. Repeatable.")  # fmt: skip
@click.option("--not-made-up", is_flag=True, help="The days are not made up: the end of the year stays where it is.")
@click.option("--year", "candidate", type=click.Path(path_type=Path), metavar="FILE",
              help="A candidate year file, in place of the one of that school year.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is printed.")
@on_option
@known_option
def what_if(
    folder: Path, closings: tuple[DateSpan, ...], not_made_up: bool, candidate: Path | None, form: str,
    on: date | None, known_on: date | None,
) -> None:  # fmt: skip
    """Show what would move, for whom, and what would fall in doubt, if days were closed. Nothing is written."""
    from deadlines.cli._publishing import made

    if not closings and not candidate:
        raise click.UsageError("say what to suppose: --close 2019-01-30..2019-01-31, or --year FILE")
    with reporting(folder):
        _, local = open_local(folder)
        on, known_on = days(local, on, known_on)
        supposed = _supposed(local, closings, candidate, known_on, not_made_up)
        now = made(local, agenda_for(local, on, known_on), {}, known_on)
        then = made(supposed, agenda_for(supposed, on, known_on), now.published.lines, known_on)
        rows = list(_rows(supposed, now, then))
        counts = list(_counts(local, supposed, known_on))
    if form == "json":
        shown = [vars(row) for row in rows]
        click.echo(json.dumps({"changes": shown, "counts": counts}, indent=2, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row.kind}: {row.title}\n    {row.days}; for {', '.join(row.told)}")
    for line in counts:
        click.echo(line)
    total = {kind: sum(row.kind == kind for row in rows) for kind in dict.fromkeys(row.kind for row in rows)}
    said = ", ".join(f"{count} {kind}" for kind, count in total.items()) or "nothing would change"
    click.echo(f"{said}. Nothing was written.")


@dataclass(frozen=True)
class Row:
    """One date that would change: how, from when to when, and the roles whose feeds hold it."""

    kind: str
    title: str
    days: str
    told: tuple[str, ...]


def _supposed(
    local: Local, closings: tuple[DateSpan, ...], candidate: Path | None, known_on: date, not_made_up: bool
) -> Local:
    from deadlines.deriving.what_if import NoSuchDays, closed, with_year
    from deadlines.loading.years import read_year
    from deadlines.model.problem import Problems, Refused

    if candidate:
        problems = Problems()
        history = read_year(candidate, str(candidate), problems)
        if history is None:
            raise Refused(problems.found)
        local = with_year(local, history)
    for span in closings:
        try:
            local = closed(local, span, known_on, False if not_made_up else None)
        except NoSuchDays as error:
            raise click.UsageError(f"--close {span}: {error}") from error
    return local


def _rows(local: Local, now: Made, then: Made) -> Iterator[Row]:
    """What a subscriber would see change; notices follow their dates and are not told."""
    from calendars.days import short_span
    from deadlines.outputs._feeds import feeds_that_may_be

    roles = {name: feed.role for name, feed in feeds_that_may_be(local).items()}
    for change in then.published.changes:
        line = then.published.lines.get(change.uid) or now.published.lines[change.uid]
        if "Notice" in line.entry.categories:
            continue
        was, is_now = (short_span(span) if span else "" for span in (change.before, change.after))
        told = tuple(dict.fromkeys(roles.get(name, name) for name in change.feeds))
        stretch = f"{was} -> {is_now}" if change.kind == "moved" else is_now or was
        yield Row(_kind(change, now, then), line.entry.title, stretch, told)


def _kind(change: Change, now: Made, then: Made) -> str:
    """In a steward's words: whether it moves, falls in doubt, or only reads otherwise."""
    before, after = now.published.lines.get(change.uid), then.published.lines.get(change.uid)
    doubtful = bool(after and after.entry.tentative and not (before and before.entry.tentative))
    if change.kind == "moved":
        return "moved"
    return "in doubt" if doubtful and change.kind == "reworded" else change.kind


def _counts(local: Local, supposed: Local, known_on: date) -> Iterator[str]:
    """The student days of each school year that would have another number of them, level by level."""
    from calendars.days import Kind

    for old in supposed.years:
        before = next((year for year in local.years if year.name == old.name), None)
        said: dict[str, list[str]] = {}
        for level in old.levels or ("",):
            is_now, was = old.known_on(known_on, level), before.known_on(known_on, level) if before else None
            numbers = [year.count(Kind.STUDENT) if year else (0, 0) for year in (was, is_now)]
            if numbers[0] != numbers[1]:
                said.setdefault(" -> ".join(_number(*number) for number in numbers), []).append(level)
        for change, levels in said.items():
            named = f" ({', '.join(levels)})" if len(said) > 1 or len(levels) < len(old.levels) else ""
            yield f"Student days of {old.name}{named}: {change}."


def _number(known: int, unknown: int) -> str:
    return f"{known} to {known + unknown}" if unknown else str(known)
