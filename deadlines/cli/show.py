"""``deadlines show``: the obligations of a role in a stretch of days."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._common import (
    Day,
    agenda_for,
    days,
    folder_option,
    known_option,
    known_role,
    on_option,
    open_local,
    reporting,
    role_option,
    school_option,
    write_bytes,
)

if TYPE_CHECKING:
    from deadlines.outputs._view import View


@click.command(epilog="Example: deadlines show --for delegate --on 2018-11-12 --to 2018-12-31")
@folder_option
@role_option
@click.option(
    "--from", "first", type=Day(), default=None, help="First day. Default: 1 July of the school year of --on."
)
@click.option(
    "--to", "last", type=Day(), default=None, help="Last day, included. Default: 30 June of that school year."
)
@on_option
@known_option
@school_option
@click.option("--format", "form", default="table", metavar="FORMAT", help="table, json, csv, ics or digest.")
@click.option("--all", "everything", is_flag=True, help="Also what has no date: waiting, undated, term ended.")
def show(
    folder: Path, role: str | None, first: date | None, last: date | None, on: date | None, known_on: date | None,
    form: str, everything: bool, school: str,
) -> None:  # fmt: skip
    """Show who must do what by when."""
    from calendars.days import DateSpan
    from calendars.neighbours import year_name
    from deadlines.outputs import names, output

    if form not in names():
        raise click.UsageError(f"no output is called “{form}”; there are: {', '.join(names())}")
    with reporting(folder):
        found, local = open_local(folder)
        on, known_on = days(local, on, known_on)
        start = int(year_name(on)[:4])
        first, last = first or date(start, 7, 1), last or date(start + 1, 6, 30)
        if last < first:
            raise click.UsageError(f"--to ({last}) is before --from ({first})")
        role = known_role(local, role or "all", ("all", "calendar") if form == "ics" else ("all",))
        from deadlines.loading.shipped import templates
        from deadlines.outputs._view import View

        span = None if form == "ics" else DateSpan(first, last)
        view = View(
            local,
            agenda_for(local, on, known_on, form == "digest", school),
            role,
            span,
            everything,
            templates(found / "templates"),
        )
        if form == "table" and sys.stdout.isatty():
            _on_terminal(view)
            return
        try:
            write_bytes(output(form).render(view))
        except ValueError as nothing:
            raise click.ClickException(str(nothing)) from nothing


def _on_terminal(view: View) -> None:
    """The same table with rich, on a terminal only; NO_COLOR is kept by rich itself."""
    from rich.console import Console
    from rich.table import Table

    from deadlines.outputs import table

    grid = Table(box=None, pad_edge=False, header_style="bold")
    for head in table.HEAD:
        grid.add_column(head, overflow="fold")
    body = table.rows(view)
    for row in body:
        grid.add_row(*row)
    console = Console(highlight=False, markup=False)
    if body:
        console.print(grid)
    console.print(table.below(view) if body else table.render(view).decode(), end="")
