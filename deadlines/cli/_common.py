"""What the commands share: options, opening the folder, printing problems, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from deadlines.model.local import Local
    from deadlines.model.obligation import Agenda
    from deadlines.model.problem import Problem

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A date written 2018-09-04."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        from deadlines.model.problem import Place
        from deadlines.reading.fields import Bad, parse_day

        try:
            return parse_day(value, Place("--on"))
        except Bad as bad:
            self.fail(f"{bad.message}{f'; nearest: {bad.near}' if bad.near else ''}", param, ctx)


class SchoolYear(click.ParamType[str]):
    """A school year written 2018-19."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from deadlines.model.problem import Place
        from deadlines.reading.fields import Bad, parse_school_year

        try:
            return parse_school_year(value, Place("--year"))
        except Bad as bad:
            self.fail(f"{bad.message}; nearest: {bad.near}", param, ctx)


folder_option = click.option(
    "--folder",
    "-C",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The local's folder, or one inside it.",
)
on_option = click.option(
    "--on", "on", type=Day(), default=None, help="The day to stand on. Default: today, in the local's zone."
)
known_option = click.option(
    "--as-known-on",
    "known_on",
    type=Day(),
    default=None,
    help="Leave out what was announced later. Default: --on.",
)
role_option = click.option(
    "--for", "role", default=None, metavar="ROLE", help="A role of the agreement, such as delegate."
)
school_option = click.option(
    "--school", default="", metavar="NAME", help="Also what an overlay such as a waiver says for one school."
)


@contextmanager
def reporting(folder: Path | None = None, as_json: bool = False) -> Iterator[None]:
    """Print every problem of the user's files and leave with exit code 1; never a traceback for them."""
    from deadlines.model.problem import Refused

    try:
        yield
    except Refused as refused:
        report(refused.problems, folder, as_json)
        sys.exit(1)
    except BrokenPipeError:  # whoever read along has left; click knows what to do, and what was written is written
        raise
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        click.echo(f"{what}{error.strerror or error}; nothing was written.", err=True)
        sys.exit(1)


def report(problems: list[Problem], folder: Path | None, as_json: bool) -> None:
    """All problems at once, to stderr as text or to stdout as JSON."""
    from deadlines.reading.show import as_json as to_json
    from deadlines.reading.show import as_text

    filled = [_with_line(problem, folder) for problem in problems]
    if as_json:
        click.echo(to_json(filled))
        return
    for problem in filled:
        click.echo(as_text(problem) + "\n", err=True)
    click.echo(f"{len(filled)} problem{'s' if len(filled) != 1 else ''}; nothing was written.", err=True)


def _with_line(problem: Problem, folder: Path | None) -> Problem:
    """A problem found while deriving knows its line's number; its text is read here."""
    if problem.line_text or not problem.place.line or folder is None:
        return problem
    from deadlines.loading.folder import find_folder
    from deadlines.loading.shipped import shipped

    file = find_folder(folder) / problem.place.file
    if not file.is_file():  # a template that ships, which a part of the steward's own does not fit
        file = shipped("templates").parent / problem.place.file
    lines = file.read_text(encoding="utf-8").splitlines()
    if problem.place.line > len(lines):
        return problem
    text, place = lines[problem.place.line - 1], problem.place
    if indent := len(text) - len(text.lstrip()):  # a fact of a calendar knows its line alone
        place = place._replace(column=indent + 1, length=len(text) - indent) if place.column == 1 else place
    return replace(problem, line_text=text, place=place)


def open_local(folder: Path) -> tuple[Path, Local]:
    """The folder found and read. Raises Refused."""
    from deadlines.loading.folder import find_folder, read_local

    found = find_folder(folder)
    return found, read_local(found)


def days(local: Local, on: date | None, known_on: date | None) -> tuple[date, date]:
    """The day to stand on and the day of knowledge, with their defaults."""
    if on is None:
        from calendars.clock import today

        on = today(local.zone)
    return on, known_on or on


def agenda_for(local: Local, on: date, known_on: date, digest: bool = False, school: str = "") -> Agenda:
    """The agenda with what moved in the last seven days of knowledge; for a digest, with what runs out this week.

    Raises UsageError for a school no overlay names: a slip would quietly leave its waiver out.
    """
    from datetime import timedelta

    from calendars.days import DateSpan
    from deadlines.deriving.derive import derive
    from deadlines.deriving.moves import moves_between
    from deadlines.deriving.runs_out import runs_out
    from deadlines.model.obligation import NOTICE

    if school and school not in local.schools:
        from deadlines.reading.show import nearest

        near = nearest(school, local.schools)
        hint = f"; nearest: {near}" if near else f"; there are: {', '.join(local.schools) or 'none'}"
        raise click.UsageError(f"no overlay names a school called “{school}”{hint}")
    moves = moves_between(local, on, known_on - timedelta(days=7), known_on, school)
    ends = runs_out(local, known_on, DateSpan(on, on + timedelta(days=6)), school) if digest else ()
    told = tuple(move for move in moves if move.which != NOTICE)  # it follows the date it gives notice of
    return replace(derive(local, on, known_on, school=school), moves=told, runs_out=ends)


def prove_wording(found: Path, local: Local, agenda: Agenda) -> None:
    """Print digest, mail and site with the local's own templates and words, if any, to nowhere. Raises Refused."""
    own_templates, own_words = ((found / name).is_dir() for name in ("templates", "languages"))
    if not (own_templates or (own_words and local.mail)):
        return
    from deadlines.loading.shipped import templates
    from deadlines.outputs._view import View

    wording = templates(found / "templates")
    view = View(local, agenda, "all", templates=wording)
    if own_templates:
        from deadlines.cli._site import prove_site
        from deadlines.outputs import output

        output("digest").render(view)
        output("digest").render_html(view)
        prove_site(local, agenda, wording)
    if local.mail:
        from deadlines.composing.proof import prove_mails

        prove_mails(local, view, wording)


def known_role(local: Local, role: str, also: tuple[str, ...] = ("all",)) -> str:
    """A role some card tells. Raises UsageError with the nearest one."""
    from deadlines.reading.show import nearest

    roles = (*local.readers, *also)
    if role not in roles:
        near = nearest(role, roles)
        hint = f"; nearest: {near}" if near else f"; there are: {', '.join(roles)}"
        raise click.UsageError(f"no card tells a role called “{role}”{hint}")
    return role


def known_language(code: str, english: bool = True) -> str:
    """A language mails may be in. Raises UsageError with those there are."""
    from deadlines.loading.shipped import languages

    known = languages() if english else languages()[1:]
    if code not in known:
        raise click.UsageError(f"no mails are in “{code}”; there are: {', '.join(known)}")
    return code


def write_bytes(data: bytes) -> None:
    """Bytes to standard output, as they are."""
    click.echo(data, nl=False)
