"""Ratings, warnings and layoffs through the book. Days are counted on the calendar of 2018-19, as said beside each."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from calendars.days import DateSpan
from deadlines.deriving.runs_out import runs_out
from tests.events.book import dues, folder, log, opened
from tests.shapes import made
from tests.support import chicago, clean, run

__all__ = ["folder"]

E1 = "event/E-000001"

# What the next agreement's years file needs to say of the fall of 2022. Made up, but for the two holidays.
YEAR_2022 = """
school year: 2022-23
levels: [elementary, high school]
revisions:
  - adopted: 2022-03-01
    source: made up for a test
    students: {first day: 2022-08-22, last day: 2023-06-07}
    closed: [2022-09-05 Labor Day, 2022-10-10 Indigenous Peoples' Day]
    not known: [quarter ends, semester ends, first teacher day, last teacher day, office days]
"""


def by_part(on: str, *more: str) -> dict[str, str | None]:
    """The due days of what is open, by rule and part."""
    return {id.partition("/event/")[0]: due for id, (_, due) in dues(on, *more).items()}


# ---- ratings ---------------------------------------------------------------------------------------


def test_the_days_the_union_printed_in_2022(folder: Path) -> None:
    """Released on Wednesday September 21: notice by Monday October 3 (the tenth is a Saturday), appeal the 21st."""
    local = folder / "deadlines.yaml"
    line = "  2022-23: no trustworthy calendar was found whole\n"
    text = local.read_text(encoding="utf-8")
    assert line in text
    local.write_text(text.replace(line, ""), encoding="utf-8")
    (folder / "years/2022-23.yaml").write_text(YEAR_2022.lstrip("\n"), encoding="utf-8")
    log("rating issued", "2022-09-21")
    found = by_part("2022-09-22")
    assert found["39-9-rating-appeal/notice"] == "2022-10-03"
    assert found["39-9-rating-appeal/appeal"] == "2022-10-21"


def test_before_that_the_earliest_day_leads_and_the_printed_way_is_a_reading(folder: Path) -> None:
    """Wednesday September 19, 2018: the tenth calendar day is Saturday the 29th, the work day before it the 28th.

    Student and teacher days: 20, 21, 24 to 28 (7), October 1, 2, 3. The way of 2022 would give Monday October 1.
    """
    log("rating issued", "2018-09-19", "--open-to-appeal")
    assert by_part("2018-09-20")["39-9-rating-appeal/notice"] == "2018-09-28"
    assert by_part("2018-09-20")["39-9-rating-appeal/appeal"] == "2018-10-19"
    why = clean("why", "E-1", "--on", "2018-09-20")
    assert "Saturday September 29, 2018" in why
    assert "Wednesday October 3, 2018" in why


def test_the_day_of_receipt_is_counted_from_when_it_is_said(folder: Path) -> None:
    """Ten days after Thursday October 4 is Sunday the 14th, so the 12th; thirty, Saturday November 3: the 2nd."""
    log("rating issued", "2018-10-01", "--open-to-appeal", "--fact", "rating received=2018-10-04")
    found = by_part("2018-10-05")
    assert found["39-9-rating-appeal/notice"] == "2018-10-12"
    assert found["39-9-rating-appeal/appeal"] == "2018-11-02"


def test_a_rating_starts_only_what_its_facts_say(folder: Path) -> None:
    no = ("below proficient on probation", "tenured and unsatisfactory", "open to appeal")
    log("rating issued", "2018-10-01", *(word for fact in no for word in ("--fact", f"{fact}=no")))
    assert dues("2018-10-02") == {}


def test_who_is_rated_next_comes_from_the_book(folder: Path) -> None:
    """A cycle closed in June 2018 is of 2017-18: next 2018-19 (to June 18), every second year 2019-20 (June 16)."""
    log("evaluation cycle closed", "2018-06-15", "--two-year-cycle", "--fact", "lower developing with tenure=no")
    log("evaluation cycle closed", "2018-06-15", "--fact", "two-year cycle=no", "--lower-developing-with-tenure")
    found = {id: due for id, (_, due) in dues("2019-01-25").items()}
    assert found == {
        "39-2-evaluation/next one of every second year/event/E-000001": "2020-06-16",
        "39-2-evaluation/next one of every year/event/E-000002": "2019-06-18",
        "39-2-evaluation/second one in the lower half of developing/event/E-000002": "2019-06-18",
    }


def test_a_no_rules_out_what_a_yes_would_start_and_the_other_way_round(folder: Path) -> None:
    """`told by: two-year cycle` and `told by: not two-year cycle`; unsaid, both are shown with their condition."""
    later, sooner = "next one on the two-year cycle", "next one at the earliest"
    for answer in ("yes", "no"):
        log("observation held", "2018-10-15", "--fact", f"two-year cycle={answer}", "--fact", "formal=no")
    log("observation held", "2018-10-15", "--fact", "formal=no")
    assert {id.partition("/")[2]: due for id, (_, due) in dues("2018-10-16").items()} == {
        f"{later}/event/E-000001": "2019-01-15",
        f"{sooner}/event/E-000002": "2018-11-15",
        f"{later}/event/E-000003": "2019-01-15",
        f"{sooner}/event/E-000003": "2018-11-15",
    }
    conditions = {id.split("/")[1]: one["applies if"] for id, one in opened("2018-10-16").items() if id.endswith("3")}
    assert conditions == {later: "the teacher is rated every second year", sooner: "the teacher is rated every year"}


def test_the_fact_is_declared_once_by_what_a_yes_means(folder: Path) -> None:
    declared = clean("events", "--declared")
    block = re.split(r"\n(?! )", declared.partition("\nobservation held: ")[2])[0]
    assert block.count("two-year cycle: ") == 1
    assert "two-year cycle: yes or no, whether the teacher is rated every second year" in block
    assert "not two-year cycle" not in declared


def test_the_first_day_the_next_observation_may_be_is_never_overdue(folder: Path) -> None:
    log("observation held", "2018-10-15", "--two-year-cycle", "--fact", "formal=no")
    assert dues("2019-01-15") != {}
    assert dues("2019-01-16") == {}


def test_a_conference_too_late_has_no_day(folder: Path) -> None:
    """A week before Monday October 22 is the 15th, two days before the observation was announced."""
    log("formal observation announced", "2018-10-17", "--fact", "planned observation=2018-10-22")
    ((id, (state, due)),) = dues("2018-10-17").items()
    assert (id, state, due) == (f"39-2-3-observations-apart/pre-conference/{E1}", "waiting", None)


# ---- what is missed --------------------------------------------------------------------------------


def test_an_appointment_that_does_not_come_starts_the_grievance_clock(folder: Path) -> None:
    """Ten calendar days after October 15 is the 25th. 45 teacher days on from there: October 26, 29, 30, 31 (4);
    November 1, 2, 5 to 9, 13 to 16, 19, 20, 26 to 30 (22); December 3 to 21 (37); January 7 to 11 (42), 14, 15, 16.
    """
    log("covered post vacant", "2018-10-15")
    found = by_part("2018-10-26")
    assert found["23-6-1-temporary-teacher-appointed"] == "2018-10-25"
    assert found["3-6-2-file-a-grievance/ordinary"] == "2019-01-16"


def test_a_warning_that_is_not_given_starts_nothing(folder: Path) -> None:
    """Only an appropriate warning is given at all; the tenth school day after October 15 is Monday the 29th."""
    log("discipline meeting held", "2018-10-15")
    assert dues("2018-11-05") == {f"29-2-warnings/warning/{E1}": ("overdue", "2018-10-29")}


# ---- layoffs ---------------------------------------------------------------------------------------


def test_teachers_and_psrps_have_events_of_their_own(folder: Path) -> None:
    """October 15: 21 calendar days on is November 5, fourteen are October 29."""
    log("teacher layoff notice", "2018-10-15", "--regular-closing", "--fact", "out of seniority=no")
    log("psrp layoff notice", "2018-10-15")
    assert {id: due for id, (_, due) in dues("2018-10-16").items()} == {
        f"app-h-4-notice-of-layoff/layoff may take effect/{E1}": "2018-11-05",
        "app-i-laid-off-psrps/layoff may take effect/event/E-000002": "2018-10-29",
    }


def test_a_layoff_between_two_years_begins_with_the_next_one(folder: Path) -> None:
    """July 16, 2018: the next student day is September 4, 280 days on is June 11; in mid-year 280 days at once."""
    close = "app-h-5-laid-off-teachers/pool ends after a layoff at the close of the year"
    during = "app-h-5-laid-off-teachers/pool ends after a layoff in mid-year"
    log("teacher laid off", "2018-07-16", "--fact", "during the year=no")
    found = by_part("2018-10-20")
    assert found[close] == "2019-06-11"
    assert during not in found
    log("teacher laid off", "2018-10-19", "--during-the-year", "--who", "T-002")
    found = by_part("2018-10-20", "--who", "T-002")
    assert found[during] == "2019-07-26"
    assert close not in found


def test_a_fact_of_the_others_is_refused(folder: Path) -> None:
    result = run(
        "log", "psrp laid off", "--happened", "2018-10-15", "--recorded", "2018-10-15", "--fact", "tenured=yes"
    )
    assert result.exit_code != 0
    assert "`psrp laid off` has no fact of this name" in result.output


# ---- a look back -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_up", "from_day"), [("2018-06-13", None), ("2018-09-10", None), ("2015-09-10", "2020-09-08")]
)
def test_what_was_not_taught_lately_may_be_asked_about(folder: Path, given_up: str, from_day: str | None) -> None:
    """Given up in 2015-16: 2016-17 to 2019-20 are four years without it, and 2020-21 starts on September 8, 2020."""
    log("subject given up", given_up)
    (due,) = by_part("2020-06-20").values()
    assert due == from_day


# ---- the digest ------------------------------------------------------------------------------------


def test_a_digest_counts_back_only_what_somebody_might_overlook() -> None:
    """Violations go out of time each week; nobody overlooks a rating or a warning that was handed over."""
    week = DateSpan(date(2018, 11, 12), date(2018, 11, 18))
    rules = {ends.card.rule for ends in runs_out(chicago(), date(2018, 11, 12), week)}
    assert "3-6-2-file-a-grievance" in rules
    assert not rules & {"39-9-rating-appeal", "23-3-3-resign-instead", "29-4-final-warning-mediation"}
    cards = {card.rule: card for card in chicago().contracts[0].cards}
    assert cards["3-6-2-file-a-grievance"].counted_back
    assert not cards["39-9-rating-appeal"].counted_back


def test_counted_back_is_yes_or_no(tmp_path: Path) -> None:
    output = made.told(tmp_path, "each: school year\non: October 1\ncounted back: weekly")
    assert made.caret(output, "`weekly` is not one of the words known here", "counted back: weekly", "weekly")
