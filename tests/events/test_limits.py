"""``deadlines limits`` over a book: what was logged, held against the cards. Weeks and rows are counted on paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.events.book import folder, log
from tests.support import clean, run, write_millbrook

__all__ = ["folder"]

CLERK = ("--who", "C-007", "--school", "Northside")


def verdicts(on: str, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(clean("limits", "--on", on, "--format", "json", *more))
    return found


def said(on: str, *more: str) -> list[tuple[str, str, str]]:
    """Limit, stretch and verdict of each."""
    return [(one["limit"], one["when"], one["verdict"]) for one in verdicts(on, *more)]


# ---- the ruling of November 2020: at least four days at home, at most one in the building --------------

HOME, BUILDING = "at least 4 home days per work week", "at most 1 building day per work week"
FULL, SHORT = "the week of Mon Nov 16, 2020", "the week of Mon Nov 23, 2020"


def test_two_building_days_in_a_full_week_are_broken_in_a_short_one_one_is_disputed(folder: Path) -> None:
    """November 16 to 20 are five work days; of November 23 to 27 the last three are recess."""
    for day in ("16", "18", "23"):
        log("building day", f"2020-11-{day}", *CLERK)
    assert said("2020-11-27", "--who", "C-007") == [
        (BUILDING, FULL, "broken beyond doubt"), (BUILDING, SHORT, "disputed"),
    ]  # fmt: skip
    full, short = verdicts("2020-11-27")
    assert (full["rests on"], full["decided by"], full["counted"]) == (["E-000001", "E-000002"], [], "2")
    assert (short["rests on"], short["decided by"]) == (["E-000003"], ["short weeks"])
    assert short["readings"] == [
        {"answers": {"short weeks": "as in a full week"}, "verdict": "kept"},
        {"answers": {"short weeks": "in proportion"}, "verdict": "broken"},
    ]
    assert said("2020-11-22") == [(BUILDING, FULL, "broken beyond doubt")]
    assert said("2020-11-27", "--as-known-on", "2020-11-17") == [(BUILDING, FULL, "kept")]


def test_a_day_written_down_twice_is_one_day(folder: Path) -> None:
    log("building day", "2020-11-16", *CLERK)
    log("building day", "2020-11-16", *CLERK)
    (one,) = verdicts("2020-11-27")
    assert (one["verdict"], one["counted"], one["rests on"]) == ("kept", "1", ["E-000001", "E-000002"])


def test_persons_and_voided_rows_are_kept_apart(folder: Path) -> None:
    log("building day", "2020-11-16", *CLERK)
    log("building day", "2020-11-17", "--who", "C-008", "--school", "Northside")
    log("building day", "2020-11-18", *CLERK)
    clean("void", "E-3", "--reason", "at home that day", "--recorded", "2020-11-19")
    assert [one["verdict"] for one in verdicts("2020-11-27")] == ["kept", "kept"]
    assert [one["who"] for one in verdicts("2020-11-27", "--who", "C-008")] == ["C-008"]


def test_fewer_days_at_home_in_the_book_prove_nothing_until_it_accounts_for_the_week(folder: Path) -> None:
    """Three home days: of Thursday and Friday the book knows nothing; then both were in the building."""
    for day in ("16", "17", "18"):
        log("home day", f"2020-11-{day}", *CLERK)
    (one,) = verdicts("2020-11-27")
    assert one["verdict"] == "cannot say"
    assert one["why not"] == (
        "the book does not account for each work day of that week (Thursday November 19, 2020 and 1 more)"
    )
    log("building day", "2020-11-19", *CLERK)
    log("building day", "2020-11-20", *CLERK)
    assert said("2020-11-27") == [(HOME, FULL, "broken beyond doubt"), (BUILDING, FULL, "broken beyond doubt")]


def test_four_days_at_home_are_enough_whatever_the_fifth_was(folder: Path) -> None:
    for day in ("16", "17", "18", "19"):
        log("home day", f"2020-11-{day}", *CLERK)
    assert said("2020-11-27") == [(HOME, FULL, "kept")]


def test_a_week_before_the_ruling_and_the_one_it_begins_in(folder: Path) -> None:
    """The ruling is of Thursday November 12."""
    log("building day", "2020-11-03", *CLERK)
    log("building day", "2020-11-09", *CLERK)
    before, within = verdicts("2020-11-27")
    assert (before["verdict"], before["why not"]) == (
        "does not apply",
        "it does not hold in the week of Monday November 2, 2020",
    )
    assert within["why not"] == "it begins within the week of Monday November 9, 2020, on Thursday November 12, 2020"


def test_a_school_shown_safe_ends_it_there_and_nowhere_else(folder: Path) -> None:
    """Shown on Friday November 13: from the week after."""
    for who, school in (("C-007", "Northside"), ("C-008", "Southside")):
        for day in ("16", "18"):
            log("building day", f"2020-11-{day}", "--who", who, "--school", school)
    assert "ends 14-1-clerks-remote at Southside on Friday November 13, 2020" in log(
        "school shown safe", "2020-11-13", "--school", "Southside"
    )
    assert [(one["who"], one["verdict"]) for one in verdicts("2020-11-27")] == [
        ("C-007", "broken beyond doubt"), ("C-008", "does not apply"),
    ]  # fmt: skip
    assert verdicts("2020-11-27", "--school", "Southside")[0]["why not"] == "it ended when “school shown safe”"
    # What was not yet known on Tuesday ends nothing.
    log("school shown safe", "2020-11-16", "--school", "Northside")
    assert [one["verdict"] for one in verdicts("2020-11-27", "--who", "C-007")] == ["does not apply"]


def test_in_the_week_it_ends_in_there_is_no_verdict(folder: Path) -> None:
    log("building day", "2020-11-16", *CLERK)
    log("building day", "2020-11-17", *CLERK)
    log("school shown safe", "2020-11-18", "--school", "northside")
    (one,) = verdicts("2020-11-27")
    assert (one["verdict"], one["why not"]) == (
        "cannot say", "it ends within the week of Monday November 16, 2020, on Tuesday November 17, 2020",
    )  # fmt: skip


def test_shown_safe_of_nobody_knows_which_school_ends_nothing(folder: Path) -> None:
    log("building day", "2020-11-16", *CLERK)
    log("building day", "2020-11-17", *CLERK)
    assert "nowhere: which school?" in log("school shown safe", "2020-11-13", "--who", "C-007")
    assert [one["verdict"] for one in verdicts("2020-11-27")] == ["broken beyond doubt"]
    assert "everywhere" in log("school shown safe", "2020-11-13")
    assert [one["verdict"] for one in verdicts("2020-11-27")] == ["does not apply"]


# ---- days in a row: 26-3 and 27-4 -----------------------------------------------------------------------


def test_personal_days_in_a_row_across_a_weekend_and_a_holiday(folder: Path) -> None:
    """October 8, 2018 is Columbus Day: Thursday, Friday, Tuesday and Wednesday are four in a row."""
    for day in ("2018-10-04", "2018-10-05", "2018-10-09", "2018-11-02"):
        log("personal day taken", day, "--who", "T-014")
    (one,) = verdicts("2019-05-01")
    assert (one["limit"], one["verdict"], one["counted"]) == ("at most 3 personal days in a row", "kept", "3")
    assert one["rests on"] == ["E-000001", "E-000002", "E-000003"]
    log("personal day taken", "2018-10-10", "--who", "T-014")
    (one,) = verdicts("2019-05-01")
    assert (one["verdict"], one["counted"]) == ("broken beyond doubt", "4")
    assert one["rests on"] == ["E-000001", "E-000002", "E-000003", "E-000005"]


def test_a_day_worked_between_breaks_the_row_and_a_free_day_is_refused(folder: Path) -> None:
    for day in ("2018-10-11", "2018-10-12", "2018-10-16", "2018-10-17"):
        log("personal day taken", day, "--who", "T-014")
    assert [(one["verdict"], one["counted"]) for one in verdicts("2019-05-01")] == [("kept", "2")]
    log("personal day taken", "2018-10-13", "--who", "T-014")
    (one,) = verdicts("2019-05-01")
    assert one["why not"] == "Saturday October 13, 2018 is no work day, so it cannot be one of the personal days"


def test_four_sick_days_in_a_row_are_disputed_five_are_not(folder: Path) -> None:
    """Thursday October 11 to Tuesday October 16, 2018; with Wednesday five."""
    for day in ("11", "12", "15"):
        log("sick day taken", f"2018-10-{day}", "--who", "T-014")
    assert [one["verdict"] for one in verdicts("2019-05-01")] == ["not reached"]
    log("sick day taken", "2018-10-16", "--who", "T-014")
    (one,) = verdicts("2019-05-01")
    assert (one["verdict"], one["decided by"], one["status"]) == ("disputed", ["the day that counts"], "unverified")
    log("sick day taken", "2018-10-17", "--who", "T-014")
    assert [one["verdict"] for one in verdicts("2019-05-01")] == ["reached beyond doubt"]
    assert "CHECK FIRST" in clean("limits", "--on", "2019-05-01")


# ---- donations: Article 37-6 ----------------------------------------------------------------------------


def donate(day: str, who: str, days: str, *, received: bool = False) -> None:
    log(f"sick days {'received' if received else 'given'}", day, "--who", who, "--fact", f"days={days}")


def test_days_given(folder: Path) -> None:
    """Ten in one gift are kept; six and five are eleven in all and never above ten; eleven at once are broken."""
    donate("2018-11-01", "T-014", "6")
    (one,) = verdicts("2019-05-01")
    assert (one["verdict"], one["counted"], one["left"]) == ("kept", "6", "at least 4")
    donate("2018-12-03", "T-014", "5")
    (one,) = verdicts("2019-05-01")
    assert (one["verdict"], one["counted"], one["decided by"]) == ("disputed", "11", ["in all or each time"])
    donate("2018-12-04", "T-015", "11")
    assert [one["verdict"] for one in verdicts("2019-05-01", "--who", "T-015")] == ["broken beyond doubt"]


def test_days_received_and_the_second_donation(folder: Path) -> None:
    donate("2018-11-01", "T-020", "45", received=True)
    assert [(one["limit"], one["verdict"], one["left"]) for one in verdicts("2019-05-01")] == [
        ("at most 45 days received in all", "kept", "0"), ("at most 1 donation received in all", "kept", "0"),
    ]  # fmt: skip
    donate("2019-03-01", "T-020", "1", received=True)
    assert [(one["verdict"], one["counted"]) for one in verdicts("2019-05-01")] == [
        ("broken beyond doubt", "46"), ("broken beyond doubt", "2"),
    ]  # fmt: skip


def test_a_donation_that_does_not_say_how_many(folder: Path) -> None:
    out = log("sick days given", "2018-11-01", "--who", "T-014")
    assert "not said: days (a number from 1 to 200)" in out
    (one,) = verdicts("2019-05-01")
    assert (one["verdict"], one["why not"]) == ("cannot say", "E-000001 does not say “days”")


@pytest.mark.parametrize("wrong", ["0", "201", "-5", "2.5", "five", "٥", ""])
def test_a_number_that_cannot_be_is_refused(folder: Path, wrong: str) -> None:
    result = run("log", "sick days given", "--happened", "2018-11-01", "--who", "T-014", "--fact", f"days={wrong}")
    assert result.exit_code == 2
    assert "`days` is " in result.output or "from 1 to 200" in result.output
    assert json.loads(clean("events", "--format", "json")) == []


def test_a_number_in_a_file(folder: Path) -> None:
    rows = "event,happened,who,days\nsick days given,2018-11-01,T-014,5\nsick days given,2018-11-02,T-014,a few\n"
    (folder / "given.csv").write_text(rows, encoding="utf-8")
    result = run("log", "--csv", "given.csv", "--recorded", "2018-11-05")
    assert result.exit_code == 1
    assert "given.csv:3:34: `days` is a whole number from 1 to 200" in result.output
    (folder / "given.csv").write_text(rows.replace("a few", "07"), encoding="utf-8")
    clean("log", "--csv", "given.csv", "--recorded", "2018-11-05")
    assert [one["facts"] for one in json.loads(clean("events", "--format", "json"))] == [{"days": "5"}, {"days": "7"}]


# ---- a part of a day: Article 4-9 -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("present", "of", "verdict"),
    [
        ("106", "420", "counts as half a day"),  # a quarter of 420 minutes is 105
        ("105", "420", "not stated"),
        ("314", "420", "counts as half a day"),  # three quarters are 315
        ("315", "420", "counts as a whole day"),
        ("421", "420", "cannot say"),
        ("0", "0", "cannot say"),
    ],
)
def test_a_part_of_a_day(folder: Path, present: str, of: str, verdict: str) -> None:
    facts = ("--fact", f"minutes present={present}", "--fact", f"minutes of the working day={of}")
    log("came late or left early", "2018-10-19", "--who", "T-014", *facts)
    assert [one["verdict"] for one in verdicts("2019-05-01")] == [verdict]


# ---- what is not counted, is told -----------------------------------------------------------------------


def test_an_event_between_two_agreements_is_told(folder: Path) -> None:
    log("personal day taken", "2012-10-05", "--who", "T-014")
    out = clean("limits", "--on", "2019-05-01")
    assert "Nothing in the book is held against a limit of a card." in out
    assert "Counted by no limit that was in force then: E-000001 (personal day taken, 2012-10-05)." in out
    assert "Counted by no" not in clean("limits", "--on", "2012-10-01")


def test_kept_is_not_shown_unless_asked_for(folder: Path) -> None:
    log("personal day taken", "2018-11-02", "--who", "T-014")
    assert clean("limits", "--on", "2019-05-01") == "1 kept, not shown (--all).\n"
    assert "at most 3 personal days in a row" in clean("limits", "--on", "2019-05-01", "--all")
    assert "at most 3 personal days in a row" in clean("limits", "--on", "2019-05-01", "--who", "T-014")


# ---- another union: files alone ---------------------------------------------------------------------------

EVENINGS = """
rule: 8-1-evenings
title: Evenings
summary: At most two evenings of open house a month.
status: unverified
sources: [{document: agreement, place: Article 8.1, weight: summary}]
who must: district
tell: [steward]
stakes: process
contact: president
limits: [at most 2 evenings per month, at most 90 kilometres per school year]
counted by: {evenings: open house held, kilometres: {event: trip made, adds up: kilometres}}
"""


def test_a_new_union_with_other_quantities_needs_files_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEADLINES_BOOKS", raising=False)
    monkeypatch.chdir(write_millbrook(tmp_path, **{"agreements__2020-23__rules__8-1.yaml": EVENINGS}))
    for day in ("2021-09-07", "2021-09-30", "2021-10-01"):
        log("open house held", day, "--who", "T-1")
    log("trip made", "2021-09-07", "--who", "T-1", "--fact", "kilometres=60")
    log("trip made", "2022-03-01", "--who", "T-1", "--fact", "kilometres=31")
    assert said("2022-04-01") == [
        ("at most 2 evenings per month", "September 2021", "kept"),
        ("at most 2 evenings per month", "October 2021", "kept"),
        ("at most 90 kilometres per school year", "July 2021 to June 2022", "broken beyond doubt"),
    ]
    assert [one["counted"] for one in verdicts("2022-04-01")] == ["2", "1", "91"]
