"""``deadlines import-year``: a district's own calendar file to a year file, every guess marked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._common import Day, SchoolYear, folder_option, reporting

if TYPE_CHECKING:
    from deadlines.importing.lines import Found

KINDS = {".ics": "ics", ".ical": "ics", ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx"}


@click.command("import-year", epilog="Example: deadlines import-year calendar.csv --year 2027-28")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", required=True, type=SchoolYear(), metavar="2026-27", help="The school year to take out of it.")
@folder_option
@click.option("--out", default=None, type=click.Path(path_type=Path), help="Default: years/YEAR.yaml in the folder.")
@click.option("--source", default="", metavar="TEXT", help="Where the file was found and when, for the year file.")
@click.option("--levels", default="", metavar="LIST", help="Such as “elementary, high school”. Default: last year's.")
@click.option("--dates", default=None, type=click.Choice(["us", "eu", "iso"]), help="How 4/9/2026 is meant in a table.")
@click.option("--announced", type=Day(), default=None, help="The day it was announced. Default: today.")
@click.option("--replace", is_flag=True, help="Write over a year file of which nothing is confirmed.")
def import_year(
    file: Path,
    year: str,
    folder: Path,
    out: Path | None,
    source: str,
    levels: str,
    dates: str | None,
    announced: date | None,
    replace: bool,
) -> None:
    """Make a year file from a district's own calendar: ICS, CSV or a spreadsheet of days.

    Every line is a guess from its words, is marked “not confirmed” until somebody has compared it, and keeps where it
    comes from. What is not understood is listed, and kept as a comment.
    """
    from calendars.clock import today
    from deadlines.cli._files import write_all
    from deadlines.cli._years import before, prove, refuse_confirmed, refuse_existing
    from deadlines.importing.draft import draft
    from deadlines.importing.told import next_steps, told
    from deadlines.importing.write import year_text

    with reporting():
        known = before(folder, year, needed=out is None)
        target = out or known.folder / "years" / f"{year}.yaml"
        if replace:
            refuse_confirmed(target)
        else:
            refuse_existing(target, f"--replace, or --out with another name than {target.name}")
        found = read(file, year, known.zone, dates or "")
        found.problems.raise_if_any()
        made = draft(found.lines, year, level_names(levels) or known.levels)
        nothing_found(file, made.year, bool(made.entries or made.points or made.terms), made.outside.most_common(1))
        said = source or f"{file.name}, the district's own file (write here where it was found, and when)"
        text = year_text(made, file.name, said, announced or today(known.zone or "UTC"), known.term_kinds)
        prove(text, target.name)
        write_all({target: text.encode()})
        click.echo(f"{target}: written, from {file}")
        for line in told(made, len(found.lines), found.notes, known.term_kinds):
            click.echo(line)
        for line in next_steps(str(target), "" if out else str(known.folder)):
            click.echo(line)


def level_names(levels: str) -> tuple[str, ...]:
    """The levels as the user lists them. Raises UsageError for an empty name and for one named twice."""
    named = [" ".join(level.split()) for level in levels.split(",")] if levels.strip() else []
    if "" in named or len(set(named)) < len(named):
        raise click.UsageError(f"“{levels}” is no list of levels; write: --levels “elementary, high school”")
    return tuple(named)


def nothing_found(file: Path, year: str, something: bool, elsewhere: list[tuple[str, int]]) -> None:
    """Raises Refused when no line of the file is understood as a day of the school year."""
    from deadlines.model.problem import Place, Problem, Refused

    if something:
        return
    near = f"--year {elsewhere[0][0]}, of which it has {elsewhere[0][1]} lines" if elsewhere else ""
    message = f"no line of it is understood as a day of school year {year}"
    raise Refused([Problem(Place(str(file)), message, nearest=near)])


def read(file: Path, year: str, zone: str, dates: str) -> Found:
    """Every line of a file of one of the kinds that are read. Raises Refused."""
    from deadlines.importing.ics import read_ics
    from deadlines.importing.sheets import read_csv, read_size, read_xlsx
    from deadlines.importing.table import merged, read_table
    from deadlines.model.problem import Place, Problem, Refused

    name = str(file)
    kind = KINDS.get(file.suffix.lower(), "")
    if not kind:
        read_size(file, name)
        near = "save the calendar as CSV: a column of days, one of names"
        raise Refused([Problem(Place(name), "only files that end in .ics, .csv or .xlsx are read", nearest=near)])
    if kind == "ics":
        return read_ics(file, name, zone)
    sheets = [read_csv(file, name)] if kind == "csv" else read_xlsx(file, name)
    return merged([(sheet, read_table(sheet, year, dates)) for sheet in sheets if sheet.rows], name)
