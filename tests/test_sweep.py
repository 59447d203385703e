"""Every shipped card in sixteen made-up school years of three structures: no crash, no date outside its frame.

The years 2015-16 to 2030-31 are made up from seeds and read from year files, each with the one after it, so that
leap years, every weekday of 30 September and calendars without quarters are all met.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from calendars.days import MONTHS, WEEKDAYS, long_date, short_date
from calendars.neighbours import SchoolCalendar
from calendars.revisions import YearHistory
from deadlines.deriving.cases import Event, calendar_known_on, cases
from deadlines.deriving.derive import work_out
from deadlines.loading.years import read_year
from deadlines.model.card import Card, Contract, Part
from deadlines.model.obligation import Outcome
from deadlines.model.problem import Problems
from deadlines.phrases import tree as t
from deadlines.phrases.frame import CannotSay, NoSuchTerm
from deadlines.shapes import is_dated, shape
from tests.phrases.madeup import make_year, name_of
from tests.phrases.madeup_file import year_file
from tests.support import chicago

YEARS = range(2015, 2031)
STRUCTURES = ("quarters and semesters", "semesters", "trimesters")
HAS = {
    "quarters and semesters": {"quarter", "semester"}, "semesters": {"semester"}, "trimesters": {"trimester"},
}  # fmt: skip
SEPTEMBER_30_ON_A_WEEKEND = {2017, 2018, 2023, 2028, 2029}  # read off a printed perpetual calendar
TOLD = date(2010, 1, 2)
SUMMER = timedelta(days=80)
LONG = re.compile(rf"\b({'|'.join(WEEKDAYS)}) ({'|'.join(MONTHS)}) (\d+), (\d{{4}})")


@cache
def history(folder: Path, structure: str, start: int) -> YearHistory:
    year = make_year(Random(f"sweep {structure} {start}"), start, structure)
    path = folder / f"{structure.replace(' ', '-')}-{year.name}.yaml"
    path.write_text(year_file(year), encoding="utf-8")
    problems = Problems()
    found = read_year(path, path.name, problems)
    assert found, [problem.message for problem in problems.found]
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sweep")


def parts() -> list[tuple[Contract, Card, Part]]:
    return [(contract, card, part) for contract in chicago().contracts for card in contract.all_cards
            for part in card.parts if is_dated(shape(part.shape))]  # fmt: skip


def term_kinds(part: Part) -> set[str]:
    """The kinds of term a part cannot do without."""
    nodes = [node for phrase in shape(part.shape).phrases(part.spec) for node in t.nodes(phrase)]
    terms = (t.NumberedTerm, t.FramedTerm, t.TermContaining, t.TermNext, t.TermAfter)
    named = {node.kind for node in nodes if isinstance(node, terms)} | {part.each}
    return named & {"quarter", "semester", "trimester", "term"}


def happened(part: Part, start: int) -> tuple[Event, ...]:
    """The starting event on days of every sort: summer, weekend, the last days of months, a 29 February.

    Every 29th day, other ones each year, so that sixteen years meet most days of the calendar.
    """
    if not part.starts_with:
        return ()
    first = date(start, 7, 1)
    days = {first + timedelta(days=n) for n in range(start * 9 % 29, 365, 29)}
    days |= {date(start, 8, 31), date(start, 10, 31), date(start, 12, 31), date(start + 1, 1, 31)}
    leap = date(start + 1, 3, 1) - timedelta(days=1)
    return tuple(Event(part.starts_with, day, day.isoformat()) for day in sorted({*days, leap}))


def outcomes(
    contract: Contract, card: Card, part: Part, calendar: SchoolCalendar, start: int
) -> Iterator[tuple[str, Outcome]]:
    """What becomes of a part in the year in question, whatever the term of its agreement is."""
    for hang, case in cases(contract, card, part, calendar, happened(part, start)):
        if isinstance(case, CannotSay):
            assert case.reason
        elif case.frame.year == name_of(start):
            yield hang, work_out(case)


def dates(outcome: Outcome) -> dict[str, date]:
    found: dict[str, Any] = {**outcome.values, "lead": outcome.lead}
    found |= {f"moment {moment.which}": moment.day for moment in outcome.moments}
    return {name: value for name, value in found.items() if isinstance(value, date)}


def check_frame(hang: str, start: int, outcome: Outcome) -> None:
    """A recurring duty stays in its school year; one that follows an event never comes before it."""
    first, last = date(start, 7, 1), date(start + 1, 6, 30)
    found = dates(outcome)
    late = found.pop("late beyond doubt after", None)
    if hang.startswith("event/"):
        event = date.fromisoformat(hang.removeprefix("event/"))
        assert all(event <= day for day in found.values()), (hang, found)
        # The longest of all: child-rearing leaves in a row, eight years (33-7.1).
        assert all(day <= event + timedelta(days=8 * 366) for day in found.values()), (hang, found)
    else:
        assert all(first <= day <= last for day in found.values()), (hang, found)
        assert late is None or first <= late <= last + SUMMER, (hang, late)
    if late:
        assert late >= found["stated"]
    if "opens" in found and "closes" in found:
        assert found["opens"] <= found["closes"]
    for name in ("act by", "ask by", "deliver by"):
        assert name not in found or found[name] <= found["closes" if name == "deliver by" else "stated"]


def check_weekdays(outcome: Outcome) -> int:
    """Every date written in a step or a line of an entry stands beside its own weekday; how many there were."""
    lines = [*map(str, outcome.steps), *(moment.text for moment in outcome.moments), outcome.cannot_say]
    written = LONG.findall(" ".join(lines))
    for weekday, month, day, year in written:
        assert weekday == _weekday(int(year), MONTHS.index(month) + 1, int(day)), lines
    return len(written)


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("start", YEARS)
def test_no_crash_no_date_outside_its_frame_and_the_right_weekday(structure: str, start: int, folder: Path) -> None:
    years = (history(folder, structure, start), history(folder, structure, start + 1))
    calendar = calendar_known_on(years, TOLD, "")
    met: Counter[str] = Counter()
    for contract, card, part in parts():
        missing = term_kinds(part) - HAS[structure]
        if missing and not any(f"{kind} ends" in year.not_known for year in calendar.years for kind in missing):
            with pytest.raises(NoSuchTerm):
                list(outcomes(contract, card, part, calendar, start))
            met["refused"] += 1
            continue
        try:
            found = list(outcomes(contract, card, part, calendar, start))
        except NoSuchTerm:  # the second of the two years lacks what of the first nobody has seen
            found = []
        for hang, outcome in found:
            check_frame(hang, start, outcome)
            met["weekdays"] += check_weekdays(outcome)
            assert outcome.lead or outcome.cannot_say
            assert not (missing and outcome.lead), f"{card.rule} was dated without a {missing}"
            met["dated" if outcome.lead else "cannot say"] += 1
    assert met["dated"] > 100
    assert met["weekdays"] > 200
    # 7-6, 27-5 and 35-4 hang on quarters and semesters; nothing is refused where both are.
    assert (met["refused"] == 0) or structure != "quarters and semesters"
    assert (met["refused"] >= 3) or structure != "trimesters"


@pytest.mark.parametrize("start", YEARS)
def test_30_september(start: int, folder: Path) -> None:
    """13-3: the stated day is 30 September every year; it is asked for earlier wherever that is a weekend."""
    years = (history(folder, "semesters", start), history(folder, "semesters", start + 1))
    calendar = calendar_known_on(years, TOLD, "")
    found = [
        (card, part) for _, card, part in parts() if (card.rule, part.name) == ("13-3-activity-calendar", "first half")
    ]
    contract = next(contract for contract in chicago().contracts if found[0][0] in contract.all_cards)
    ((_, outcome),) = outcomes(contract, *found[0], calendar, start)
    stated, asked = dates(outcome)["stated"], dates(outcome)["ask by"]
    assert stated == date(start, 9, 30)
    weekend = start in SEPTEMBER_30_ON_A_WEEKEND
    assert (long_date(stated).split()[0] in ("Saturday", "Sunday")) == weekend
    assert not weekend or asked < stated


def _weekday(year: int, month: int, day: int) -> str:
    """Zeller's congruence: another way to a weekday than the one the program takes."""
    month, year = (month + 12, year - 1) if month < 3 else (month, year)
    h = (day + 13 * (month + 1) // 5 + year % 100 + year % 100 // 4 + year // 100 // 4 - 2 * (year // 100)) % 7
    return ("Saturday", *("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"))[h]


def test_short_dates_carry_the_right_weekday() -> None:
    for day in (date(2015, 7, 1) + timedelta(days=n) for n in range(16 * 366)):
        assert short_date(day)[:3] == _weekday(day.year, day.month, day.day)[:3]
