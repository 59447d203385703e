"""The school year: what a day is, for whom, as known on a day; expected values read off the printed calendar."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from calendars.counting import PastKnownData, count_between, count_from
from calendars.days import DateSpan, Kind
from calendars.facts import LAST_STUDENT_DAY, YEAR_STAFF_END, Flag
from calendars.neighbours import next_year_name, year_name
from calendars.schoolyear import SchoolYear
from deadlines.deriving.cases import calendar_known_on
from deadlines.loading.folder import read_local
from tests.support import MILLBROOK, chicago, write_millbrook

ADOPTED, FIRST_COLD, STORM, AMENDED = (
    date(2018, 9, 1), date(2019, 1, 28), date(2019, 2, 15), date(2019, 5, 15)
)  # fmt: skip


def year(known: date, level: str = "elementary", name: str = "2018-19") -> SchoolYear:
    found = calendar_known_on(chicago().years, known, level).year(name)
    assert found is not None
    return found


@pytest.mark.parametrize("level", ["elementary", "high school"])
@pytest.mark.parametrize("known", [ADOPTED, AMENDED])
def test_student_days_as_printed(level: str, known: date) -> None:
    """178 as adopted and as amended: two days closed, two made up."""
    assert year(known, level).count(Kind.STUDENT) == (178, 0)


def test_student_days_during_the_storm_are_a_stretch() -> None:
    """176 certain, and two weekdays that may be made up."""
    assert year(STORM).count(Kind.STUDENT) == (176, 2)


def test_work_days() -> None:
    """190 in 2019-20: 178 student days, 10 staff days, 2 conference days; not known in 2018-19."""
    assert year(AMENDED, name="2019-20").count(Kind.TEACHER) == (190, 0)
    assert year(ADOPTED).count(Kind.TEACHER)[1] > 0


DAYS = [
    ("2018-09-04", "yes yes yes", "school day"),
    ("2018-09-03", "no unknown unknown", "the first teacher day is not known"),
    ("2018-10-08", "no no unknown", "Columbus Day"),
    ("2018-11-02", "no yes yes", "school improvement day, quarter 1"),
    ("2018-11-14", "no yes yes", "report card conferences, fall"),
    ("2018-11-15", "yes yes yes", "school day"),
    ("2018-12-26", "no no unknown", "winter recess"),
    ("2018-12-29", "no no unknown", "winter recess"),
    ("2018-11-10", "no no unknown", "weekend"),
    ("2019-06-20", "no no unknown", "after the school year"),
]


@pytest.mark.parametrize(("day", "flags", "label"), DAYS)
def test_days_as_adopted(day: str, flags: str, label: str) -> None:
    fact = year(ADOPTED).fact(date.fromisoformat(day))
    assert f"{fact.students.value} {fact.teachers.value} {fact.office.value}" == flags
    assert fact.label == label


def test_every_listed_day_names_its_line() -> None:
    fact = year(ADOPTED).fact(date(2018, 10, 8))
    assert str(fact.origin) == "years/2018-19.yaml:32"
    assert fact.origin
    assert fact.origin.source.startswith("letter of the district's chief executive")


def test_levels_lose_their_own_conference_day() -> None:
    assert year(ADOPTED).fact(date(2018, 11, 14)).students is Flag.NO
    assert year(ADOPTED, "high school").fact(date(2018, 11, 14)).students is Flag.YES
    assert year(ADOPTED, "high school").fact(date(2018, 11, 15)).students is Flag.NO


def test_the_year_as_known_on_a_day() -> None:
    """The first cold day was announced on 28 January, the second on the 30th; 2019-20 was adopted on 24 January."""
    assert year(FIRST_COLD).fact(date(2019, 1, 30)).students is Flag.NO
    assert year(FIRST_COLD).fact(date(2019, 1, 31)).students is Flag.YES
    assert year(date(2019, 1, 30)).fact(date(2019, 1, 31)).label == "closed for extreme cold, second day"
    assert calendar_known_on(chicago().years, date(2019, 1, 23), "elementary").year("2019-20") is None
    assert calendar_known_on(chicago().years, date(2019, 1, 24), "elementary").year("2019-20") is not None
    assert calendar_known_on(chicago().years, date(2018, 1, 23), "elementary").years == ()


def test_anchors_in_doubt_and_settled() -> None:
    """The storm: June 18 to 20 for students. April: 20 June is certain, the staff end is the 20th or the 21st."""
    anchor = year(STORM).anchor(LAST_STUDENT_DAY)
    assert (anchor.day, anchor.in_doubt) == (date(2019, 6, 18), True)
    assert anchor.bounds == DateSpan(date(2019, 6, 18), date(2019, 6, 20))
    assert not year(AMENDED).anchor(LAST_STUDENT_DAY).in_doubt
    assert year(AMENDED).anchor("student end of semester 2").day == date(2019, 6, 20)
    assert year(AMENDED).candidates(YEAR_STAFF_END) == (date(2019, 6, 20), date(2019, 6, 21))
    assert year(STORM).anchor("student end of quarter 2").in_doubt


def test_doubtful_days_are_unknown_until_settled() -> None:
    """19 June is a work day wherever the year ends; whether students come, nobody can say yet; nor the 20th."""
    storm = year(STORM)
    nineteenth, twentieth = (storm.fact(date(2019, 6, day)) for day in (19, 20))
    assert (nineteenth.students, nineteenth.teachers) == (Flag.UNKNOWN, Flag.YES)
    assert (twentieth.students, twentieth.teachers) == (Flag.UNKNOWN, Flag.UNKNOWN)
    assert twentieth.office is Flag.UNKNOWN
    settled = storm.assuming(LAST_STUDENT_DAY, date(2019, 6, 20))
    assert settled.fact(date(2019, 6, 20)).students is Flag.YES
    assert settled.fact(date(2019, 6, 20)).teachers is Flag.YES
    assert settled.candidates(YEAR_STAFF_END) == (date(2019, 6, 20), date(2019, 6, 21))
    assert storm.assuming(LAST_STUDENT_DAY, date(2019, 6, 18)).fact(date(2019, 6, 19)).students is Flag.NO


def test_terms_have_two_ends() -> None:
    first, second = year(ADOPTED).terms("semester")
    assert (first.student_end.day, first.staff_end.day) == (date(2019, 1, 31), date(2019, 2, 1))
    assert second.first == date(2019, 2, 4)
    assert [q.first for q in year(ADOPTED).terms("quarter")] == [
        date(2018, 9, 4), date(2018, 11, 5), date(2019, 2, 4), date(2019, 4, 8)
    ]  # fmt: skip
    with pytest.raises(KeyError):
        year(ADOPTED).terms("trimester")


def test_counts_cross_the_summer_and_say_what_is_missing() -> None:
    """From 15 May 2019 as adopted: 23 student days to 18 June, 22 more from 3 September end on 2 October."""
    calendar = calendar_known_on(chicago().years, date(2019, 1, 25), "elementary")
    assert count_between(calendar, date(2019, 5, 15), date(2019, 6, 30), Kind.STUDENT) == 23
    assert count_from(calendar, date(2019, 5, 15), 45, Kind.STUDENT) == date(2019, 10, 2)
    short = calendar_known_on(chicago().years, ADOPTED, "elementary")
    with pytest.raises(PastKnownData) as caught:
        count_from(short, date(2019, 5, 15), 45, Kind.STUDENT)
    assert (caught.value.found, caught.value.wanted, caught.value.missing) == (23, 45, "2019-20")
    assert caught.value.edge == date(2019, 6, 30)


def test_school_year_names() -> None:
    assert year_name(date(2019, 6, 30)) == "2018-19"
    assert year_name(date(2019, 7, 1)) == "2019-20"
    assert year_name(date(1999, 12, 31)) == "1999-00"
    assert next_year_name("1999-00") == "2000-01"
    assert next_year_name("2018-19", -1) == "2017-18"


AMENDMENT = """
  - announced: 2021-10-05
    adopted: 2021-10-20
    source: a made-up amendment
    closed: [2021-10-04 closed for a storm]
    students: {last day: 2022-06-14}
    student days: [2021-11-26 make-up day in the recess]
    terms: {trimester: {3: {staff end: 2022-06-15}}}
"""


def test_an_amendment_binds_only_once_adopted(tmp_path: Path) -> None:
    """The storm day is a fact from 5 October, the end in doubt, the recess day unknown; on the 20th all is settled."""
    text = MILLBROOK["years/2021-22.yaml"].rstrip() + AMENDMENT
    local = read_local(write_millbrook(tmp_path, **{"years__2021-22.yaml": text}))

    def known(day: str) -> SchoolYear:
        found = calendar_known_on(local.years, date.fromisoformat(day), "").year("2021-22")
        assert found is not None
        return found

    before, pending, after = known("2021-10-04"), known("2021-10-05"), known("2021-10-20")
    storm, recess = date(2021, 10, 4), date(2021, 11, 26)
    assert [y.fact(storm).students for y in (before, pending, after)] == [Flag.YES, Flag.NO, Flag.NO]
    assert [y.fact(recess).students for y in (before, pending, after)] == [Flag.NO, Flag.UNKNOWN, Flag.YES]
    end = pending.anchor(LAST_STUDENT_DAY)
    assert (end.day, end.in_doubt, end.bounds) == (
        date(2022, 6, 10), True, DateSpan(date(2022, 6, 10), date(2022, 6, 14))
    )  # fmt: skip
    assert pending.anchor(YEAR_STAFF_END).bounds == DateSpan(date(2022, 6, 13), date(2022, 6, 15))
    assert after.anchor(LAST_STUDENT_DAY).day == date(2022, 6, 14)
    assert not after.anchor(LAST_STUDENT_DAY).in_doubt
    assert after.anchor(YEAR_STAFF_END).day == date(2022, 6, 15)


def test_a_stretch_of_strike_or_staff_days_leaves_weekends_and_holidays_closed() -> None:
    """October 18 to 31, 2019 holds two weekends; they were no strike days, whatever the line says."""
    after = year(date(2019, 12, 1), name="2019-20")
    for day in (date(2019, 10, 19), date(2019, 10, 20), date(2019, 10, 26), date(2019, 10, 27)):
        assert after.fact(day).students is Flag.NO
        assert after.fact(day).teachers is Flag.NO
    assert after.fact(date(2019, 10, 21)).students is Flag.DISPUTED
