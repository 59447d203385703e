"""Guesses put together: rows joined, one thing a day, names of their own, ends of terms; whatever comes, it loads."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from calendars.facts import FIRST_STUDENT_DAY, Flag
from deadlines.importing.words import table
from tests.importing.made import confirmed, history, imported, lines_under, refused, year_of

YEAR = "2026-27"
EDGES = "2026-08-24,First Day of School\n2027-06-11,Last Day of School\n"


def text_of(folder: Path, rows: str, *options: str) -> str:
    return imported(folder, "calendar.csv", f"date,event\n{rows}", YEAR, *options)[1]


def printed_of(folder: Path, rows: str, *options: str) -> str:
    return imported(folder, "calendar.csv", f"date,event\n{rows}", YEAR, *options)[0]


# ---- days ----------------------------------------------------------------------------------------


def test_rows_that_follow_on_one_another_are_one_recess(tmp_path: Path) -> None:
    """Over a weekend too, but not over a school day."""
    text = text_of(
        tmp_path, "2027-03-25,Spring Break\n2027-03-26,Spring Break\n2027-03-29,Spring Break\n2027-03-31,Spring Break\n"
    )
    assert lines_under(text, "closed") == [
        "- 2027-03-25 to 2027-03-29 spring recess, March, 1 (not confirmed)",
        "- 2027-03-31 spring recess, March, 2 (not confirmed)",
    ]
    assert "# calendar.csv:2, 3 and 4 “Spring Break”" in text


def test_a_holiday_inside_a_recess_is_part_of_it(tmp_path: Path) -> None:
    text = text_of(tmp_path, "Dec 21 - Jan 1,Winter Break\n2026-12-25,Christmas Day\n2027-01-01,New Year's Day\n")
    assert lines_under(text, "closed") == ["- 2026-12-21 to 2027-01-01 winter recess (not confirmed)"]
    assert "also calendar.csv:3 “Christmas Day”; calendar.csv:4 “New Year's Day”" in text


def test_no_school_gives_way_to_what_says_why(tmp_path: Path) -> None:
    """Both are there, and the one that says more holds; the other is kept beside it and is no quarrel."""
    rows = "2026-09-25,No School\n2026-09-25,SIP Day\n2026-10-12,Columbus Day\n2026-10-12,No Students\n"
    text = text_of(tmp_path, rows)
    assert lines_under(text, "teachers only") == ["- 2026-09-25 SIP Day (not confirmed)"]
    assert lines_under(text, "closed") == ["- 2026-10-12 Columbus Day (not confirmed)"]
    assert "unsure for teachers" not in text
    assert "# calendar.csv:3 “SIP Day”; also calendar.csv:2 “No School”" in text
    assert "not understood" not in printed_of(tmp_path, rows, "--replace")


def test_two_things_on_one_day_are_told(tmp_path: Path) -> None:
    """A staff day inside a recess cuts it: what is said of one day holds against what is said of many."""
    rows = "Dec 21 - Jan 4,Winter Break\n2027-01-04,Teacher Institute Day\n"
    text = text_of(tmp_path, rows)
    assert lines_under(text, "closed") == ["- 2026-12-21 to 2027-01-03 winter recess (not confirmed)"]
    assert lines_under(text, "teachers only") == ["- 2027-01-04 Teacher Institute Day (not confirmed)"]
    why = "taken for `closed`; calendar.csv:3 says that 2027-01-04 is `teachers only`"
    assert why in text.partition("# Not understood")[2]
    assert why in printed_of(tmp_path, rows, "--replace")


def test_a_staff_day_in_the_middle_parts_a_recess(tmp_path: Path) -> None:
    text = text_of(tmp_path, "Dec 21 - Jan 1,Winter Break\n2026-12-23,Staff Work Day\n")
    assert lines_under(text, "closed") == [
        "- 2026-12-21 to 2026-12-22 winter recess, December, 1 (not confirmed)",
        "- 2026-12-24 to 2027-01-01 winter recess, December, 2 (not confirmed)",
    ]


def test_a_day_that_differs_by_level(tmp_path: Path) -> None:
    """What one level does elsewhere cuts a line for all only there."""
    rows = "2026-11-18 to 2026-11-19,No School - Fall Break\n2026-11-18,Report Card Pick-Up (HS)\n"
    text = text_of(tmp_path, rows, "--levels", "elementary, high school")
    assert lines_under(text, "closed") == [
        "elementary:",
        "- 2026-11-18 to 2026-11-19 Fall Break (not confirmed)",
        "high school:",
        "- 2026-11-19 Fall Break (not confirmed)",
    ]
    assert lines_under(text, "conferences") == ["high school:", "- 2026-11-18 Report Card Pick-Up (not confirmed)"]


def test_names_that_come_again_get_their_month(tmp_path: Path) -> None:
    text = text_of(tmp_path, "2026-09-25,SIP Day\n2027-02-12,SIP Day\n2027-02-26,SIP Day\n2027-03-05,Institute Day\n")
    assert lines_under(text, "teachers only") == [
        "- 2026-09-25 SIP Day, September (not confirmed)",
        "- 2027-02-12 SIP Day, February, 1 (not confirmed)",
        "- 2027-02-26 SIP Day, February, 2 (not confirmed)",
        "- 2027-03-05 Institute Day (not confirmed)",
    ]


def test_an_announced_date_for_some_schools_says_so(tmp_path: Path) -> None:
    """Such a line of a year file has no level: the name carries it."""
    text = text_of(tmp_path, "2026-10-02,Early Dismissal (HS)\n", "--levels", "elementary, high school")
    assert lines_under(text, "dates announced") == ["- 2026-10-02 Early Dismissal (high school) (not confirmed)"]


def test_a_stretch_no_recess_could_be_is_not_taken_for_one(tmp_path: Path) -> None:
    text = text_of(tmp_path, "2026-09-07,Labor Day\n2026-09-08 to 2027-06-01,Holiday reading\n")
    assert lines_under(text, "closed") == ["- 2026-09-07 Labor Day (not confirmed)"]
    assert "it lasts 267 days, and no recess does" in text


def test_a_stretch_over_the_end_of_the_year_is_cut_there(tmp_path: Path) -> None:
    text = text_of(tmp_path, "2027-06-14 to 2027-07-09,Vacation\n")
    assert lines_under(text, "closed") == ["- 2027-06-14 to 2027-06-30 Vacation (not confirmed)"]


# ---- the edges of the year -----------------------------------------------------------------------


def test_the_edges_of_the_year(tmp_path: Path) -> None:
    assert lines_under(text_of(tmp_path, EDGES), "students") == [
        "first day: 2026-08-24 (not confirmed)",
        "last day: 2027-06-11 (not confirmed)",
    ]


def test_an_edge_that_is_said_twice_keeps_both_lines(tmp_path: Path) -> None:
    text = text_of(tmp_path, f"{EDGES}2026-08-24,Students return - First Day of School\n")
    assert lines_under(text, "students")[0] == "first day: 2026-08-24 (not confirmed)"
    assert "# calendar.csv:2 “First Day of School”; calendar.csv:4 “Students return - First Day of School”" in text


def test_an_edge_no_level_goes_by_is_told(tmp_path: Path) -> None:
    """Each level has a line of its own; the one for all, of another day, is not passed over in silence."""
    rows = "2026-08-24,First Day of School (ES)\n2026-08-24,First Day of School (HS)\n2026-08-26,First Day of School\n"
    text = text_of(tmp_path, rows, "--levels", "elementary, high school")
    assert lines_under(text, "students") == ["first day: 2026-08-24 (not confirmed)"]
    assert "calendar.csv:4 2026-08-26 “First Day of School”: each level has its own line" in text


def test_an_edge_that_differs_by_level(tmp_path: Path) -> None:
    rows = "2026-08-24,First Day of School\n2026-08-25,First Day of Pre-K\n"
    text = text_of(tmp_path, rows, "--levels", "elementary, pre-kindergarten")
    expected = "first day: {elementary: 2026-08-24 (not confirmed), pre-kindergarten: 2026-08-25 (not confirmed)}"
    assert lines_under(text, "students") == [expected]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (
            "2026-08-24,First Day of School\n2026-08-26,First Day for Students\n",
            "the first student day cannot be told: calendar.csv:3 gives another day",
        ),
        ("2026-08-24 to 2026-08-26,First Day of School\n", "the first student day cannot be told: it is one day"),
        (
            "2026-08-24,First Day of School (HS)\n",
            "the first student day cannot be told: no line gives it for elementary",
        ),
        (
            "2027-06-11,First Day of School\n2026-08-24,Last Day of School\n",
            "the last student day would not come after the first",
        ),
    ],
)
def test_an_edge_that_cannot_be_told_is_not_known(rows: str, why: str, tmp_path: Path) -> None:
    text = text_of(tmp_path, f"2026-09-07,Labor Day\n{rows}", "--levels", "elementary, high school")
    assert "students:" not in text
    assert "      - first student day\n      - last student day\n" in text
    assert why in text.partition("# Not understood")[2]


# ---- the ends of terms ---------------------------------------------------------------------------

QUARTERS = "2026-10-30,End of Quarter 1\n2027-01-22,End of Quarter 2 / Semester 1\n2027-03-26,End of Quarter 3\n"


def test_the_ends_of_terms_with_the_staff_day_after_them(tmp_path: Path) -> None:
    """Friday October 30 is followed by a staff day on Monday; the last term ends with the year, and a staff day."""
    text = text_of(tmp_path, f"{EDGES}{QUARTERS}2026-11-02,Teacher Work Day\n2027-06-14,Records Day\n")
    assert lines_under(text, "terms") == [
        "quarter:",
        "1: {student end: 2026-10-30 (not confirmed), staff end: 2026-11-02 (not confirmed)}",
        "2: {student end: 2027-01-22 (not confirmed)}",
        "3: {student end: 2027-03-26 (not confirmed)}",
        "4: {staff end: 2027-06-14 (not confirmed)}",
        "semester:",
        "1: {ends with: quarter 2}",
        "2: {ends with: quarter 4}",
    ]
    terms = year_of(tmp_path, confirmed(text, "last teacher day")).terms("quarter")
    assert [str(term.staff_end.day) for term in terms] == ["2026-11-02", "2027-01-22", "2027-03-26", "2027-06-14"]
    assert str(terms[1].first) == "2026-11-03"


def test_the_end_of_the_last_term_may_be_given(tmp_path: Path) -> None:
    rows = f"{EDGES}2026-11-20,End of Trimester 1\n2027-03-05,End of Trimester 2\n2027-06-11,End of Trimester 3\n"
    assert lines_under(text_of(tmp_path, rows), "terms")[-1] == "3: {}"


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("2026-10-30,End of Quarter 1\n", "the ends of the other quarters are not in the file"),
        (f"{QUARTERS}2026-11-06,1st Quarter Ends\n", "the end of one quarter stands on several lines"),
        (QUARTERS.replace("2026-10-30", "2027-02-26"), "the ends of the quarters do not follow on one another"),
        (QUARTERS.replace("2026-10-30", "2026-08-24"), "the ends of the quarters do not follow on one another"),
        (f"{QUARTERS}2027-06-04,Q4 Ends\n", "quarter 4 would not end on the last student day"),
        (QUARTERS.replace("2027-03-26", "2027-06-11"), "a quarter that is not the last would end with the year"),
        (QUARTERS.replace("Quarter 1", "Quarter 1 (HS)"), "is one day, the same for all levels"),
        (QUARTERS.replace("2026-10-30", "2026-10-29 to 2026-10-30"), "is one day, the same for all levels"),
        ("2026-10-30,End of Quarter 5\n", "the ends of the other quarters are not in the file"),
    ],
)
def test_ends_of_terms_that_cannot_be_used_are_not_known(rows: str, why: str, tmp_path: Path) -> None:
    text = text_of(tmp_path, EDGES + rows, "--levels", "elementary, high school")
    assert "      quarter:" not in text
    assert "      - quarter ends\n" in text
    assert why in text.partition("# Not understood")[2]


# ---- whatever comes, it loads --------------------------------------------------------------------


def test_no_file_makes_a_year_file_that_cannot_be_loaded(tmp_path: Path) -> None:
    """Three hundred calendars of random lines, levels and days; what cannot be written is left out and said.

    Not one weekday is believed to be a school day. (Confirmed as it stands, nonsense may still contradict itself.)
    """
    random = Random("import-year")
    known = table()
    words = [" ".join(known.lists[w[1:-1]][0] if w.startswith("{") else w for w in said) for said, _ in known.days]
    words += [f"end of {term}" for term in ("quarter 1", "quarter 2", "quarter 3", "q4", "semester 1", "trimester 2")]
    whom = ["", "", "", " (HS)", " - elementary", " (K-8)", " pre-k", " for all schools"]
    for _ in range(300):
        rows = [_row(random, random.choice(words).title() + random.choice(whom)) for _ in range(random.randint(1, 60))]
        levels = random.choice([[], ["--levels", "elementary, high school"], ["--levels", "elementary"]])
        text = text_of(tmp_path, "2026-09-07,Labor Day\n" + "".join(rows), "--replace", *levels)
        found = history(tmp_path, text)
        for level in found.levels or ("",):
            year = found.known_on(date(2027, 1, 1), level)
            assert year
            assert all(year.fact(day).students is not Flag.YES for day in year.span)


def _row(random: Random, name: str) -> str:
    first = date(2026, 6, 20) + timedelta(days=random.randrange(390))
    last = first + timedelta(days=random.choice([0, 0, 0, 1, 4, 11, 40, 130]))
    return f'{first} to {last},"{name}"\n' if last > first else f'{first},"{name}"\n'


def test_a_year_in_which_nothing_is_confirmed_has_no_known_school_day(tmp_path: Path) -> None:
    year = year_of(tmp_path, text_of(tmp_path, f"{EDGES}2026-09-07,Labor Day\n"))
    assert {year.fact(day).students for day in year.span} == {Flag.UNKNOWN, Flag.NO}
    assert year.anchor(FIRST_STUDENT_DAY).because == "not confirmed"


def test_a_file_nothing_is_understood_of_writes_nothing(tmp_path: Path) -> None:
    said = refused(tmp_path, "calendar.csv", "date,event\n2026-10-09,Homecoming\n", YEAR)
    assert "no line of it is understood as a day of school year 2026-27" in said
