"""``deadlines new-year``: the next school year begun, and what it asks of the steward."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._common import SchoolYear, folder_option, on_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.model.local import Local
    from deadlines.model.problem import Problem


@click.command("new-year", epilog="Example: deadlines new-year 2027-28")
@click.argument("year", type=SchoolYear())
@folder_option
@on_option
def new_year(year: str, folder: Path, on: date | None) -> None:
    """Begin the next school year: a year file to fill in, and what runs out or is to be compared again.

    The file says that nothing is known yet, so that no date is guessed; last year's calendar stands in it as comments.
    What was published, and the addresses of the feeds, are left as they are.
    """
    from deadlines.cli._common import days
    from deadlines.cli._files import write_all
    from deadlines.importing.blank import blank_year
    from deadlines.importing.rollover import agreements, to_compare

    with reporting(folder):
        found, local = open_local(folder)
        on, _ = days(local, on, None)
        refuse(found, local, year)
        last = max(local.years, key=lambda history: history.name)
        text = blank_year(year, last, on)
        target = found / "years" / f"{year}.yaml"
        said = list(kept(found, local, text, target.name, on))
        write_all({target: text.encode()})
        click.echo(f"{target}: written, to be filled in; all of it is not known yet")
        for head, lines in (
            ("Agreements", agreements(local, year)),
            ("Cards to compare again", to_compare(local, year, on)),
            ("School years not kept", (f"{name}: {why}" for name, why in local.not_kept.items())),
            ("Published", iter(said)),
        ):
            click.echo("\n".join((f"{head}:", *(f"  {line}" for line in list(lines) or ["none"]))))
        click.echo("Next, as soon as the district has its calendar:")
        click.echo(f"  deadlines import-year FILE --year {year} -C {found} --replace, or fill in {target}")
        click.echo(f"  deadlines check {found}")


def refuse(found: Path, local: Local, year: str) -> None:
    """Raises Refused for a year that is on file, that is not kept, or that is not the next."""
    from deadlines.cli._years import refuse_existing
    from deadlines.importing.rollover import following
    from deadlines.model.problem import Place, Problem, Refused

    next_one = following(local)
    near = f"deadlines new-year {next_one}"
    refuse_existing(found / "years" / f"{year}.yaml", near)
    if history := next((history for history in local.years if history.name == year), None):
        raise Refused([Problem(Place(history.file), f"school year {year} is already on file", nearest=near)])
    if year in local.not_kept:
        raise Refused([_not_kept(found, year, local.not_kept[year])])
    if year != next_one:
        message = f"the last school year on file is {max(history.name for history in local.years)}"
        raise Refused([Problem(Place(f"years/{year}.yaml"), message, nearest=near)])


def _not_kept(found: Path, year: str, why: str) -> Problem:
    """The problem of a year that deadlines.yaml says is not kept, where it says so."""
    from deadlines.loading.folder import MAIN_FILE
    from deadlines.model.problem import Place, Problem, Problems
    from deadlines.reading.nodes import Map, read_document

    message, near = f"school year {year} is one that is not kept: {why}", "take it out of `years not kept` first"
    document = read_document(found / MAIN_FILE, MAIN_FILE, Problems())
    for _, years in document.root if document and isinstance(document.root, Map) else ():
        for key, _ in years if isinstance(years, Map) else ():
            if document and key.value == year:
                return document.problem(key.place, message, near)
    return Problem(Place(MAIN_FILE), message, nearest=near)


def kept(found: Path, local: Local, text: str, name: str, on: date) -> Iterator[str]:
    """That what is published stays as it is, tried by working out the next build without the new file and with it.

    Raises Refused when the ledger cannot be read.
    """
    from deadlines.cli._common import agenda_for
    from deadlines.cli._publishing import LEDGER, made, read_ledger
    from deadlines.cli._years import prove

    with_it = replace(local, years=(*local.years, prove(text, name)))
    before, _ = read_ledger(found, "public")
    if not before:
        yield "nothing yet; the namespace, and with it the identity of every date, stays as it is"
        return
    now, then = (made(one, agenda_for(one, on, on), before, on) for one in (local, with_it))
    changed = [uid for uid in before if now.published.lines.get(uid) != then.published.lines.get(uid)]
    yield f"{LEDGER}: {len(before)} dates keep their identity; the new file changes {len(changed) or 'none'} of them"
    gone = sorted(now.feeds.keys() - then.feeds.keys())
    state = f"no longer made: {', '.join(gone)}" if gone else f"at the same addresses: {', '.join(sorted(then.feeds))}"
    yield f"{len(then.feeds)} feeds, {state}"
