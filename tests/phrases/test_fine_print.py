"""The fine print of the phrases, a test for each sentence; every expected day counted on paper.

Chicago 2018-19 for elementary schools as adopted: students from Tuesday September 4 to Tuesday June 18;
teachers only on November 2, February 1, April 5 and June 19; conferences on November 14 and April 10; closed
October 8, November 12, November 21 to 23, December 24 to January 4, January 21, February 18, April 15 to 19,
May 27. Quarters end for students on November 1, January 31, April 4 and June 18.
Weeks, months and years are in test_fine_print_weeks.py, safe days in test_safe_days.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from calendars.facts import DayFact, Flag, Origin
from deadlines.phrases.counts import group
from deadlines.phrases.frame import CannotSay, NoSuchTerm
from deadlines.reading.fields import Bad
from tests.phrases.madeup import MadeTerm, MadeYear, Marked
from tests.phrases.reading import chicago_frame, made_frame, one, readings, tree


def day(text: str) -> date:
    return date.fromisoformat(text)


def closed(first: str, last: str, name: str = "recess", kind: str = "closed") -> Marked:
    return Marked(kind, name, day(first), day(last))


# A plain made-up year: Monday 30 August 2021 to Friday 10 June 2022, one semester to Wednesday 22 December.
PLAIN = MadeYear(
    "2021-22", day("2021-08-30"), day("2022-06-10"), day("2022-06-10"),
    (MadeTerm("semester", 1, day("2021-12-22")), MadeTerm("semester", 2)),
    (closed("2021-12-23", "2021-12-31"),),
)  # fmt: skip


# ---- kinds ------------------------------------------------------------------------------------------------


def test_unstated_kind_is_calendar_student_and_teacher() -> None:
    """Teachers: November 2, 5-9, 13-16. Students: 5-9, 13, 15, 16, 19, 20."""
    assert readings("10 days of unstated kind after notice", chicago_frame(notice="2018-11-01")) == {
        "calendar days": "2018-11-11",
        "teacher days": "2018-11-16",
        "student days": "2018-11-20",
    }


def test_one_question_has_one_answer() -> None:
    """Two counts of unstated kind are three readings, not nine. After November 5, students: 6-9, 13, 15, 16, 19,
    20, 26; teachers: 6-9, 13-16, 19, 20.
    """
    phrase = "the later of 10 days of unstated kind after notice, 10 days of unstated kind after hearing"
    assert readings(phrase, chicago_frame(notice="2018-11-01", hearing="2018-11-05")) == {
        "calendar days": "2018-11-15",
        "student days": "2018-11-26",
        "teacher days": "2018-11-20",
    }


def test_a_school_day_is_a_student_or_a_teacher_day_and_never_a_weekday() -> None:
    assert set(readings("5 school days after notice", chicago_frame(notice="2018-11-01"))) == {
        "student days", "teacher days",
    }  # fmt: skip


# ---- terms ------------------------------------------------------------------------------------------------

CONTAINING = "the staff end of the semester containing visit"


def test_a_term_runs_to_its_staff_end() -> None:
    """February 1 is for teachers only, and still semester 1; Monday February 4 begins semester 2."""
    assert one(CONTAINING, chicago_frame(visit="2019-02-01")) == "2019-02-01"
    assert one(CONTAINING, chicago_frame(visit="2019-02-04")) == "2019-06-19"


@pytest.mark.parametrize("visit", ["2019-02-02", "2019-02-03", "2018-08-15", "2019-06-22"])
def test_a_weekend_or_a_summer_day_between_terms_lies_in_none(visit: str) -> None:
    with pytest.raises(CannotSay, match="lies in no semester"):
        one(CONTAINING, chicago_frame(visit=visit))


def test_if_no_such_period_is_the_term_before_the_term_after_or_cannot_say() -> None:
    frame = chicago_frame(visit="2019-02-02")
    assert one(CONTAINING, replace(frame, no_such_period="the term before")) == "2019-02-01"
    assert one(CONTAINING, replace(frame, no_such_period="the term after")) == "2019-06-19"
    with pytest.raises(CannotSay):
        one(CONTAINING, replace(frame, no_such_period="not stated"))


def test_before_the_first_term_there_is_no_term_before() -> None:
    frame = chicago_frame(visit="2018-08-15")
    assert one(CONTAINING, replace(frame, no_such_period="the term after")) == "2019-02-01"
    with pytest.raises(CannotSay):
        one(CONTAINING, replace(frame, no_such_period="the term before"))


def test_terms_without_a_staff_day_have_equal_ends() -> None:
    """So that the end of one is no question; where a staff day closes it, it is."""
    assert readings("the end of semester 1", made_frame(PLAIN)) == {"": "2021-12-22"}
    assert readings("the end of semester 1", chicago_frame()) == {
        "student end": "2019-01-31",
        "staff end": "2019-02-01",
    }


def test_a_staff_day_beyond_a_recess_is_a_terms_end_only_if_the_year_file_says_so() -> None:
    """Monday January 3, after the recess, is for teachers only."""
    staff_day = closed("2022-01-03", "2022-01-03", "records day", "teachers only")
    silent = replace(PLAIN, marks=(*PLAIN.marks, staff_day))
    assert one("the staff end of semester 1", made_frame(silent)) == "2021-12-22"
    said = replace(silent, terms=(replace(PLAIN.terms[0], staff_end=day("2022-01-03")), PLAIN.terms[1]))
    assert one("the staff end of semester 1", made_frame(said)) == "2022-01-03"
    assert one("the start of semester 2", made_frame(said)) == "2022-01-04"


def test_an_end_that_was_later_closed_stays_the_printed_day_in_doubt() -> None:
    """Nobody has said where it went: the day is kept, and no date hangs on it."""
    snow = replace(PLAIN, marks=(*PLAIN.marks, closed("2021-12-22", "2021-12-22", "snow")))
    anchor = made_frame(snow).calendar.years[0].anchor("student end of semester 1")
    assert (anchor.day, anchor.in_doubt, anchor.bounds) == (day("2021-12-22"), True, None)
    with pytest.raises(CannotSay, match="nobody has said where it may fall"):
        one("30 calendar days before the end of semester 1", made_frame(snow))


def test_an_end_in_doubt_with_bounds_is_worked_out_for_every_day_within_them() -> None:
    """The cold days of January 2019: quarter 2 ended for students between January 29 and 31, January 31 as printed."""
    found = readings("the student end of quarter 2", chicago_frame("2019-02-15"))
    assert list(found.values()) == ["2019-01-31", "2019-01-29", "2019-01-30"]


@pytest.mark.parametrize(
    "phrase",
    [
        "the end of trimester 1",
        "the start of the trimester containing visit",
        "the last teacher day of the trimester after quarter 1",
        "the earlier of October 1, the end of trimester 1",
        "the later of the end of trimester 1, the last office day on or before June 30",
        "October 1 but never past the student end of trimester 2",
        "the staff end of quarter 5",
    ],
)
def test_a_term_kind_the_year_does_not_have_is_an_error_inside_a_list_too(phrase: str) -> None:
    with pytest.raises(NoSuchTerm, match="school year 2018-19 has no"):
        one(phrase, chicago_frame(visit="2018-10-15"), {"which end": "staff end"})


# ---- the year in frame, breaks, weekends ------------------------------------------------------------------


def test_a_month_day_stands_in_the_school_year_in_frame() -> None:
    """July to December in its first calendar year, January to June in its second."""
    found = [one(phrase, chicago_frame()) for phrase in ("July 1", "December 31", "January 1", "June 30")]
    assert found == ["2018-07-01", "2018-12-31", "2019-01-01", "2019-06-30"]


def test_break_edges_are_the_days_listed_in_the_year_file() -> None:
    """Not the weekends around them: spring recess is April 15 to Friday 19, winter recess begins on Monday 24."""
    assert one("the end of spring recess", chicago_frame()) == "2019-04-19"
    assert one("the start of winter recess", chicago_frame()) == "2018-12-24"


def test_weekends_are_closed_for_students_and_teachers_unless_listed() -> None:
    """After Friday October 1: Monday 4, unless Saturday 2 is listed."""
    for kind in ("student", "teacher"):
        assert one(f"1 {kind} day after visit", made_frame(PLAIN, visit="2021-10-01")) == "2021-10-04"
        saturday = replace(PLAIN, marks=(*PLAIN.marks, closed("2021-10-02", "2021-10-02", "fair", "student days")))
        assert one(f"1 {kind} day after visit", made_frame(saturday, visit="2021-10-01")) == "2021-10-02"


def test_weekends_are_unknown_for_the_office() -> None:
    """A teacher day counts as open; of Saturday October 2 nobody knows."""
    assert readings("1 office day after visit", made_frame(PLAIN, visit="2021-10-01")) == {
        "none count": "2021-10-04",
        "all count": "2021-10-02",
    }
    with pytest.raises(CannotSay, match="no office calendar is known"):
        one("the first office day on or after October 2", made_frame(PLAIN))


# ---- lists, limits, words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "phrase",
    [
        "the earlier of visit, the later of notice, hearing",
        "the later of visit, 5 student days after the earlier of notice, hearing",
        "the earlier of May 1, the end of the quarter containing the later of notice, hearing",
    ],
)
def test_lists_may_hold_phrases_not_lists(phrase: str) -> None:
    with pytest.raises(Bad, match="may not hold another list"):
        tree(phrase)
    assert one("the later of 5 student days after visit, May 1", chicago_frame(visit="2018-10-15")) == "2019-05-01"


def test_but_never_past_binds_the_whole_phrase() -> None:
    """The later of October 1 and November 1, never past October 15, is October 15: not the later of 1 and 15."""
    assert one("the later of October 1, November 1 but never past October 15", chicago_frame()) == "2018-10-15"
    assert one("the later of November 1, October 1 but never past October 15", chicago_frame()) == "2018-10-15"
    assert one("5 school months after visit but never past June 30", chicago_frame(visit="2019-03-01")) == "2019-06-30"


def test_a_month_is_a_period() -> None:
    """Thursday November 1 is a school day; Friday 30 the last; it has 16 student days."""
    assert one("the first teacher day of November", chicago_frame()) == "2018-11-01"
    assert one("the last student day of November", chicago_frame()) == "2018-11-30"
    # 1, 5-9, 13, 15, 16, 19, 20, 26-30
    assert one("the 16th student day of November", chicago_frame()) == "2018-11-30"
    with pytest.raises(CannotSay, match="only 16 student days"):
        one("the 17th student day of November", chicago_frame())


def test_2nd_and_second_are_one_word() -> None:
    assert tree("the 2nd Wednesday of September") == tree("the second Wednesday of September")
    assert one("the 2nd Wednesday of September", chicago_frame()) == "2018-09-12"


# ---- what nobody knows ------------------------------------------------------------------------------------


def test_a_count_that_passes_unknown_days_is_made_twice() -> None:
    """The first teacher day of 2018-19 is not known. Back from September 4: Labor Day, August 31, August 30, or
    nothing at all inside the calendar.
    """
    found = readings("3 teacher days before the start of the school year", chicago_frame())
    assert found["all count"] == "2018-08-30"
    assert found["none count"].startswith("cannot say: at least 0 of 3 teacher days")


def test_a_count_that_passes_no_unknown_day_asks_nothing() -> None:
    assert readings("3 teacher days after visit", chicago_frame(visit="2018-10-05")) == {"": "2018-10-11"}


def test_strike_days_count_or_do_not() -> None:
    """Five student days after Friday October 1 with a strike from Tuesday to Thursday: 4, 8, 11, 12, 13; or 4 to 8."""
    strike = replace(PLAIN, marks=(*PLAIN.marks, closed("2021-10-05", "2021-10-07", "strike", "strike")))
    assert readings("5 student days after visit", made_frame(strike, visit="2021-10-01")) == {
        "they do not count": "2021-10-13",
        "they count": "2021-10-08",
    }


def test_a_count_past_known_data_says_what_is_missing_and_how_far_it_got() -> None:
    """As amended, 25 student days are left after May 15: 2, 5, 4 in May, 5, 5 and 4 in June."""
    frame = chicago_frame("2019-05-15", visit="2019-05-15")
    alone = replace(frame, calendar=type(frame.calendar)(tuple(y for y in frame.calendar.years if y.name == "2018-19")))
    with pytest.raises(CannotSay) as caught:
        one("45 student days after visit", alone)
    assert caught.value.reason == (
        "at least 25 of 45 student days lie inside the calendars on file; that of 2019-20 is not known"
    )
    assert caught.value.not_before == day("2019-07-01")


def test_backwards_likewise() -> None:
    """Before Monday September 10 lie September 7, 6, 5 and 4."""
    with pytest.raises(CannotSay, match=r"at least 4 of 10 student days .* that of 2017-18 is not known"):
        one("10 student days before visit", chicago_frame(visit="2018-09-10"))


def test_a_period_counts_its_opening_day() -> None:
    """November 7, 8, 9 and 13; past the calendar the opening day is among those counted: June 17 and 18."""
    assert one("a period of 4 student days from visit", chicago_frame(visit="2018-11-07")) == "2018-11-13"
    with pytest.raises(CannotSay, match="at least 2 of 4 student days"):
        one("a period of 4 student days from visit", chicago_frame(visit="2019-06-17"))


def test_work_days_of_nobody_are_read_two_ways() -> None:
    """Monday November 12 is Veterans Day and the 21st to 23rd Thanksgiving: weekdays for one, no work for the other."""
    assert readings("10 work days after notice", chicago_frame(notice="2018-11-09")) == {
        "weekdays": "2018-11-23",
        "teacher days": "2018-11-29",
    }


def test_the_semester_next_after_a_day_is_a_question_only_inside_a_semester() -> None:
    """October 15 is in semester 1. Saturday February 2 lies between the two: semester 2 is next, nothing is asked."""
    phrase = "the student end of the semester next after notice"
    assert readings(phrase, chicago_frame(notice="2018-10-15")) == {
        "the term it falls in": "2019-01-31",
        "the term after it": "2019-06-18",
    }
    assert readings(phrase, chicago_frame(notice="2019-02-02")) == {"": "2019-06-18"}
    assert readings(phrase, chicago_frame(notice="2018-08-01")) == {"": "2019-01-31"}


# ---- what was passed over ----------------------------------------------------------------------------------


def test_a_recess_a_school_day_parts_is_passed_over_in_two_stretches() -> None:
    """Wednesday December 29, 2021 is counted, so no step may say that the 27th to the 30th were passed over."""
    recess = DayFact(Flag.NO, Flag.NO, Flag.NO, "winter recess", Origin("years/2021-22.yaml", 9))
    weekend = DayFact(Flag.NO, Flag.NO, Flag.NO, "weekend", None)
    days = {24: recess, 25: weekend, 26: weekend, 27: recess, 28: recess, 30: recess}
    passed = group([(date(2021, 12, day), fact) for day, fact in days.items()])
    assert [str(one).partition(" winter")[0] for one in passed] == [
        "2 weekend days",
        "Fri Dec 24, 2021 to Tue Dec 28, 2021",
        "Thu Dec 30, 2021",
    ]
    assert [one.days for one in passed] == [2, 3, 1]


def test_a_recess_is_parted_by_a_saturday_of_school_and_not_by_a_holiday_of_its_own_name() -> None:
    """Saturday January 2, 2021 is counted; Friday, New Year's Day, is passed over under a name of its own."""
    facts = [
        DayFact(Flag.NO, Flag.NO, Flag.NO, name, Origin("years/2020-21.yaml", line))
        for line, name in enumerate(("winter recess", "New Year's Day"), 9)
    ]
    weekend = DayFact(Flag.NO, Flag.NO, Flag.NO, "weekend", None)
    holiday = [(date(2020, 12, 31), facts[0]), (date(2021, 1, 1), facts[1])]
    monday = (date(2021, 1, 4), facts[0])
    saturday_off = group([*holiday, (date(2021, 1, 2), weekend), (date(2021, 1, 3), weekend), monday])
    assert [(one.days, one.first.day, one.last.day) for one in saturday_off] == [(2, 2, 3), (2, 31, 4), (1, 1, 1)]
    saturday_on = group([*holiday, (date(2021, 1, 3), weekend), monday])
    assert [(one.days, one.first.day, one.last.day) for one in saturday_on] == [
        (1, 3, 3), (1, 31, 31), (1, 4, 4), (1, 1, 1),
    ]  # fmt: skip
