"""Laws that hold whatever the calendar: over made-up years, seeded, so that a failure is the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from calendars.counting import PastKnownData, count_between, count_from
from calendars.days import Kind
from calendars.neighbours import SchoolCalendar
from deadlines.deriving.cases import Event
from deadlines.model.problem import Place
from deadlines.phrases import tree as t
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.forms import FORMS
from deadlines.phrases.frame import CannotSay, Frame, NoSuchTerm
from deadlines.phrases.parse import parse
from deadlines.phrases.words import say
from deadlines.reading.nodes import Text
from tests.phrases.compare import program_frame
from tests.phrases.made_cards import owed
from tests.phrases.madeup import Marked, make_year, make_years, program_calendar
from tests.phrases.oracle_days import FAIR
from tests.phrases.trees import TreeMaker, make_frame

SCHOOL_KINDS = (Kind.STUDENT, Kind.TEACHER, Kind.OFFICE)
LEARNED: dict[str, str] = {name: fair[0] for name, fair in FAIR.items()}


def counted(calendar: SchoolCalendar, start: date, n: int, kind: Kind) -> date | None:
    try:
        return count_from(calendar, start, n, kind)
    except PastKnownData:
        return None


@cache
def calendars() -> tuple[SchoolCalendar, ...]:
    return tuple(program_calendar(make_years(Random(seed))) for seed in range(12))


# ---- counting -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind)
def test_n_after_and_n_before_return(kind: Kind) -> None:
    """From a day of the kind, so many days on and as many back: the same day."""
    returned = 0
    for calendar in calendars():
        days = [day for year in calendar.years for day in year.span]
        for day in days:
            if kind in SCHOOL_KINDS and count_between_one(calendar, day, kind) == 0:
                continue
            if kind is Kind.WEEKDAY and day.weekday() > 4:
                continue
            for n in (1, 2, 5, 19, 60):
                there = counted(calendar, day, n, kind)
                if there is not None:
                    assert count_from(calendar, there, -n, kind) == day
                    returned += 1
    assert returned > 5000


def count_between_one(calendar: SchoolCalendar, day: date, kind: Kind) -> int:
    try:
        return count_between(calendar, day - timedelta(days=1), day, kind)
    except PastKnownData:
        return 0


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("sign", [1, -1])
def test_one_more_day_is_later_and_one_more_before_is_earlier(kind: Kind, sign: int) -> None:
    for calendar in calendars():
        for start in [day for year in calendar.years for day in year.span][::23]:
            days = [counted(calendar, start, sign * n, kind) for n in range(1, 61)]
            told = [day for day in days if day is not None]
            assert told == sorted(set(told), reverse=sign < 0)
            assert days[: len(told)] == told  # once past known data, always past it
            assert all((day > start) == (sign > 0) for day in told)


@pytest.mark.parametrize("seed", range(10))
def test_a_closure_never_shortens(seed: int) -> None:
    """One more closed day: a forward count never ends earlier, a backward one never later; a few do move."""
    random = Random(f"closure {seed}")
    moved = 0
    for _ in range(8):
        year = make_year(random, random.randrange(2012, 2030))
        start, end = year.first_day, year.last_day
        closed = start + timedelta(days=random.randrange((end - start).days))
        more = replace(year, marks=(*year.marks, Marked("closed", "one more", closed, closed)))
        before, after = program_calendar([year]), program_calendar([more])
        for _ in range(60):
            event = date(int(year.name[:4]), 7, 1) + timedelta(days=random.randrange(365))
            n, kind = random.randrange(1, 61), random.choice(SCHOOL_KINDS)
            old, new = counted(before, event, n, kind), counted(after, event, n, kind)
            assert new is None or (old is not None and new >= old)
            moved += old != new
            old, new = counted(before, event, -n, kind), counted(after, event, -n, kind)
            assert new is None or (old is not None and new <= old)
            moved += old != new
    assert moved > 20


# ---- phrases --------------------------------------------------------------------------------------------


def told(frame: Frame, phrase: t.Date) -> date | None:
    try:
        return Evaluator(frame).date(phrase)
    except (CannotSay, NoSuchTerm):
        return None


def frames(seed: str) -> Iterator[tuple[Frame, TreeMaker]]:
    random = Random(seed)
    for _ in range(15):
        years = make_years(random)
        calendar = program_calendar([replace(year, doubts=()) for year in years])
        for _ in range(4):
            yield replace(program_frame(calendar, make_frame(random, years)), choices=LEARNED), TreeMaker(random)


def test_the_earlier_is_never_later_than_a_member_and_the_later_never_earlier() -> None:
    met = 0
    for frame, maker in frames("lists"):
        for _ in range(40):
            members = (maker.date(2, lists=False), maker.date(2, lists=False))
            days = [day for member in members if (day := told(frame, member))]
            first, last = told(frame, t.Listed(True, members)), told(frame, t.Listed(False, members))
            if first:
                assert first in days
                assert all(first <= day for day in days)
            if last:
                assert last in days
                assert all(last >= day for day in days)
                met += 1
            assert last is None or len(days) == 2  # the later of two is known only when both are
    assert met > 500


def test_a_limit_is_never_passed() -> None:
    bound = 0
    for frame, maker in frames("limits"):
        for _ in range(40):
            phrase, cap = maker.date(2), maker.date(1)
            day, limit, free = (told(frame, node) for node in (t.Capped(phrase, cap), cap, phrase))
            if day and limit:
                assert day <= limit
                bound += free is not None and free > day
            if day and free and free != day:
                assert day == limit
    assert bound > 100


def test_the_nearest_weekday_is_at_most_three_days_away() -> None:
    for day in (date(2018, 7, 1) + timedelta(days=n) for n in range(400)):
        frame = Frame(SchoolCalendar(()), "2018-19", events={"visit": day})
        for weekday in range(7):
            found = Evaluator(frame).date(t.Nearest(weekday, t.Named("visit")))
            assert found.weekday() == weekday
            assert abs((found - day).days) <= 3


@pytest.mark.parametrize("form", FORMS)
def test_what_is_said_back_means_the_same(form: str) -> None:
    start = "range" if " to " in form or form.startswith("during") else "phrase"
    tree = parse(Text(form, Place("form", 1, 1)), start)
    assert parse(Text(say(tree), Place("form", 1, 1)), start) == tree


def test_what_is_said_back_means_the_same_for_phrases_made_at_random() -> None:
    maker = TreeMaker(Random("said back"))
    seen = set()
    for _ in range(4000):
        tree = maker.phrase()
        start = "range" if isinstance(tree, t.Range | t.During) else "phrase"
        assert parse(Text(say(tree), Place("made up", 1, 1)), start) == tree, say(tree)
        seen.add(type(tree))
    assert len(seen) == 16  # every form of date, the range and the month


# ---- cards ------------------------------------------------------------------------------------------------

CLOSED = {  # Millbrook 2021-22, read off its year file, and the storm day of DOUBT
    date(2021, 9, 6), date(2021, 9, 10),
    *(date(2021, 11, day) for day in (25, 26)), *(date(2021, 12, day) for day in range(23, 32)),
}  # fmt: skip
DOUBT = """
  - announced: 2021-08-31
    adopted: not yet
    source: news
    closed: [2021-09-10 storm]
    in doubt:
      last student day: 2022-06-10 to 2022-06-14
      staff end of the school year: 2022-06-13 to 2022-06-15
      staff end of trimester 2: 2022-03-07 to 2022-03-09
"""


def test_the_safe_window_is_the_intersection_of_all_readings(tmp_path: Path) -> None:
    ends = [f"the end of {term}" for term in ("trimester 1", "trimester 2", "trimester 3", "the school year")]
    cards = [
        f"each: school year\nwindow: {{opens: {a} {unit} before {end}, closes: {b} {unit} before {end}}}"
        for a, b in ((75, 30), (20, 10), (9, 2))
        for unit in ("calendar days", "school days", "days of unstated kind")
        for end in ends
    ]
    found = owed(tmp_path, "teacher", cards, more=DOUBT)
    windows = [o for o in found if "opens" in o.outcome.values]
    assert len(windows) > 30
    for obligation in windows:
        rows: list[Any] = [row.values for row in obligation.outcome.readings if "opens" in row.values]
        opens: Any = obligation.outcome.values["opens"]
        closes: Any = obligation.outcome.values["closes"]
        days = [opens + timedelta(days=n) for n in range((closes - opens).days + 1)]
        assert all(row["opens"] <= day <= row["closes"] for row in rows for day in days)
        # and no day outside it lies in all of them
        for outside in (opens - timedelta(days=1), closes + timedelta(days=1)):
            assert not all(row["opens"] <= outside <= row["closes"] for row in rows)
        assert len(rows) >= 2


def test_act_by_is_a_day_known_open_and_never_before_the_event(tmp_path: Path) -> None:
    phrases = ["1 calendar day after visit", "3 calendar days after visit", "2 weeks after visit",
               "1 calendar month after visit", "4 days of unstated kind after visit",
               "the last Friday on or before visit",
               "the later of visit, the end of trimester 2", "30 school days after visit"]  # fmt: skip
    cards = [f"starts with: visit\ndue: no later than {phrase}" for phrase in phrases]
    first = date(2021, 8, 30)
    days = [first + timedelta(days=n) for n in range(0, 280, 3)]
    events = [Event("visit", day, str(number)) for number, day in enumerate(days)]
    found = owed(tmp_path, "teacher", cards, *events, more=DOUBT)
    acted = 0
    for obligation in found:
        act: Any = obligation.outcome.values["act by"]
        if not isinstance(act, date):
            continue
        acted += 1
        event = days[int(obligation.hang.removeprefix("event/"))]
        assert act >= event
        assert act.weekday() < 5
        assert act not in CLOSED
        rows: list[Any] = [row.values["stated"] for row in obligation.outcome.readings if "stated" in row.values]
        assert act <= min(rows)
    assert acted > 500
