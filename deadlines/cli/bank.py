"""``deadlines bank``: what is left in a bank of days of one person."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deadlines.cli._book import (
    Private,
    at_most,
    book_of,
    booked,
    format_option,
    known_option,
    on_option,
    only_known,
    recorded_later,
    refuse_all,
    words_argument,
    written,
)
from deadlines.cli._common import days, folder_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.deriving.balance import Line, Sheet
    from deadlines.model.local import Local

MOST_FIGURES = 4


class PrivateCount(click.ParamType[int]):
    """A whole number, in a place where something private may stand by mistake; what is none is not repeated."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) <= MOST_FIGURES):
            self.fail("what stands here is not a number of days; nearest: 34", param, ctx)
        return int(text)


@click.command(cls=Private, epilog="Example: deadlines bank personal-days --who T-014 --on 2019-05-01")
@words_argument
@folder_option
@on_option
@known_option
@click.option("--who", default="", metavar="ID", help="Whose: an opaque id, such as T-014.")
@click.option("--school", default="", metavar="NAME", help="Whose overlays hold. Default: that of the last event.")
@click.option("--carried-over", "carried", type=PrivateCount(), default=None, metavar="DAYS",
              help="How many the pay slip says were carried over, of a bank with a cap.")  # fmt: skip
@format_option
@click.pass_context
def bank(
    ctx: click.Context, words: tuple[str, ...], folder: Path, on: date | None, known_on: date | None, who: str,
    school: str, carried: int | None, form: str,
) -> None:  # fmt: skip
    """Show what is left in a bank of days of one person, as the book has it, and when it is lost.

    ID is the bank, by what it holds, such as personal-days; the fiscal year is that of --on.
    """
    from deadlines.deriving.balance import sheets

    only_known(ctx, words)
    at_most(1, words, ctx)
    _known_who(ctx, who)
    with reporting(folder), booked():
        found, local = open_local(folder)
        on, known_on = days(local, on, known_on)
        name = _known_bank(ctx, local, words, known_on, carried)
        pages = book_of(found, local).read(known_on)
        shown = sheets(local, pages, name, who, on, known_on, carried, school)
        if form == "json":
            click.echo(json.dumps([_json(one, who) for one in shown], indent=2, ensure_ascii=False))
            return
        click.echo("\n\n".join(_text(one, who, known_on) for one in shown) or "No agreement is in force on that day.")
        for line in recorded_later(pages, known_on):
            click.echo(line)


def _known_who(ctx: click.Context, who: str) -> None:
    from deadlines.loading.happened import who_of
    from deadlines.reading.fields import Bad

    if not who:
        raise click.UsageError("whose? --who T-014", ctx)
    try:
        who_of(written(who, "--who"))
    except Bad as bad:
        refuse_all(ctx, [bad])


def _known_bank(
    ctx: click.Context, local: Local, words: tuple[str, ...], known_on: date, carried: int | None
) -> str:  # fmt: skip
    """The name of a bank. Raises UsageError with the nearest; the word may be a name, and is not repeated."""
    from deadlines.deriving.balance import bank_name, banks
    from deadlines.reading.show import nearest

    schools = ("", *local.schools)
    known = {bank_name(part): part for school in schools for _, _, part in banks(local, known_on, school)}
    name = words[0].replace(" ", "-") if words else ""
    if name not in known:
        near = nearest(name, known) or ", ".join(known) or "none; a card says `used by` in its bank"
        raise click.UsageError(f"no card on file has a bank of this name that a book can tell; nearest: {near}", ctx)
    if carried is not None and not known[name].spec.cap:
        raise click.UsageError("nothing is carried over in this bank; leave --carried-over out", ctx)
    return name


def _text(sheet: Sheet, who: str, known_on: date) -> str:
    from calendars.days import long_date
    from deadlines.outputs._view import front
    from deadlines.outputs.table import aligned

    head = f"{front(sheet.card)}{sheet.card.title} of {who}, July {sheet.year[:4]} to June {int(sheet.year[:4]) + 1}"
    head += f", as known on {long_date(known_on)} ({sheet.card.citation.place}, {sheet.agreement})"
    head += f", at {sheet.school}" if sheet.school else ""
    if sheet.suspended:
        return f"{head}\n{sheet.suspended}"
    return "\n".join([head, *(line.rstrip() for line in aligned([_row(line) for line in sheet.lines]))])


def _row(line: Line) -> tuple[str, str, str]:
    from calendars.days import short_date

    return line.what, short_date(line.value) if isinstance(line.value, date) else str(line.value), line.why


def _json(sheet: Sheet, who: str) -> dict[str, object]:
    lines = {
        line.what: {"value": line.value.isoformat() if isinstance(line.value, date) else line.value, "why": line.why}
        for line in sheet.lines
    }
    article, agreement = sheet.card.citation.place, sheet.agreement
    return {"who": who, "school": sheet.school, "year": sheet.year, "article": article, "agreement": agreement,
            "suspended": sheet.suspended, "lines": lines}  # fmt: skip
