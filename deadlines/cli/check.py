"""``deadlines check``: everything in a folder read, derived and proved by its own examples."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._common import days, on_option, open_local, prove_wording, reporting

if TYPE_CHECKING:
    from deadlines.model.local import Local
    from deadlines.model.obligation import Agenda


@click.command(epilog="Example: deadlines check my-local")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How problems are printed.")
@on_option
def check(folder: Path, form: str, on: date | None) -> None:
    """Read every file of a FOLDER, run every example of every card, compare the counts; list all that is wrong."""
    from deadlines.deriving.examine import examine
    from deadlines.loading.sources import read_texts

    with reporting(folder, form == "json"):
        found, local = open_local(folder)
        on, _ = days(local, on, None)
        agenda, ran = examine(local, on, read_texts(found, local))
        prove_wording(found, local, agenda)
        if form == "json":
            click.echo("[]")
            return
        click.echo("\n".join(summary(local, agenda, ran, str(folder))))


def summary(local: Local, agenda: Agenda, ran: int, folder: str) -> list[str]:
    """The counts of a clean folder."""
    from deadlines.deriving.cases import calendar_known_on

    cards = [card for contract in local.contracts for card in contract.all_cards]
    status = Counter(card.status.value for card in cards)
    verdicts = Counter(row.verdict for row in agenda.audits)
    lines = [
        f"{folder}: clean",
        f"  cards: {len(cards)} ({', '.join(f'{n} {s}' for s, n in sorted(status.items()))})",
        f"  examples: {ran} hold",
        f"  school years: {len(local.years)} ({', '.join(year.name for year in local.years)}), "
        f"{sum(len(year.revisions) for year in local.years)} revisions",
        f"  counts: {verdicts['agree']} agree, {verdicts['differ']} differ, {verdicts['not known']} not known",
    ]
    told: dict[tuple[str, ...], list[str]] = {}
    for row in agenda.audits:
        if row.verdict != "agree":
            told.setdefault((row.year, row.what, str(row.expected), row.verdict, row.why), []).append(row.level)
    lines += [
        f"    {year}{' ' + ', '.join(levels) if any(levels) else ''}: {what} {expected}, {verdict}"
        f"{' (' + why + ')' if why else ''}"
        for (year, what, expected, verdict, why), levels in sorted(told.items(), key=lambda pair: pair[0][0])
    ]
    open_questions = sorted({(o.card.rule, q) for o in agenda.obligations for q in o.outcome.questions})
    lines.append(f"  readings open: {len(open_questions)}")
    lines += [f"    {rule}: {question}" for rule, question in open_questions]
    in_doubt = [o.id for o in agenda.obligations if o.outcome.in_doubt]
    lines += [f"  in doubt: {', '.join(in_doubt)}"] if in_doubt else []
    lines += [f"  not confirmed: {what} ({where})" for what, where in not_confirmed(local, agenda.known_on)]
    unknown = {
        (year.name, what)
        for year in calendar_known_on(local.years, agenda.known_on, local.levels[0]).years
        for what in year.not_known
    }
    lines += [f"  not known: {what} ({year})" for year, what in sorted(unknown)]
    lines += [f"  note: {message}" for message in agenda.messages]
    return lines


def not_confirmed(local: Local, known_on: date) -> list[tuple[str, str]]:
    """Every line of a year file that nobody has compared with the calendar, at whatever level, and where it stands."""
    from deadlines.deriving.cases import calendar_known_on

    found = {
        (str(origin), origin.line, what): (what, str(origin))
        for level in local.levels
        for year in calendar_known_on(local.years, known_on, level).years
        for what, origin in year.unconfirmed
    }
    return [found[key] for key in sorted(found, key=lambda key: (key[0].partition(":")[0], key[1], key[2]))]
