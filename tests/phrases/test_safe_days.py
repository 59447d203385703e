"""The fine print of what a member is told: rolls, days to act, ask and deliver by, headlines; counted on paper.

Millbrook 2021-22: students from Monday 30 August 2021 to Friday 10 June 2022, teachers to Monday 13 June; Labor
Day is Monday 6 September; winter recess 23 to 31 December. No office calendar is known.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from deadlines.deriving.cases import Event
from deadlines.model.obligation import Row
from tests.phrases.made_cards import owed, results

YEARLY = "each: school year\ndue: no later than {}\n"
AFTER = "starts with: visit\ndue: no later than {}\n"


def values(tmp_path: Path, who: str, keys: str, *events: Event, more: str = "", agreement: str = "") -> dict[str, str]:
    (found,) = owed(tmp_path, who, [keys], *events, more=more, agreement=agreement)
    return {name: str(value) for name, value in found.outcome.values.items()}


def visit(day: str) -> Event:
    return Event("visit", date.fromisoformat(day), "1")


# ---- the roll ---------------------------------------------------------------------------------------------


def test_a_roll_asks_for_teacher_days(tmp_path: Path) -> None:
    """Conferences on Wednesday 6 October: no students, but a work day, so the date stays."""
    keys = YEARLY.format("October 6") + "if that is not a work day: the next work day"
    found = values(tmp_path, "district", keys, more="\n    conferences: [2021-10-06 conferences]\n")
    assert found["stated"] == "2021-10-06"


def test_a_roll_asks_for_own_work_days_where_the_card_names_a_role(tmp_path: Path) -> None:
    """The office is open on Labor Day: a clerk's date stays, a teacher's moves to Tuesday."""
    keys = YEARLY.format("September 6") + "if that is not a work day: the next work day\n"
    more = "\n    office open: [2021-09-06 the office catches up]\n"
    agreement = "work days: {clerk: office}\n"
    assert values(tmp_path / "a", "district", keys, more=more, agreement=agreement)["stated"] == "2021-09-07"
    keys += "applies to: clerk\n"
    assert values(tmp_path / "b", "district", keys, more=more, agreement=agreement)["stated"] == "2021-09-06"


def test_a_roll_over_a_day_nobody_knows_of_cannot_be_said(tmp_path: Path) -> None:
    """Whether the office works on Labor Day is not on file."""
    keys = YEARLY.format("September 6") + "if that is not a work day: the next work day\napplies to: clerk\n"
    (found,) = results(tmp_path, "district", [keys], agreement="work days: {clerk: office}\n")
    assert isinstance(found, Row)
    assert "no office calendar is known" in found.why


def test_the_due_date_of_a_rule_is_the_one_its_own_card_rolls(tmp_path: Path) -> None:
    """Saturday 4 September moves to Tuesday 7, after Labor Day; two student days after that are 8 and 9."""
    cards = [
        YEARLY.format("September 4") + "if that is not a work day: the next work day",
        YEARLY.format("2 student days after the due date of 8-1-thing"),
    ]
    first, second = owed(tmp_path, "district", cards)
    assert (first.outcome.values["stated"], second.outcome.values["stated"]) == (date(2021, 9, 7), date(2021, 9, 9))


def test_the_due_date_of_a_rule_keeps_what_somebody_settled_on_it(tmp_path: Path) -> None:
    """Trimester 2 ends for students on Friday 4 March and for staff on Monday 7; an award says staff."""
    award = "use: {which end: B}\nsettled by: {ruling: an award, place: page 3, recorded by: president}"
    cards = [
        YEARLY.format("the end of trimester 2")
        + "readings:\n  which end: {question: Which?, A: student end, B: staff end}\n"
        + award,
        YEARLY.format("2 calendar days after the due date of 8-1-thing"),
    ]
    first, second = owed(tmp_path, "district", cards)
    assert (first.outcome.values["stated"], second.outcome.values["stated"]) == (date(2022, 3, 7), date(2022, 3, 9))


# ---- ask by, deliver by, act by ---------------------------------------------------------------------------


def test_ask_by_steps_over_unknown_days(tmp_path: Path) -> None:
    """Whether teachers work on Friday 17 September is not known: ask by Thursday."""
    more = "\n    unsure for teachers: [2021-09-17 perhaps a training day]\n"
    assert values(tmp_path, "district", YEARLY.format("September 17"), more=more) == {
        "stated": "2021-09-17",
        "ask by": "2021-09-16",
        "late beyond doubt after": "2021-09-20",
    }


def test_act_by_steps_over_unknown_days(tmp_path: Path) -> None:
    more = "\n    unsure for teachers: [2021-09-17 perhaps a training day]\n"
    found = values(tmp_path, "teacher", YEARLY.format("September 17"), more=more)
    assert found == {"act by": "2021-09-16", "stated": "2021-09-17"}


def test_deliver_by_steps_over_unknown_days(tmp_path: Path) -> None:
    """Nobody knows the office's hours in winter recess: the last day known open is Wednesday 22 December."""
    keys = "each: school year\nwindow: {opens: December 1, closes: December 29}\nreceived by: office\n"
    keys += "readings:\n  ends of the window: {question: Do they count?, A: both count, B: neither counts}\n"
    found = values(tmp_path, "teacher", keys, agreement="work days: {office: office}\n")
    assert (found["opens"], found["closes"], found["deliver by"]) == ("2021-12-02", "2021-12-28", "2021-12-22")


def test_act_by_never_goes_before_the_event(tmp_path: Path) -> None:
    """From Saturday 4 September one day on is Sunday; the Friday before is a day before the event."""
    found = values(tmp_path, "teacher", AFTER.format("1 calendar day after visit"), visit("2021-09-04"))
    assert found == {"act by": "cannot say", "stated": "2021-09-05"}


def test_act_by_may_be_the_day_of_the_event(tmp_path: Path) -> None:
    found = values(tmp_path, "teacher", AFTER.format("1 calendar day after visit"), visit("2021-09-03"))
    assert found == {"act by": "2021-09-03", "stated": "2021-09-04"}


def test_ask_by_never_goes_before_the_event(tmp_path: Path) -> None:
    """Nothing stands beside the stated Sunday: there is no day left on which to ask."""
    found = values(tmp_path, "district", AFTER.format("1 calendar day after visit"), visit("2021-09-04"))
    assert found == {"stated": "2021-09-05", "late beyond doubt after": "2021-09-07"}


def test_deliver_by_never_goes_before_the_window_opens(tmp_path: Path) -> None:
    """The window is the weekend of 25 December."""
    keys = "starts with: visit\nwindow: 1 to 2 calendar days after visit\n"
    assert values(tmp_path, "teacher", keys, visit("2021-12-24")) == {
        "opens": "2021-12-25",
        "closes": "2021-12-26",
        "deliver by": "cannot say",
    }


def test_a_date_before_its_own_event_is_no_reading(tmp_path: Path) -> None:
    """October 1 of the school year that holds the visit of May 10 has gone by."""
    (found,) = results(tmp_path, "district", [AFTER.format("October 1")], visit("2022-05-10"))
    assert isinstance(found, Row)
    assert found.why == "Friday October 1, 2021 would be before the event itself"


def test_a_month_day_stands_in_the_school_year_of_the_event(tmp_path: Path) -> None:
    found = values(tmp_path, "district", AFTER.format("March 1"), visit("2021-10-15"))
    assert found["stated"] == "2022-03-01"


# ---- headlines --------------------------------------------------------------------------------------------


def test_a_headline_is_given_when_some_readings_are_unknown(tmp_path: Path) -> None:
    """Ten days after Monday 6 June: Thursday 16 in calendar days. Of student days 7 to 10 are left, of teacher days
    the 13th too: the known one leads (no teacher works after the 13th), and the others are named.
    """
    (found,) = owed(tmp_path, "teacher", [AFTER.format("10 days of unstated kind after visit")], visit("2022-06-06"))
    assert found.outcome.values == {"act by": date(2022, 6, 13), "stated": date(2022, 6, 16)}
    rows: dict[str, Any] = {row.answers["unstated kind"]: row.values for row in found.outcome.readings}
    assert rows["calendar days"] == {"stated": date(2022, 6, 16)}
    assert rows["student days"]["cannot say"].startswith("at least 4 of 10 student days")
    assert rows["teacher days"]["cannot say"].startswith("at least 5 of 10 teacher days")


def test_where_we_owe_the_earlier_of_the_two_counts_leads(tmp_path: Path) -> None:
    """Five teacher days after Friday 1 October, Tuesday 5 not known: 4 to 8, or 4, 6, 7, 8, 11."""
    more = "\n    unsure for teachers: [2021-10-05 perhaps a training day]\n"
    keys = AFTER.format("5 teacher days after visit")
    assert values(tmp_path / "a", "teacher", keys, visit("2021-10-01"), more=more)["act by"] == "2021-10-08"
    theirs = values(tmp_path / "b", "district", keys, visit("2021-10-01"), more=more)
    assert (theirs["stated"], theirs["late beyond doubt after"]) == ("2021-10-08", "2021-10-11")


# ---- a reading the card itself declares -------------------------------------------------------------------

WEEKS = """
each: school year
on: Monday of school week 18
"""
READ = """
readings:
  school week: {question: Which weeks are counted?, A: weeks with a student day, B: calendar weeks}
"""


def test_a_card_may_say_that_its_weeks_are_calendar_weeks(tmp_path: Path) -> None:
    """Week 17 is that of December 20; the next calendar week is all recess, the next school week January 3."""
    assert values(tmp_path / "a", "district", WEEKS)["stated"] == "2022-01-03"
    (found,) = owed(tmp_path / "b", "district", [WEEKS + READ])
    assert {row.values["stated"] for row in found.outcome.readings} == {date(2021, 12, 27), date(2022, 1, 3)}
    assert found.outcome.questions[0] == "school week"
    settled = READ + "use: {school week: B}\nsettled by: {ruling: an award, place: page 3, recorded by: president}\n"
    assert values(tmp_path / "c", "district", WEEKS + settled)["stated"] == "2021-12-27"


# ---- late beyond doubt ------------------------------------------------------------------------------------


def test_nothing_is_late_beyond_doubt_while_a_reading_cannot_be_said(tmp_path: Path) -> None:
    """Ten student days after 6 June run into a year that is not on file: under that reading there is time yet."""
    keys = AFTER.format("10 days of unstated kind after visit")
    found = values(tmp_path, "district", keys, visit("2022-06-06"))
    assert (found["stated"], found["late beyond doubt after"]) == ("2022-06-16", "cannot say")


def test_nothing_is_late_beyond_doubt_where_the_next_work_day_is_on_no_calendar(tmp_path: Path) -> None:
    """30 June 2022 is a Thursday in the summer; if the date moves to a work day, that day is not on file."""
    found = values(tmp_path, "district", YEARLY.format("June 30"))
    assert found == {"stated": "2022-06-30", "ask by": "2022-06-13", "late beyond doubt after": "cannot say"}
