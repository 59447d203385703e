"""Clocks counted back from a week, each counted forward again on paper."""

from __future__ import annotations

from datetime import date, timedelta

from calendars.days import DateSpan
from deadlines.deriving.runs_out import Clocks, runs_out
from deadlines.model.obligation import RunsOut
from tests.support import ROOT, chicago, clean

CHICAGO = str(ROOT / "districts/chicago")


def of_week(monday: str, rule: str, part: str = "") -> RunsOut | None:
    first = date.fromisoformat(monday)
    found = runs_out(chicago(), first, DateSpan(first, first + timedelta(days=6)))
    named = [ends for ends in found if (ends.card.rule, ends.part.name) == (rule, part)]
    return named[0] if named else None


def span(first: str, last: str) -> DateSpan:
    return DateSpan(date.fromisoformat(first), date.fromisoformat(last))


def test_what_happened_before_september_12_goes_out_of_time() -> None:
    """45 teacher days after Wednesday September 12, 2018: 12 to the end of September, 36 to November 2 (Columbus Day
    closed, the staff day counted), five more to the 9th, then Tuesday the 13th to Friday the 16th. After Friday the
    7th there are three teacher days more, so that clock ends on the 13th; Monday the 12th is a holiday.
    """
    found = of_week("2018-11-12", "3-6-2-file-a-grievance", "ordinary")
    assert found
    assert found.ours
    assert found.happened == span("2018-09-07", "2018-09-12")
    assert found.leads == span("2018-11-13", "2018-11-16")


def test_across_the_cold_days() -> None:
    """From Thursday November 15: 8 to November 30, 23 to December 21, 37 to January 25, the 28th and 29th, then the
    closed days; February 1 is the 40th and Friday February 8 the 45th.
    """
    found = of_week("2019-02-04", "3-6-2-file-a-grievance", "ordinary")
    assert found
    assert found.happened.last == date(2018, 11, 15)
    assert found.leads.last == date(2019, 2, 8)


def test_in_the_summer_no_day_is_called_safe() -> None:
    """Three years after August 27 to September 2, 2015 end in the last week of August 2018, when nobody knows of a day
    the school is open; the same clock ends on February 4 to 8, 2019 on school days.
    """
    summer = of_week("2018-08-27", "3-6-2-file-a-grievance", "salary")
    assert summer
    assert summer.happened == span("2015-08-27", "2015-09-02")
    assert summer.leads == span("2018-08-27", "2018-09-02")
    assert not summer.safe
    winter = of_week("2019-02-04", "3-6-2-file-a-grievance", "salary")
    assert winter
    assert winter.safe
    said = clean("digest", "preview", "-C", CHICAGO, "--on", "2018-08-27")
    assert "the time ends from Monday August 27, 2018 to Sunday September 2, 2018" in said
    assert "last safe day for Thursday August 27, 2015" not in said


def test_what_is_remembered_of_other_weeks_changes_nothing() -> None:
    """Before, between and after the days of cold, each as known then; and back again."""
    memory: Clocks = {}
    for monday in ("2018-11-12", "2019-01-28", "2019-02-04", "2019-01-21"):
        first = date.fromisoformat(monday)
        week = DateSpan(first, first + timedelta(days=6))
        assert runs_out(chicago(), first, week, memory=memory) == runs_out(chicago(), first, week)


def test_at_a_quarters_end_the_open_preps_are_asked_for() -> None:
    """Preps cancelled in quarter 1 (September 4 to the staff day, November 2) are due by January 31, 2019."""
    found = of_week("2019-01-28", "27-5-make-up-prep", "make up")
    assert found
    assert not found.ours
    assert found.happened == span("2018-09-04", "2018-11-02")
    assert found.leads == span("2019-01-31", "2019-01-31")
    assert of_week("2019-01-21", "27-5-make-up-prep", "make up") is None
    text = clean("digest", "preview", "-C", CHICAGO, "--on", "2019-01-28")
    assert "Prep cancelled from Tuesday September 4, 2018 to Friday November 2, 2018" in text


def test_where_nothing_can_be_said_nothing_is_said() -> None:
    """Of 2026-27 hardly a day is known: no clock of school days is counted back from it."""
    assert of_week("2026-11-23", "3-6-2-file-a-grievance", "ordinary") is None


def test_just_passed_asks_and_never_accuses() -> None:
    text = clean("digest", "preview", "-C", CHICAGO, "--on", "2019-02-04")
    passed = text.partition("JUST PASSED: WAS IT DONE?")[2].partition("THE NEXT FOUR WEEKS")[0]
    assert "Friday February 1, 2019 (3 days ago)" in passed
    assert "It was done if the schedule is posted or given to the PPC." in passed
    assert "overdue" not in text.lower()
    assert "Year-end resignation" not in passed  # a day something happens on, and nothing that could be left undone
    assert "JUST PASSED" not in clean("digest", "preview", "-C", CHICAGO, "--on", "2018-12-17")
