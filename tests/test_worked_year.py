"""The worked year 2018-19 of the facts table: expected dates typed from the table and counted on paper.

Column a is the calendar as adopted in January 2018, column b as amended after the cold days (known
in May 2019). Rows whose article has no card yet are evaluated as the phrase the article would use.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import pytest

from calendars.neighbours import SchoolCalendar
from deadlines.deriving.cases import Event, calendar_known_on
from deadlines.deriving.derive import derive
from deadlines.model.obligation import Obligation
from deadlines.model.problem import Place
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import Frame
from deadlines.phrases.parse import parse
from deadlines.reading.nodes import Text
from tests.support import ROOT, chicago, clean

A, B = date(2018, 9, 1), date(2019, 5, 15)
EVENTS = (
    Event("prep cancelled", date(2018, 10, 10), "prep"),
    Event("violation", date(2019, 5, 15), "may"),
    Event("violation", date(2018, 10, 15), "october"),
)


@cache
def obligations(known: date) -> dict[str, Obligation]:
    agenda = derive(chicago(), date(2018, 11, 12), known, EVENTS)
    return {o.id: o for o in agenda.obligations}


def iso(text: str) -> date:
    return date.fromisoformat(text)


# id, name of the value, column a, column b (None: not knowable or the same row says otherwise)
CARD_ROWS = [
    ("26-1-personal-days/2018-19", "given on", "2018-07-01", "2018-07-01"),
    ("26-1-personal-days/2018-19", "lost", "2019-06-30", "2019-06-30"),
    ("13-3-activity-calendar/first half/2018-19", "stated", "2018-09-30", "2018-09-30"),
    ("13-3-activity-calendar/second half/2018-19", "stated", "2019-02-01", "2019-02-01"),
    ("35-4-transfer-window/mid-year/2018-19", "opens", "2018-11-18", "2018-11-18"),
    ("35-4-transfer-window/mid-year/2018-19", "closes", "2019-01-02", "2019-01-02"),
    ("27-5-make-up-prep/make up/event/prep", "stated", "2019-01-31", "2019-01-31"),
    ("27-5-make-up-prep/make up/event/prep", "ask by", "2019-01-31", "2019-01-29"),
    ("35-4-transfer-window/end of year/2018-19", "opens", "2019-04-05", "2019-04-07"),
    ("35-4-transfer-window/end of year/2018-19", "closes", "2019-05-20", "2019-05-21"),
]


@pytest.mark.parametrize(("id", "name", "a", "b"), CARD_ROWS)
def test_card_rows(id: str, name: str, a: str, b: str) -> None:
    assert obligations(A)[id].outcome.values[name] == iso(a)
    assert obligations(B)[id].outcome.values[name] == iso(b)


def test_weekdays_the_table_names() -> None:
    """30 June 2019 and 30 September 2018 are Sundays; both dates are kept where they are stated."""
    assert iso("2019-06-30").weekday() == iso("2018-09-30").weekday() == 6


def test_35_4_second_window_if_the_anchor_moves_to_21_june() -> None:
    """7 April to 22 May: 75 and 30 days before 21 June. Shown as a reading while 20 and 21 June are possible."""
    rows = obligations(B)["35-4-transfer-window/end of year/2018-19"].outcome.readings
    found = {tuple(row.values.values()) for row in rows}
    assert (iso("2019-04-07"), iso("2019-05-22")) in found
    assert (iso("2019-04-06"), iso("2019-05-21")) in found


def _readings(id: str, known: date) -> dict[str, set[date]]:
    found: dict[str, set[date]] = {}
    for row in obligations(known)[id].outcome.readings:
        day = row.values.get("stated")
        if isinstance(day, date):
            found.setdefault(row.answers["school day"], set()).add(day)
    return found


def test_3_6_2_from_15_may_2019() -> None:
    """As amended 25 student days are left in the year and 20 more are wanted: 30 September. As adopted 23: 2 October.

    Teacher days: 24 left as adopted, the 45th is 24 September; as amended 25, or 26 if the staff day is 21 June.
    """
    id = "3-6-2-file-a-grievance/ordinary/event/may"
    assert _readings(id, iso("2019-01-25")) == {
        "student days": {iso("2019-10-02")},
        "teacher days": {iso("2019-09-24")},
    }
    assert _readings(id, B) == {
        "student days": {iso("2019-09-30")},
        "teacher days": {iso("2019-09-23"), iso("2019-09-20")},
    }
    assert obligations(B)[id].outcome.values["act by"] == iso("2019-09-20")
    assert obligations(B)[id].after_end


def test_3_6_2_cannot_be_told_before_the_next_calendar() -> None:
    """Known on 1 September 2018 there is no 2019-20: the row says how far the count comes, and gives no date."""
    agenda = derive(chicago(), A, A, EVENTS)
    (row,) = [r for r in agenda.rows if r.hang == "event/may" and r.part.name == "ordinary"]
    assert row.why.startswith("at least 23 of 45 student days")


def test_3_6_2_from_15_october_2018() -> None:
    """21 December in teacher days, 8 January in student days; elementary and high schools alike."""
    found = _readings("3-6-2-file-a-grievance/ordinary/event/october", A)
    assert found == {"student days": {iso("2019-01-08")}, "teacher days": {iso("2018-12-21")}}


PHRASE_ROWS = [
    ("7-5 student texts by the end of the first student week", "Friday of school week 1", "2018-09-07", "2018-09-07"),
    ("duty schedule, semester 1", "1 week after the start of semester 1", "2018-09-11", "2018-09-11"),
    ("duty schedule, semester 2", "1 week after the start of semester 2", "2019-02-11", "2019-02-11"),
    ("4-11", "the next Wednesday after the next Wednesday after the start of the school year",
     "2018-09-12", "2018-09-12"),
    ("10th student day", "the 10th student day of the school year", "2018-09-17", "2018-09-17"),
    ("20th student day", "the 20th student day of the school year", "2018-10-01", "2018-10-01"),
    ("24-1", "the next Monday after the end of spring recess", "2019-04-22", "2019-04-22"),
    ("40-2", "May 1", "2019-05-01", "2019-05-01"),
    ("40-3, a Saturday", "June 1", "2019-06-01", "2019-06-01"),
    ("24-3", "10 student days before the student end of the school year", "2019-06-04", "2019-06-06"),
    ("39-2.5", "7 calendar days before the student end of the school year", "2019-06-11", "2019-06-13"),
]  # fmt: skip


def calendar(known: date, level: str = "elementary") -> SchoolCalendar:
    return calendar_known_on(chicago().years, known, level)


@pytest.mark.parametrize(("row", "phrase", "a", "b"), PHRASE_ROWS)
@pytest.mark.parametrize("level", ["elementary", "high school"])
def test_phrase_rows(row: str, phrase: str, a: str, b: str, level: str) -> None:
    tree: Any = parse(Text(phrase, Place("row", 1, 1)))
    for known, expected in ((A, a), (B, b)):
        frame = Frame(calendar(known, level), "2018-19")
        assert Evaluator(frame).date(tree) == iso(expected), row


def test_printed_windows_reproduce_from_the_staff_day_and_from_nothing_else() -> None:
    """The union printed 18 November to 2 January; of the four readings only staff end, both count, gives it."""
    text = clean("why", "35-4", "-C", str(ROOT / "districts/chicago"), "--on", "2018-11-12")
    assert text.count("Sunday November 18, 2018, closes Wednesday January 2, 2019") == 0  # no reading set aside does
    data = json.loads(clean("show", "-C", str(ROOT / "districts/chicago"), "--on", "2018-11-12", "--format", "json"))
    (row,) = [r for r in data["obligations"] if r["id"] == "35-4-transfer-window/mid-year/2018-19"]
    assert (row["dates"]["opens"], row["dates"]["closes"]) == ("2018-11-18", "2019-01-02")
    assert row["dates"]["deliver by"] == "2018-12-21"
