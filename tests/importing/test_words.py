"""What odd names are taken to mean. The names are those of real calendars; the meanings, what a steward would say."""

from __future__ import annotations

from datetime import date

import pytest

from calendars.days import DateSpan
from deadlines.importing.guesses import Guess, NotUnderstood, guess, lasting_name
from deadlines.importing.lines import Line
from deadlines.importing.words import NOT_UNDERSTOOD, holds, plain, table
from deadlines.model.problem import Place

DAY = DateSpan(date(2026, 10, 9), date(2026, 10, 9))
LEVELS = ("elementary", "high school")


def of(name: str, schools: str = "", levels: tuple[str, ...] = LEVELS) -> tuple[Guess, ...]:
    return guess(Line(Place("calendar.csv", 14), name, DAY, schools), DAY, levels)


def why_not(name: str, schools: str = "", levels: tuple[str, ...] = LEVELS) -> str:
    with pytest.raises(NotUnderstood) as reason:
        of(name, schools, levels)
    return str(reason.value)


@pytest.mark.parametrize(
    ("name", "means"),
    [
        ("No School - SIP Day", "teachers only"),
        ("Teacher Institute Day", "teachers only"),
        ("NO STUDENTS: Staff In-Service", "teachers only"),
        ("Schools Closed-Teacher Workday", "teachers only"),
        ("Professional Development (No School for Students)", "teachers only"),
        ("Election Day / PD Day - no student attendance", "teachers only"),
        ("First Day for Teachers", "teachers only"),
        ("New Teacher Orientation", "teachers only"),
        ("Report Card Pick-Up (HS)", "conferences"),
        ("No School - Parent/Teacher Conferences", "conferences"),
        ("Report card conferences", "conferences"),
        ("Parent/Teacher Conferences 12-8 PM", "unsure for students"),
        ("Student-Led Conferences", "unsure for students"),
        ("Evening Parent-Teacher Conferences", "dates announced"),
        ("Labor Day", "closed"),
        ("Labor Day - No School", "closed"),
        ("Veteran’s Day (observed)", "closed"),
        ("Presidents' Day Holiday", "closed"),
        ("Dr. King's Birthday: Schools Closed", "closed"),
        ("M.L. King Day", "closed"),
        ("Casimir Pulaski Day", "closed"),
        ("Winter Recess - schools closed", "closed"),
        ("Christmas Break", "closed"),
        ("Fall Break (no school)", "closed"),
        ("Track Out", "closed"),
        ("Non-Attendance Day", "unsure for teachers"),
        ("No School", "unsure for teachers"),
        ("NO CLASSES – all grades", "unsure for teachers"),
        ("No School (half day for staff)", "unsure for teachers"),
        ("Early Dismissal", "dates announced"),
        ("Half-Day: 11:30 Dismissal", "dates announced"),
        ("Late Start Wednesday", "dates announced"),
        ("Progress Reports Sent Home", "dates announced"),
        ("Report Cards Go Home", "dates announced"),
        ("Emergency Day (if needed)", "dates announced"),
        ("Snow make-up day, if necessary", "dates announced"),
        ("Columbus Day - School in Session", "dates announced"),
        ("First Day of School", "first student day"),
        ("First Day of Classes (Grades 1-8)", "first student day"),
        ("School Begins", "first student day"),
        ("Last Day of School (early dismissal)", "last student day"),
        ("Students' Last Day", "last student day"),
    ],
)
def test_a_name_means(name: str, means: str) -> None:
    (found,) = of(name)
    assert found.means == means


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Spirit Week", "no words of the table stand in it"),
        ("Board of Education Meeting", "goes on at a school"),
        ("Thanksgiving Luncheon", "goes on at a school"),
        ("Veterans Day Assembly", "goes on at a school"),
        ("Winter Break Camp registration", "goes on at a school"),
        ("Semester 1 Exams End", "goes on at a school"),
        ("Summer School Begins", "goes on at a school"),
        ("Winter Break Begins", "only one edge of it"),
        ("Spring break ends", "only one edge of it"),
        ("Classes Resume", "only one edge of it"),
        ("School Resumes after Winter Recess", "only one edge of it"),
        ("Second Semester Begins", "it names the beginning of a term"),
        ("First Day of Quarter 2", "it names the beginning of a term"),
        ("1st Quarter ends / 2nd Quarter begins", "it names more than the end of one term"),
        ("", "no words of the table stand in it"),
        ("???", "no words of the table stand in it"),
    ],
)
def test_a_name_nothing_is_made_of(name: str, why: str) -> None:
    assert why in why_not(name)


@pytest.mark.parametrize(
    ("name", "terms"),
    [
        ("End of 1st Quarter", [("quarter", 1)]),
        ("End of First Quarter (early dismissal)", [("quarter", 1)]),
        ("Q3 Ends", [("quarter", 3)]),
        ("Quarter 2 ends", [("quarter", 2)]),
        ("End of 2nd Nine Weeks", [("quarter", 2)]),
        ("End of Quarter 2 / Semester 1", [("quarter", 2), ("semester", 1)]),
        ("Last Day of 1st Semester", [("semester", 1)]),
        ("Trimester II Ends", [("trimester", 2)]),
        ("End of Marking Period 3", [("term", 3)]),
        ("Last student day of quarter 1", [("quarter", 1)]),
    ],
)
def test_the_end_of_a_term(name: str, terms: list[tuple[str, int]]) -> None:
    assert [found.term for found in of(name)] == terms


def test_a_staff_day_at_the_end_of_a_term_is_a_staff_day() -> None:
    """Its day is the staff end, not the students': they had gone the day before."""
    (found,) = of("End of Quarter 1 - Teacher Work Day, no students")
    assert (found.means, found.term) == ("teachers only", None)


# ---- for whom ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "schools", "levels"),
    [
        ("Report Card Pick-Up", "", ()),
        ("Report Card Pick-Up (HS)", "", ("high school",)),
        ("Report Card Pick-Up - High Schools only", "", ("high school",)),
        ("Report Card Pick-Up", "Elem.", ("elementary",)),
        ("Report Card Pick-Up", "K-8", ("elementary",)),
        ("Report Card Pick-Up", "All", ()),
        ("Report Card Pick-Up", "PK-12", ()),
        ("Report Card Pick-Up (Elementary and High School)", "", ()),
        ("No School - Elementary & HS", "", ()),
    ],
)
def test_for_whom(name: str, schools: str, levels: tuple[str, ...]) -> None:
    (found,) = of(name, schools)
    assert found.levels == levels


@pytest.mark.parametrize(
    ("name", "schools", "why"),
    [
        ("No School - Pre-K", "", "it is for pre-kindergarten, which is no level of this year"),
        ("First Day of School - Kindergarten", "", "it is for kindergarten, which is no level of this year"),
        ("No School", "Middle Schools", "it is for middle school, which is no level of this year"),
        ("No School", "Lincoln School", "“Lincoln School”, in the column of schools, is no level of this year"),
    ],
)
def test_what_is_for_others_is_not_taken_for_all(name: str, schools: str, why: str) -> None:
    assert why in why_not(name, schools)


def test_without_levels_a_line_for_some_schools_is_not_taken_for_all() -> None:
    assert "which is no level of this year (--levels)" in why_not("Report Card Pick-Up (HS)", levels=())


def test_a_level_of_ones_own_is_known_by_its_name() -> None:
    (found,) = of("No School - Track 3", levels=("track 1", "track 2", "track 3"))
    assert found.levels == ("track 3",)


# ---- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("No School - SIP Day", "SIP Day"),
        ("SIP Day – No School for Students", "SIP Day"),
        ("Labor Day (Schools Closed)", "Labor Day"),
        ("School closed: Columbus Day", "Columbus Day"),
        ("No School", "No School"),
        ("Report Card Pick-Up (HS)", "Report Card Pick-Up"),
        ("Report Card Pick-Up (High Schools only)", "Report Card Pick-Up"),
        ("Veterans Day (observed)", "Veterans Day (observed)"),
        ("Winter Break", "winter recess"),  # phrases of cards speak of it by this name
        ("Spring Vacation - Schools Closed", "spring recess"),
        ("In place of 2026-10-02", "In place of 10/02"),  # a second date would be read as a stretch
        ("to be announced: no school", "“to be announced”"),
    ],
)
def test_the_name_in_the_year_file(name: str, kept: str) -> None:
    assert lasting_name(name, table().meaning(name)) == kept


# ---- the table itself ----------------------------------------------------------------------------


def test_every_group_of_the_table_can_be_reached() -> None:
    """Each group has words that no group above it takes away."""
    known = table()
    reached = {id(sense) for words, sense in known.days if known.meaning(_example(words)) is sense}
    assert {id(sense) for _, sense in known.days} == reached


def test_no_words_of_the_table_are_dead() -> None:
    """Words that an earlier line always takes are there twice, or mean something else than their writer thought."""
    known = table()
    dead = []
    for words, sense in known.days:
        found = known.meaning(_example(words))
        assert found
        if found is not sense and found.means != sense.means:
            dead.append(f"{' + '.join(words)}: {sense.means}, and is read as {found.means}")
    assert dead == []


def _example(words: tuple[str, ...]) -> str:
    return " ".join(table().lists[word[1:-1]][0] if word.startswith("{") else word for word in words)


def test_plain_names() -> None:
    assert plain("Parent/Teacher Conferences (12-8 PM)") == "parent teacher conferences 12 8 pm"
    assert plain("Presidents’ Día") == "presidents dia"
    assert holds("no school sip day", "sip day")
    assert not holds("gossip days", "sip day")


def test_every_reason_not_to_understand_is_told() -> None:
    assert {sense.means for _, sense in table().days} >= {NOT_UNDERSTOOD, "closed", "teachers only"}
    assert all(sense.because for _, sense in table().days)
