"""Dates that cannot be said, or may move: faults the oracle found, each as a case small enough to check by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from calendars.counting import PastKnownData, count_from
from calendars.days import Kind
from calendars.facts import Flag
from deadlines.phrases.frame import CannotSay
from tests.phrases.madeup import MadeTerm, MadeYear, Marked, program_calendar
from tests.phrases.reading import chicago_frame, made_frame, one, readings


def day(text: str) -> date:
    return date.fromisoformat(text)


def staff(text: str) -> Marked:
    return Marked("teachers only", f"staff day {text}", day(text), day(text))


# Students from Monday 30 August 2021 to Friday 10 June 2022; staff days close both semesters.
YEAR = MadeYear(
    "2021-22", day("2021-08-30"), day("2022-06-10"), day("2022-06-13"),
    (MadeTerm("semester", 1, day("2022-01-20"), day("2022-01-21")), MadeTerm("semester", 2)),
    (staff("2022-01-21"), staff("2022-06-13")),
)  # fmt: skip
STAFF_END = "staff end of the school year"

# ---- what bounds an unsaid date from below ------------------------------------------------------------------

NEXT_YEAR = "the first teacher day of the school year after the school year"  # July 1, 2019 or later: not on file


def test_the_earlier_is_known_when_the_unsaid_one_must_lie_later() -> None:
    assert one(f"the earlier of June 30, {NEXT_YEAR}", chicago_frame()) == "2019-06-30"
    assert one(f"the earlier of 10 student days after {NEXT_YEAR}, June 30", chicago_frame()) == "2019-06-30"


@pytest.mark.parametrize(
    "unsaid",
    [
        f"90 calendar days before {NEXT_YEAR}",
        f"the Friday nearest {NEXT_YEAR}",
        f"the last Friday on or before {NEXT_YEAR}",
        f"the start of the school year containing {NEXT_YEAR}",
        "the last office day on or before July 15",
    ],
)
def test_going_back_from_an_unsaid_date_leaves_nothing_to_compare_with(unsaid: str) -> None:
    """Each may lie before June 30, for all anybody knows: the earlier of the two cannot be said."""
    with pytest.raises(CannotSay):
        one(f"the earlier of June 30, {unsaid}", chicago_frame())


def test_a_search_backward_may_end_before_the_day_nobody_knows_of() -> None:
    """The last office day on or before June 30 may be June 21, or June 19: not later than June 25 for certain."""
    with pytest.raises(CannotSay, match="no office calendar"):
        one("the earlier of June 25, the last office day on or before June 30", chicago_frame())
    assert one("the earlier of June 25, the first office day on or after June 30", chicago_frame()) == "2019-06-25"


def test_a_limit_is_an_earlier_of_two() -> None:
    """A limit that must lie later does not bind; a date that must lie later is held by its limit."""
    assert one(f"June 1 but never past {NEXT_YEAR}", chicago_frame()) == "2019-06-01"
    assert one(f"{NEXT_YEAR} but never past June 1", chicago_frame()) == "2019-06-01"
    with pytest.raises(CannotSay):
        one("June 29 but never past the last office day on or before June 30", chicago_frame())


def test_a_list_is_bounded_by_its_earliest_member() -> None:
    """One unsaid member lies after July 1, the other may lie anywhere: the limit of June 1 is not sure to hold it."""
    phrase = f"the earlier of {NEXT_YEAR}, the last office day on or before June 30 but never past June 1"
    with pytest.raises(CannotSay):
        one(phrase, chicago_frame())


# ---- terms whose end may move -------------------------------------------------------------------------------


def test_the_last_day_of_a_term_asks_where_the_term_ends() -> None:
    """The staff end of semester 2 may be Monday 13, Tuesday 14 or Wednesday 15 June."""
    moving = replace(YEAR, doubts=((STAFF_END, (day("2022-06-13"), day("2022-06-15"))),))
    expected = {"2022-06-13": "2022-06-13", "2022-06-14": "2022-06-14", "2022-06-15": "2022-06-15"}
    assert readings("the last teacher day of semester 2", made_frame(moving)) == expected
    frame = made_frame(moving)
    term = frame.calendar.years[0].terms("semester")[1]
    assert readings("the last teacher day of the semester", replace(frame, term=term)) == expected


def test_the_start_of_a_term_asks_where_the_one_before_it_ends() -> None:
    """Semester 1 ends for staff on Friday 21 or Monday 24 January: semester 2 starts on Monday or on Tuesday."""
    moving = replace(YEAR, doubts=(("staff end of semester 1", (day("2022-01-21"), day("2022-01-24"))),))
    for phrase in ("the start of semester 2", "the first student day of the semester after semester 1"):
        assert readings(phrase, made_frame(moving)) == {"2022-01-21": "2022-01-24", "2022-01-24": "2022-01-25"}


def test_a_search_does_not_go_past_the_end_of_a_year_that_may_be_anywhere() -> None:
    loose = replace(YEAR, doubts=((STAFF_END, None),))
    for phrase in ("the last teacher day of the school year", "the last teacher day on or before June 30"):
        with pytest.raises(CannotSay, match="nobody has said where it may fall"):
            one(phrase, made_frame(loose))
    assert one("the last student day of the school year", made_frame(loose)) == "2022-06-10"
    assert one("the first teacher day of semester 2", made_frame(loose)) == "2022-01-24"


def test_a_day_before_a_term_is_not_asked_where_the_term_ends() -> None:
    """Saturday 21 August lies before semester 1, wherever that may end."""
    loose = replace(YEAR, doubts=(("staff end of semester 1", None),))
    frame = replace(made_frame(loose, visit="2021-08-21"), no_such_period="the term after")
    assert one("the student end of the semester containing visit", frame) == "2022-01-20"


def test_where_students_may_come_teachers_may_work() -> None:
    """The last student day moves to 14 June at most and the staff end is Thursday 16: 14 June is open for both."""
    late = replace(YEAR, staff_end=day("2022-06-16"), marks=(*YEAR.marks, staff("2022-06-16")),
                   doubts=(("last student day", (day("2022-06-10"), day("2022-06-14"))),))  # fmt: skip
    fact = made_frame(late).calendar.years[0].fact(day("2022-06-14"))
    assert (fact.students, fact.teachers) == (Flag.UNKNOWN, Flag.UNKNOWN)
    # From Friday 10 June, with a staff day on Monday 13 and one on Thursday 16: the second is the 16th, or the 14th.
    assert readings("2 teacher days after visit", made_frame(late, visit="2022-06-10")) == {
        "2022-06-10": "2022-06-16",
        "2022-06-13": "2022-06-16",
        "2022-06-14": "2022-06-14",
    }


# ---- weeks and edges ----------------------------------------------------------------------------------------


def test_a_week_that_may_hold_a_student_day_is_not_passed_over_in_silence() -> None:
    """The week of 4 October is a strike: the sixth school week is that one, or the next."""
    strike = replace(YEAR, marks=(*YEAR.marks, Marked("strike", "strike", day("2021-10-04"), day("2021-10-08"))))
    assert readings("Monday of school week 6", made_frame(strike)) == {
        "they do not count": "2021-10-11",
        "they count": "2021-10-04",
    }


def test_a_count_needs_nothing_of_the_day_it_starts_from() -> None:
    """30 June 2021 is on no calendar; the first student day after it is 30 August."""
    calendar = program_calendar([YEAR])
    assert count_from(calendar, day("2021-06-30"), 1, Kind.STUDENT) == day("2021-08-30")
    assert count_from(calendar, day("2022-07-01"), -1, Kind.TEACHER) == day("2022-06-13")
    with pytest.raises(PastKnownData) as caught:
        count_from(calendar, day("2021-06-29"), 1, Kind.STUDENT)
    assert (caught.value.found, caught.value.missing) == (0, "2020-21")


def test_bounds_say_more_than_that_the_last_teacher_day_is_not_known() -> None:
    """Teachers end between Monday 13 and Wednesday 15 June: no day after the 15th is an open question."""
    told = ((STAFF_END, (day("2022-06-13"), day("2022-06-15"))),)
    year = replace(YEAR, not_known=("last teacher day",), doubts=told)
    found = readings("the last teacher day on or before June 30", made_frame(year))
    assert set(found.values()) == {"2022-06-13", "2022-06-14", "2022-06-15"}
    silent = made_frame(replace(year, doubts=()))
    with pytest.raises(CannotSay, match="the last teacher day is not known"):
        one("the last teacher day on or before June 30", silent)
