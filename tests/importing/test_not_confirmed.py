"""A day nobody has compared with the calendar yet: published nowhere, believed by no count, told by check."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from calendars.facts import FIRST_STUDENT_DAY, LAST_STUDENT_DAY, Flag
from calendars.schoolyear import SchoolYear
from deadlines.deriving.cases import calendar_known_on
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import CannotSay, Frame, explore
from deadlines.phrases.parse import parse
from deadlines.reading.nodes import Text
from tests.importing.made import history, year_of
from tests.problem_folders import DAY, clean_local
from tests.support import clean, place, run

YEAR = """
school year: 2021-22
revisions:
  - adopted: 2021-03-01
    source: a test
    students: {first day: 2021-08-30, last day: 2022-06-10}
    terms:
      quarter:
        1: {student end: 2021-11-04, staff end: 2021-11-05}
        2: {student end: 2022-01-20, staff end: 2022-01-21}
        3: {student end: 2022-03-24, staff end: 2022-03-25}
        4: {staff end: 2022-06-13}
    closed:
      - 2021-09-06 Labor Day
      - 2021-11-24 to 2021-11-28 Thanksgiving recess
    teachers only: [2021-10-08 institute day, 2021-11-05 records day, 2022-06-13 closing day]
    conferences: [2021-11-17 conferences]
"""


def doubted(*facts: str) -> str:
    """The year with some of its facts marked."""
    text = YEAR
    for fact in facts:
        assert text.count(fact) == 1, fact
        text = text.replace(fact, f"{fact} (not confirmed)")
    return text


def flags(year: SchoolYear, day: str) -> tuple[Flag, Flag]:
    fact = year.fact(date.fromisoformat(day))
    return fact.students, fact.teachers


@pytest.mark.parametrize(
    ("fact", "day"),
    [
        ("2021-09-06 Labor Day", "2021-09-06"),
        ("2021-10-08 institute day", "2021-10-08"),
        ("2021-11-17 conferences", "2021-11-17"),
        ("Thanksgiving recess", "2021-11-25"),
    ],
)
def test_a_listed_day_is_unknown_until_it_is_confirmed(fact: str, day: str, tmp_path: Path) -> None:
    """What it is guessed to be and what it would be otherwise differ: neither is believed."""
    assert flags(year_of(tmp_path, YEAR), day)[0] is Flag.NO
    doubtful = year_of(tmp_path, doubted(fact))
    assert flags(doubtful, day) == (Flag.UNKNOWN, Flag.UNKNOWN)
    assert doubtful.fact(date.fromisoformat(day)).label.endswith(" (not confirmed)")


def test_a_weekend_in_a_recess_is_free_all_the_same(tmp_path: Path) -> None:
    """Saturday November 27 and Sunday the 28th are listed; nobody would come either way."""
    year = year_of(tmp_path, doubted("Thanksgiving recess"))
    assert flags(year, "2021-11-27") == flags(year, "2021-11-28") == (Flag.NO, Flag.NO)
    assert flags(year, "2021-11-26") == (Flag.UNKNOWN, Flag.UNKNOWN)


def test_the_mark_is_no_part_of_the_name(tmp_path: Path) -> None:
    """So that confirming a day changes no identity in a feed."""
    year = year_of(tmp_path, doubted("2021-09-06 Labor Day"))
    assert year.marks[date(2021, 9, 6)].name == "Labor Day"
    assert [what for what, _ in year.unconfirmed] == ["2021-09-06 Labor Day"]


def test_a_later_line_confirms_it(tmp_path: Path) -> None:
    later = "  - adopted: 2021-08-01\n    source: the district\n    closed: [2021-09-06 Labor Day]\n"
    found = history(tmp_path, doubted("2021-09-06 Labor Day") + later)
    before, after = (found.known_on(day) for day in (date(2021, 7, 31), date(2021, 8, 1)))
    assert before
    assert after
    assert flags(before, "2021-09-06") == (Flag.UNKNOWN, Flag.UNKNOWN)
    assert flags(after, "2021-09-06") == (Flag.NO, Flag.NO)


def test_what_a_later_revision_says_of_one_level_settles_nothing_for_the_other(tmp_path: Path) -> None:
    text = doubted("first day: 2021-08-30", "last day: 2022-06-10").replace("revisions:", "levels: [a, b]\nrevisions:")
    edges = "{first day: {a: 2021-08-31}, last day: {a: 2022-06-09}}"
    later = f"  - adopted: 2021-08-01\n    source: x\n    students: {edges}\n"
    for level, because in (("a", ""), ("b", "not confirmed")):
        year = year_of(tmp_path, text + later, level)
        assert [year.anchor(name).because for name in (FIRST_STUDENT_DAY, LAST_STUDENT_DAY)] == [because] * 2


def test_a_later_revision_that_gives_the_day_of_one_level_leaves_the_other_unknown(tmp_path: Path) -> None:
    text = YEAR.replace("revisions:", "levels: [a, b]\nrevisions:").replace("first day: 2021-08-30, ", "")
    text = text.replace("    closed:", "    not known: [first student day]\n    closed:")
    later = "  - adopted: 2021-08-01\n    source: x\n    students: {first day: {a: 2021-08-31}}\n"
    known, unknown = (year_of(tmp_path, text + later, level) for level in "ab")
    assert known.anchor(FIRST_STUDENT_DAY).because == ""
    assert unknown.anchor(FIRST_STUDENT_DAY).because == "not known"
    assert flags(known, "2021-10-13") == (Flag.YES, Flag.YES)
    assert flags(unknown, "2021-10-13") == (Flag.UNKNOWN, Flag.UNKNOWN)


# ---- points of the year --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "point"),
    [
        ("first day: 2021-08-30", "first student day"),
        ("last day: 2022-06-10", "last student day"),
        ("student end: 2021-11-04", "student end of quarter 1"),
        ("staff end: 2022-01-21", "staff end of quarter 2"),
        ("staff end: 2022-06-13", "staff end of the school year"),
    ],
)
def test_a_point_that_is_not_confirmed_can_be_anywhere(fact: str, point: str, tmp_path: Path) -> None:
    assert not year_of(tmp_path, YEAR).anchor(point).in_doubt
    anchor = year_of(tmp_path, doubted(fact)).anchor(point)
    assert (anchor.in_doubt, anchor.bounds, anchor.because) == (True, None, "not confirmed")


def test_without_a_staff_day_the_year_ends_as_openly_as_for_students(tmp_path: Path) -> None:
    text = doubted("last day: 2022-06-10").replace("4: {staff end: 2022-06-13}", "4: {}")
    assert year_of(tmp_path, text).anchor("staff end of the school year").because == "not confirmed"


@pytest.mark.parametrize("fact", ["first day: 2021-08-30", "last day: 2022-06-10"])
def test_a_year_that_may_begin_or_end_anywhere_has_no_certain_weekday(fact: str, tmp_path: Path) -> None:
    year = year_of(tmp_path, doubted(fact))
    assert flags(year, "2021-10-13") == (Flag.UNKNOWN, Flag.UNKNOWN)
    assert flags(year, "2021-09-06") == (Flag.NO, Flag.NO)  # what is listed and confirmed stays as it is
    which = "first" if "first" in fact else "last"
    assert year.fact(date(2021, 10, 13)).label == f"the {which} student day is not confirmed"


def say(folder: Path, text: str, phrase: str, **events: str) -> set[str]:
    """Every date a phrase may mean in the year, or why it means none."""
    calendar = calendar_known_on((history(folder, text),), date(2021, 9, 1), "")
    days = {name: date.fromisoformat(day) for name, day in events.items()}
    tree = parse(Text(phrase, place()))

    def run_once(choices: object) -> date:
        assert isinstance(choices, dict)
        return Evaluator(Frame(calendar, "2021-22", events=days, choices=choices)).date(tree)

    branches, _ = explore(run_once, {})
    return {branch.value.isoformat() if branch.value else str(branch.unsaid) for branch in branches}


FIRST = "the first student day of 2021-22 is not confirmed"


@pytest.mark.parametrize(
    ("fact", "phrase", "why"),
    [
        ("first day: 2021-08-30", "the start of the school year", FIRST),
        ("first day: 2021-08-30", "the start of quarter 1", FIRST),
        ("first day: 2021-08-30", "the 10th student day of quarter 1", FIRST),
        ("first day: 2021-08-30", "the end of the quarter containing October 1", FIRST),
        ("first day: 2021-08-30", "Friday of school week 2", "holds a student day is not known"),
        ("last day: 2022-06-10", "10 calendar days before the student end of the school year", "is not confirmed"),
        ("staff end: 2021-11-05", "30 calendar days before the staff end of quarter 1", "is not confirmed"),
        ("staff end: 2021-11-05", "the start of quarter 2", "the staff end of quarter 1 of 2021-22 is not confirmed"),
        ("Thanksgiving recess", "the end of Thanksgiving recess", "“thanksgiving recess” of 2021-22 is not confirmed"),
        ("2021-09-06 Labor Day", "Labor Day", "“labor day” of 2021-22 is not confirmed"),
    ],
)
def test_no_date_hangs_on_it(fact: str, phrase: str, why: str, tmp_path: Path) -> None:
    confirmed, doubtful = (say(tmp_path, text, phrase) for text in (YEAR, doubted(fact)))
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", found) for found in confirmed)
    assert all(why in found for found in doubtful), doubtful


def test_a_count_is_made_with_it_and_without(tmp_path: Path) -> None:
    """Ten student days after Monday August 30: September 14 with Labor Day off, the 13th without it."""
    phrase = "10 student days after violation"
    assert say(tmp_path, YEAR, phrase, violation="2021-08-30") == {"2021-09-14"}
    assert say(tmp_path, doubted("2021-09-06 Labor Day"), phrase, violation="2021-08-30") == {
        "2021-09-14",
        "2021-09-13",
    }


def test_the_start_of_a_term_on_a_day_nobody_confirmed(tmp_path: Path) -> None:
    """Quarter 2 would start on Monday November 8; a closure guessed for that day leaves its start open."""
    text = YEAR.replace("      - 2021-09-06", "      - 2021-11-08 Veterans Day (not confirmed)\n      - 2021-09-06")
    assert say(tmp_path, YEAR, "the start of quarter 2") == {"2021-11-08"}
    (why,) = say(tmp_path, text, "the start of quarter 2")
    assert (
        why
        == "whether quarter 2 of 2021-22 starts on Monday November 8, 2021 is not known (Veterans Day (not confirmed))"
    )
    (why,) = say(tmp_path, text, "the end of the quarter containing November 8")
    assert "is not known (Veterans Day (not confirmed))" in why


def test_weeks_are_not_numbered_past_one_that_may_hold_no_student_day(tmp_path: Path) -> None:
    text = YEAR.replace("24 to 2021-11-28 Thanksgiving recess", "22 to 2021-11-26 Thanksgiving recess (not confirmed)")
    calendar = calendar_known_on((history(tmp_path, text),), date(2021, 9, 1), "")
    with pytest.raises(CannotSay, match="week of Monday November 22, 2021 holds a student day is not known"):
        Evaluator(Frame(calendar, "2021-22")).date(parse(Text("Friday of school week 13", place())))
    assert say(tmp_path, text, "Friday of school week 12") == {"2021-11-19"}


# ---- the steward and the public ------------------------------------------------------------------


@pytest.fixture
def local(tmp_path: Path) -> Path:
    """The clean local of the problems, with a recess, a staff day, a point and an announced date not confirmed."""
    folder = tmp_path / "local"
    for name, data in clean_local().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    path = folder / "years/2021-22.yaml"
    text = path.read_text(encoding="utf-8")
    for fact in ("winter recess", "records day, quarter 2", "student end: 2022-03-24", "2021-10-12 open house"):
        text = text.replace(fact, f"{fact} (not confirmed)")
    path.write_text(text.replace("    printed counts: {student days: 187}\n", ""), encoding="utf-8")
    return folder


def test_check_tells_the_steward_each_of_them(local: Path) -> None:
    said = clean("check", str(local), "--on", DAY)
    assert [line.strip() for line in said.splitlines() if "not confirmed: " in line] == [
        "not confirmed: 2022-03-24 student end of quarter 3 (years/2021-22.yaml:11)",
        "not confirmed: 2022-01-21 records day, quarter 2 (years/2021-22.yaml:18)",
        "not confirmed: 2021-12-20 to 2021-12-31 winter recess (years/2021-22.yaml:27)",
        "not confirmed: 2021-10-12 open house (years/2021-22.yaml:28)",
    ]


def test_none_of_it_is_published_and_all_of_it_is_once_confirmed(local: Path) -> None:
    clean("build", "-C", str(local), "--on", DAY)
    feed = local / "public/feeds/calendar.ics"
    names = ("winter recess", "records day\\, quarter 2", "Last student day of quarter 3", "Open house")
    before = feed.read_text(encoding="utf-8")
    assert not [name for name in names if name in before]
    assert "Last student day of quarter 1" in before
    path = local / "years/2021-22.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(" (not confirmed)", ""), encoding="utf-8")
    clean("build", "-C", str(local), "--on", DAY)
    after = feed.read_text(encoding="utf-8")
    assert [name for name in names if name not in after] == []
    assert "not confirmed" not in before + after


def test_an_announced_date_that_is_not_confirmed_stays_out_of_the_digest(local: Path) -> None:
    digest = ("digest", "preview", "-C", str(local), "--for", "delegate", "--on", "2021-10-11")
    assert "pen house" not in clean(*digest)
    path = local / "years/2021-22.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(" (not confirmed)", ""), encoding="utf-8")
    assert "pen house" in clean(*digest)


@pytest.mark.parametrize(
    "mark", ["(unconfirmed)", "(to be confirmed)", "(Not Confirmed)", "(not yet confirmed)", "(not confirmed?)"]
)
def test_a_mark_in_other_words_is_refused(mark: str, local: Path) -> None:
    """It would be taken for a part of the name, and the guess for a fact."""
    path = local / "years/2021-22.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("(not confirmed)", mark), encoding="utf-8")
    result = run("check", str(local), "--on", DAY)
    assert result.exit_code == 1
    assert result.output.count(f"`{mark}` is not how a day is marked that nobody has compared yet") == 4
    assert result.output.count("nearest: (not confirmed)") == 4


@pytest.mark.parametrize("name", ["confirmation class (evening)", "conference (to confirm grades)x"])
def test_other_words_in_brackets_are_a_name(name: str, tmp_path: Path) -> None:
    year = year_of(tmp_path, YEAR.replace("Labor Day", name))
    assert year.marks[date(2021, 9, 6)].name == name
    assert year.anchor(FIRST_STUDENT_DAY).in_doubt is False


IMPORTED = """Date,Event
2027-08-23,First Day of School
2027-09-06,Labor Day
2027-09-24,No School - PD Day
2028-02-22,No School - PD Day
2028-06-09,Last Day
"""


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("2027-09-06 Labor Day (not confirmed)", "2027-09-06 Labor Day"),
        ("2027-09-24 PD Day, September (not confirmed)", "2027-09-24 PD Day, September"),
        ("first day: 2027-08-23 (not confirmed)", "first day: 2027-08-23"),
        ("first day: 2027-08-23 (not confirmed)", "first day: {a: 2027-08-23, b: 2027-08-24 (not confirmed)}"),
    ],
)
def test_a_date_somebody_has_confirmed_is_not_written_over(was: str, becomes: str, tmp_path: Path) -> None:
    """A file nobody has worked on is read in again as often as one likes; one confirmed date, and it stays."""
    (tmp_path / "calendar.csv").write_text(IMPORTED, encoding="utf-8")
    target = tmp_path / "year.yaml"
    command = ("import-year", str(tmp_path / "calendar.csv"), "--year", "2027-28", "--replace", "-C", str(tmp_path))
    clean(*command, "--out", str(target))
    text = target.read_text(encoding="utf-8")
    clean(*command, "--out", str(target))
    assert text.count(was) == 1
    target.write_text(text.replace(was, becomes), encoding="utf-8")
    said = run(*command, "--out", str(target))
    assert said.exit_code == 1
    assert "this date has been confirmed, and would be written over" in said.output
    assert target.read_text(encoding="utf-8") == text.replace(was, becomes)
