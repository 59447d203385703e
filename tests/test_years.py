"""The school years on file: printed counts, the strike, and what a partly known year may not say."""

from __future__ import annotations

from datetime import date

import pytest

from calendars.days import Kind
from calendars.facts import Flag
from calendars.schoolyear import SchoolYear
from deadlines.deriving.cases import calendar_known_on
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import CannotSay, Frame, explore
from deadlines.phrases.parse import parse
from deadlines.reading.nodes import Text
from tests.support import ROOT, chicago, clean, place


def year(name: str, known: str, level: str = "elementary") -> SchoolYear:
    found = calendar_known_on(chicago().years, date.fromisoformat(known), level).year(name)
    assert found
    return found


def dates(phrase: str, name: str, known: str, level: str = "elementary", **events: str) -> dict[str, str]:
    """Every reading of a phrase: the answers that lead to it, joined, and its day or why there is none."""
    calendar = calendar_known_on(chicago().years, date.fromisoformat(known), level)
    happened = {event.replace("_", " "): date.fromisoformat(day) for event, day in events.items()}
    tree = parse(Text(phrase, place()))
    branches, _ = explore(
        lambda choices: Evaluator(Frame(calendar, name, events=happened, choices=choices)).date(tree), {}
    )
    return {
        "; ".join(branch.choices.values()): branch.value.isoformat() if branch.value else "cannot say"
        for branch in branches
    }


@pytest.mark.parametrize(
    ("name", "known", "students"),
    [
        ("2018-19", "2018-09-01", 178),  # as adopted, printed by the district
        ("2018-19", "2019-05-01", 178),  # two cold days lost, two make-up days won
        ("2019-20", "2019-09-01", 178),
        ("2019-20", "2019-12-01", 172),  # 178, less eleven strike days, and five made up
        ("2020-21", "2020-09-08", 178),
        ("2025-26", "2025-09-01", 176),
    ],
)
@pytest.mark.parametrize("level", ["elementary", "high school"])
def test_student_days(name: str, known: str, students: int, level: str) -> None:
    """The high schools' conference days of 2019-20 and 2020-21 were not found: two days stay open there.

    The two days the elementary schools lose to conferences are school days of the high schools, so that
    what is known for certain comes to the same number.
    """
    counted, open_ones = year(name, known, level).count(Kind.STUDENT)
    unsure = 2 if level == "high school" and name in ("2019-20", "2020-21") else 0
    assert (counted, open_ones) == (students, unsure)


def test_eleven_strike_days() -> None:
    """October 17 to 31, 2019 without two weekends: 2 + 5 + 4 days, the two sides counting them differently."""
    after = year("2019-20", "2019-12-01")
    struck = [day for day in after.span if after.fact(day).students is Flag.DISPUTED]
    assert (len(struck), struck[0], struck[-1]) == (11, date(2019, 10, 17), date(2019, 10, 31))


TEACHER_DIRECTED = {
    "the first Friday on or after the first teacher day of the school year": ("2019-08-30", "2019-08-30"),
    "the staff end of quarter 3": ("2020-04-17", "2020-04-17"),
    "the staff end of the school year": ("2020-06-17", "2020-06-19"),
}


@pytest.mark.parametrize(("phrase", "printed"), TEACHER_DIRECTED.items())
def test_teacher_directed_days_of_2019_20(phrase: str, printed: tuple[str, str]) -> None:
    """Article 19-2, as the union printed the three days: before the strike, and after the Board's vote."""
    assert set(dates(phrase, "2019-20", "2019-09-01").values()) == {printed[0]}
    assert set(dates(phrase, "2019-20", "2019-12-01").values()) == {printed[1]}


def test_a_clock_across_the_strike() -> None:
    """45 days after September 10, 2019, counted on paper in elementary student days.

    As adopted: 14 in September, 22 in October, then November 1, 4 to 7, 12, 14, 15 and the 18th. As amended the
    eleven strike days fall out and November 27 comes in: December 5, unless strike days count.
    """
    phrase = "45 student days after violation"
    adopted = dates(phrase, "2019-20", "2019-10-01", violation="2019-09-10")
    assert adopted == {"": "2019-11-18"}
    amended = dates(phrase, "2019-20", "2019-11-25", violation="2019-09-10")
    assert amended == {"they do not count": "2019-12-05", "they count": "2019-11-18"}


def test_during_the_strike_nobody_knows_the_end() -> None:
    """From October 17 until the make-up days were proposed, the last student day may be anywhere."""
    for known in ("2019-10-17", "2019-11-04"):
        calendar = calendar_known_on(chicago().years, date.fromisoformat(known), "elementary")
        evaluator = Evaluator(Frame(calendar, "2019-20"))
        phrase = parse(Text("the student end of the school year", place()))
        with pytest.raises(CannotSay, match="nobody has said where it may fall"):
            evaluator.date(phrase)
    proposed = dates("the student end of the school year", "2019-20", "2019-11-10")
    assert sorted(proposed.values()) == ["2020-06-16", "2020-06-17", "2020-06-18"]


def test_pre_kindergarten_starts_a_day_later() -> None:
    assert year("2025-26", "2025-09-01", "pre-kindergarten").first_day[0] == date(2025, 8, 19)
    assert year("2025-26", "2025-09-01", "pre-kindergarten").last_day[0] == date(2026, 6, 3)


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("the staff end of semester 1", "the semester ends of 2026-27 are not known"),
        ("the end of the school year", "in doubt"),
        ("the last teacher day of the school year", "not known"),
        ("the 20th student day of the school year", "not known"),
        ("the last student day of November", "not known"),
    ],
)
def test_a_partly_known_year_says_what_it_cannot_know(phrase: str, why: str) -> None:
    calendar = calendar_known_on(chicago().years, date(2026, 11, 25), "elementary")
    frame = Frame(calendar, "2026-27", choices={"which end": "staff end"})
    with pytest.raises(CannotSay, match=why):
        Evaluator(frame).date(parse(Text(phrase, place())))


def test_what_is_known_of_a_partly_known_year() -> None:
    assert dates("the start of the school year", "2026-27", "2026-11-25") == {"": "2026-08-24"}
    assert dates("the end of winter recess", "2026-27", "2026-11-25") == {"": "2027-01-01"}
    assert dates("Friday of school week 1", "2026-27", "2026-11-25") == {"": "2026-08-28"}


def test_semester_1_of_2025_26_has_three_fair_ends() -> None:
    """Its last student day is December 19 and the staff day after it January 5: the window must hold for both."""
    opens = dates("75 calendar days before the staff end of semester 1", "2025-26", "2025-09-01")
    assert min(opens.values()) == "2025-10-05"
    assert max(opens.values()) == "2025-10-22"


def test_run_for_today_the_delegate_hears_what_is_known_and_what_is_not() -> None:
    """November 25, 2026: the monthly meeting is due by Monday the 30th; what hangs on unknown days is named as such."""
    text = clean("digest", "preview", "-C", str(ROOT / "districts/chicago"), "--on", "2026-11-25")
    assert "Professional Problems Committee meets, monthly meeting: last safe day" in text
    assert "Monday November 30, 2026" in text
    assert "Only some days of school year 2026-27 are on file" in text
    assert "quarter ends" in text
    assert "CHECK FIRST" in text
