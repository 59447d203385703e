"""``deadlines check``: everything in a folder read, derived and proved by its own examples."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._common import days, on_option, open_local, report, reporting

if TYPE_CHECKING:
    from deadlines.model.local import Local
    from deadlines.model.obligation import Agenda
    from deadlines.model.problem import Problem


@click.command(epilog="Example: deadlines check districts/chicago")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How problems are printed.")
@on_option
def check(folder: Path, form: str, on: date | None) -> None:
    """Read every file of a FOLDER, run every example of every card, compare the counts; list all that is wrong."""
    with reporting(folder, form == "json"):
        found, local = open_local(folder)
        on, _ = days(local, on, None)
        problems, agenda, ran = examine(local, on)
        if problems:
            report(problems, found, form == "json")
            sys.exit(1)
        if form == "json":
            click.echo("[]")
            return
        click.echo("\n".join(summary(local, agenda, ran, str(folder))))


def examine(local: Local, on: date) -> tuple[list[Problem], Agenda, int]:
    """Everything only deriving can find: examples that fail, counts that differ, terms a year lacks."""
    from deadlines.deriving.derive import derive, problem_of
    from deadlines.deriving.examples import run_example
    from deadlines.model.problem import Place, Problem, Refused
    from deadlines.phrases.frame import NoSuchTerm, TooManyReadings

    problems: list[Problem] = []
    ran = 0
    for contract in local.contracts:
        for card in contract.cards:
            for example in card.examples:
                ran += 1
                try:
                    differences = run_example(local, contract, card, example)
                except (NoSuchTerm, TooManyReadings) as error:
                    problems.append(problem_of(error, card, card.parts[0]))
                    continue
                problems += [_failed(card.citation.place, example, d) for d in differences]
    days_of_knowledge = sorted({r.announced for year in local.years for r in year.revisions} | {on})
    for known_on in days_of_knowledge:
        try:
            agenda = derive(local, on, known_on)
        except Refused as refused:
            problems += [p for p in refused.problems if p not in problems]
            agenda = None
            continue
        for row in agenda.audits:
            if row.verdict == "differ" and not row.rule:
                file = next(year.file for year in local.years if year.name == row.year)
                line = next(year.revisions[0].printed.get(row.what.removesuffix(" (printed)"), (0, None))[1]
                            for year in local.years if year.name == row.year)  # fmt: skip
                message = f"{row.what}: {row.expected} printed, {row.found} counted ({row.level or 'all levels'}, as known on {known_on})"
                problem = Problem(Place(file, line.line if line else 0, 1), message)
                problems += [problem] if problem not in problems else []
    assert agenda or problems
    return problems, agenda, ran  # type: ignore[return-value]


def _failed(article: str, example, difference) -> Problem:  # type: ignore[no-untyped-def]
    from deadlines.model.problem import Problem

    name = f"{difference.part}: {difference.name}" if difference.part else difference.name
    notes = [f"because: {example.because}", *(f"{n}. {step}" for n, step in enumerate(difference.steps, 1))]
    message = (
        f"example {example.number} does not hold: {name} should be {difference.expected}, came out {difference.found}"
    )
    return Problem(example.place, message, article=article, notes=tuple(notes))


def summary(local: Local, agenda: Agenda, ran: int, folder: str) -> list[str]:
    """The counts of a clean folder."""
    from deadlines.deriving.cases import calendar_known_on

    cards = [card for contract in local.contracts for card in contract.cards]
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
    lines += [
        f"    {row.year}{' ' + row.level if row.level else ''}: {row.what} {row.expected}, {row.verdict}"
        f"{' (' + row.why + ')' if row.why else ''}"
        for row in agenda.audits
        if row.verdict != "agree"
    ]
    open_questions = sorted({(o.card.rule, q) for o in agenda.obligations for q in o.outcome.questions})
    lines.append(f"  readings open: {len(open_questions)}")
    lines += [f"    {rule}: {question}" for rule, question in open_questions]
    in_doubt = [o.id for o in agenda.obligations if o.outcome.in_doubt]
    lines += [f"  in doubt: {', '.join(in_doubt)}"] if in_doubt else []
    unknown = {
        (year.name, what)
        for year in calendar_known_on(local.years, agenda.known_on, local.levels[0]).years
        for what in year.not_known
    }
    lines += [f"  not known: {what} ({year})" for year, what in sorted(unknown)]
    lines += [f"  note: {message}" for message in agenda.messages]
    return lines
