"""Everything only deriving can find wrong: examples that fail, counts that differ, terms a year lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from calendars.facts import Origin
from calendars.neighbours import year_name
from deadlines.deriving.derive import Memory, derive, problem_of
from deadlines.deriving.examples import Difference, run_example
from deadlines.model.card import Card, Example
from deadlines.model.local import Local
from deadlines.model.obligation import Agenda, AuditRow
from deadlines.model.problem import Place, Problem, Refused
from deadlines.model.sources import SourceText
from deadlines.phrases.frame import NoSuchTerm, TooManyReadings
from deadlines.reading.show import nearest
from deadlines.shapes import is_dated, shape


def examine(local: Local, on: date, texts: tuple[SourceText, ...] = ()) -> tuple[Agenda, int]:
    """The agenda as known on ``on`` and how many examples ran. Raises Refused with all that is wrong.

    The year is derived as it was known after every announcement, so that no state of it is unproved. ``texts``
    are the steward's own copies of the documents: the few words a card quotes must stand in them.
    """
    problems = [*_missing_year(local, on), *_failing_examples(local)]
    if texts:
        from deadlines.deriving.quotes import misquoted  # few folders have them

        problems += misquoted(local, texts)
    ran = sum(len(card.examples) for contract in local.contracts for card in contract.all_cards)
    agenda: Agenda | None = None
    memory: Memory = {}
    changes = {day for year in local.years for r in year.revisions if r.changes_days
               for day in (r.announced, r.adopted) if day}  # fmt: skip
    for known_on in sorted(changes | {on}):
        try:
            found = derive(local, on, known_on, memory=memory)
        except Refused as refused:
            problems += refused.problems
            continue
        problems += _differing(found.audits)
        agenda = found if known_on == on else agenda
    if problems or agenda is None:
        raise Refused(list(dict.fromkeys(problems)))
    return agenda, ran


def _missing_year(local: Local, on: date) -> Iterator[Problem]:
    """The school year we stand in must be on file while an agreement holds: without a calendar there is no date."""
    name = year_name(on)
    if name < local.kept_since or any(year.name == name for year in local.years):
        return
    for contract in local.contracts:
        if contract.first <= on <= contract.last:
            message = f"school year {name} is missing, and agreement {contract.name} holds in it: no date can be given"
            yield Problem(Place(f"years/{name}.yaml"), message)


def _failing_examples(local: Local) -> Iterator[Problem]:
    for contract in local.contracts:
        for card in contract.all_cards:
            for example in card.examples:
                if unknown := _unknown(local, card, example):
                    yield unknown
                    continue
                try:
                    differences = run_example(local, contract, card, example)
                except (NoSuchTerm, TooManyReadings) as error:
                    started = [part for part in card.parts if part.starts_with in example.events]
                    yield problem_of(error, card, (*started, *card.parts)[0])
                    continue
                for difference in differences:
                    yield _failed(local, card, example, difference)


def _unknown(local: Local, card: Card, example: Example) -> Problem | None:
    """A level or a school year that no year file has: nothing could hang on it."""
    dated = any(is_dated(shape(part.shape)) for part in card.parts)
    level, years = example.given.get("level"), [year.name for year in local.years]
    if level and level not in local.levels:
        message = f"example {example.number}: no school year has a level `{level}`"
        near = nearest(level, local.levels) or ", ".join(local.levels)
    elif example.school_year and example.school_year not in years and dated:  # a table of values needs no calendar
        message = f"example {example.number}: school year {example.school_year} is not on file"
        near = nearest(example.school_year, years)
    else:
        return None
    return Problem(example.place, message, nearest=near, article=card.citation.place)


def _failed(local: Local, card: Card, example: Example, difference: Difference) -> Problem:
    name = f"{difference.part}: {difference.name}" if difference.part else difference.name
    message = (
        f"example {example.number} does not hold: {name} should be {difference.expected}, came out {difference.found}"
    )
    steps = [f"step {number}: {step}" for number, step in enumerate(difference.steps, 1)]
    notes = (f"because: {example.because}", *steps, *_calendar_note(local, example))
    return Problem(example.place, message, article=card.citation.place, notes=notes)


def _calendar_note(local: Local, example: Example) -> Iterator[str]:
    """Which revisions the example was counted by: perhaps the calendar changed, and not the card."""
    names = {example.school_year, *(year_name(day) for day in example.events.values())}
    for history in local.years:
        if history.name in names:
            known = [str(r.announced) for r in history.revisions if r.announced <= example.known_on]
            yield f"calendar: {history.file} with what was announced on {', '.join(dict.fromkeys(known))}"


def _differing(rows: Iterable[AuditRow]) -> Iterator[Problem]:
    """Printed counts that nothing explains; levels that differ alike are told once."""
    levels: dict[tuple[Origin, str], list[AuditRow]] = {}
    for row in rows:
        if row.verdict == "differ" and row.origin and not row.explained:
            levels.setdefault((row.origin, row.found), []).append(row)
    for (origin, counted), alike in levels.items():
        named = f" for {' and '.join(row.level for row in alike)}" if alike[0].level else ""
        what = alike[0].what.removesuffix(" (printed)")
        message = f"{what}{named}: {alike[0].expected} printed, {counted} counted"
        yield Problem(Place(origin.file, origin.line, 1), message, nearest=f"{counted}, or a day listed otherwise")
