"""``deadlines bank``: sheets of one person. Days and sums are counted on paper from the articles and the calendar."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.events.book import folder, log
from tests.support import clean, run

__all__ = ["folder"]


def sheet(name: str, on: str, *more: str, who: str = "T-014") -> dict[str, Any]:
    """What a line says, by what it is about."""
    (found,) = json.loads(clean("bank", name, "--who", who, "--on", on, "--format", "json", *more))
    return {what: line["value"] for what, line in found["lines"].items()}


def why(name: str, on: str, what: str, *more: str, who: str = "T-014") -> str:
    (found,) = json.loads(clean("bank", name, "--who", who, "--on", on, "--format", "json", *more))
    return str(found["lines"][what]["why"])


# ---- personal days: Article 26-1, three on July 1, lost on June 30 ------------------------------------


def test_a_bank_nobody_has_used(folder: Path) -> None:
    """June 30, 2019 is a Sunday; as adopted the last teacher day is Wednesday June 19."""
    assert sheet("personal-days", "2018-11-12") == {
        "given": "3", "used": 0, "left": 3, "lost on": "2019-06-30", "last chance": "2019-06-19",
    }  # fmt: skip
    assert why("personal-days", "2018-11-12", "used") == "the book has no “personal day taken” in this year"


def test_days_taken_are_counted_in_their_year_for_their_person(folder: Path) -> None:
    """June 29, 2018 lies in the year before, July 1, 2019 in the next; T-015 has a bank of her own."""
    for day in ("2018-06-29", "2018-11-02", "2019-03-15", "2019-07-01"):
        log("personal day taken", day, "--who", "T-014")
    log("personal day taken", "2018-11-05", "--who", "T-015")
    log("personal day taken", "2018-11-06")
    assert sheet("personal-days", "2018-11-12")["used"] == 1
    found = sheet("personal-days", "2019-05-01")
    assert (found["used"], found["left"]) == (2, 1)
    assert why("personal-days", "2019-05-01", "used") == (
        "Friday November 2, 2018 (E-000002), Friday March 15, 2019 (E-000003)"
    )
    assert sheet("personal-days", "2019-05-01", who="T-015")["left"] == 2


def test_the_last_chance_moves_with_the_calendar(folder: Path) -> None:
    """In May 2019 the last teacher day is June 20 or June 21: the earlier is safe, and the doubt is told."""
    assert sheet("personal-days", "2019-05-01")["last chance"] == "2019-06-20"
    assert "may be Thursday June 20, 2019 or Friday June 21, 2019" in why("personal-days", "2019-05-01", "last chance")
    assert sheet("personal-days", "2019-05-01", "--as-known-on", "2018-09-01")["last chance"] == "2019-06-19"


@pytest.mark.parametrize(
    ("appointed", "given"),
    [("2018-07-01", "3"), ("2018-09-30", "3"), ("2018-10-01", "2"), ("2019-03-31", "2"), ("2019-04-01", "1"),
     ("2019-05-31", "1"), ("2019-06-01", "0")],
)  # fmt: skip
def test_new_staff_get_what_the_table_gives(folder: Path, appointed: str, given: str) -> None:
    """Article 26-2, at each edge of its lines."""
    log("appointed", appointed, "--who", "T-014")
    found = sheet("personal-days", "2019-06-15")
    assert (found["given"], found["left"]) == (given, int(given))
    assert "(E-000001)" in why("personal-days", "2019-06-15", "given")


def test_who_was_appointed_in_another_year_has_the_whole_number(folder: Path) -> None:
    log("appointed", "2018-04-15", "--who", "T-014")
    assert sheet("personal-days", "2018-11-12")["given"] == "3"
    log("appointed", "2018-12-03", "--who", "T-015")
    assert sheet("personal-days", "2018-11-12", who="T-015")["given"] == "3"  # not yet


def test_more_used_than_there_were_is_said(folder: Path) -> None:
    for day in ("2018-10-02", "2018-10-03", "2018-10-04", "2018-10-05"):
        log("personal day taken", day, "--who", "T-014")
    assert sheet("personal-days", "2018-11-12")["left"] == 0
    assert why("personal-days", "2018-11-12", "left") == "3 given, 4 used: 1 more used than there were, by the book"


def test_a_voided_day_and_one_recorded_later_are_not_counted(folder: Path) -> None:
    log("personal day taken", "2018-10-02", "--who", "T-014")
    clean("log", "personal day taken", "--happened", "2018-10-03", "--recorded", "2018-12-03", "--who", "T-014")
    assert sheet("personal-days", "2018-11-12")["used"] == 1
    assert sheet("personal-days", "2018-12-03")["used"] == 2
    clean("void", "E-1", "--reason", "a sick day", "--recorded", "2018-12-04")
    assert sheet("personal-days", "2018-12-04")["used"] == 1
    said = clean("bank", "personal-days", "--who", "T-014", "--on", "2018-11-12")
    assert said.endswith("2 rows were recorded after 2018-11-12.\n")  # the late row, and the void


def test_a_year_without_a_calendar_says_so(folder: Path) -> None:
    """The calendar of 2018-19 was adopted on January 24, 2018; none of 2021-22 is on file."""
    before = ("2018-11-12", "--as-known-on", "2018-01-23")
    assert sheet("personal-days", *before) == {"given": "cannot say"}
    assert why("personal-days", "2018-11-12", "given", *before[1:]) == "no calendar of 2018-19 is on file"
    assert sheet("sick-days", "2022-01-10") == {"given": "cannot say"}


def test_between_two_agreements_there_is_no_sheet(folder: Path) -> None:
    """The one ended on June 30, 2019; that of November was not known in September."""
    said = clean("bank", "personal-days", "--who", "T-014", "--on", "2019-09-03")
    assert said == "No agreement is in force on that day.\n"


# ---- sick days: Article 37-3, up to 12 a year, up to 40 carried over -----------------------------------


def test_a_bank_with_a_cap(folder: Path) -> None:
    """34 and 12 are 46; six are above 40; on July 1 twelve more make 52, or it stays at 40."""
    assert sheet("sick-days", "2019-05-01", "--carried-over", "34") == {
        "carried over": 34, "given": "up to 12", "used": 0, "left": "at most 46", "would be lost": "at most 6",
        "then held": "at most 40 or 52", "lost on": "2019-06-30",
    }  # fmt: skip
    for day in ("2018-10-11", "2018-10-12", "2018-10-15", "2018-10-16", "2018-10-17", "2018-10-18"):
        log("sick day taken", day, "--who", "T-014")
    found = sheet("sick-days", "2019-05-01", "--carried-over", "34")
    assert (found["used"], found["left"], found["would be lost"]) == (6, "at most 40", "at most 0")


def test_what_was_carried_over_is_asked_for(folder: Path) -> None:
    found = sheet("sick-days", "2019-05-01")
    assert (found["carried over"], found["left"]) == ("not said", "at most 12")
    assert "would be lost" not in found
    assert why("sick-days", "2019-05-01", "left") == "12 given, 0 used; and what was carried over"


def test_the_next_agreement_has_its_own_cap(folder: Path) -> None:
    """244 in 2019-24: of 250 and 12, eighteen are above."""
    assert sheet("sick-days", "2021-05-03", "--carried-over", "250")["would be lost"] == "at most 18"


# ---- what is refused, and what is private ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("personal-day", "--who", "T-014"), "nearest: personal-days"),
        (("--who", "T-014"), "personal-days"),
        (("personal-days",), "whose? --who T-014"),
        (("personal-days", "--who", "Kim"), "people are opaque ids"),
        (("personal-days", "--who", "T-014", "--carried-over", "3"), "nothing is carried over in this bank"),
        (("sick-days", "--who", "T-014", "--carried-over", "-3"), "not a number of days"),
        (("sick-days", "--who", "T-014", "--carried-over", "3.5"), "not a number of days"),
    ],
)
def test_what_cannot_be_is_refused(folder: Path, words: tuple[str, ...], said: str) -> None:
    result = run("bank", *words, "--on", "2018-11-12")
    assert result.exit_code == 2
    assert said in result.output


def test_the_events_of_a_bank_are_declared(folder: Path) -> None:
    said = clean("events", "--declared")
    for name in ("personal day taken", "appointed", "sick day taken"):
        assert f"{name}: " in said
    assert log("personal day taken", "2018-11-02", "--who", "T-014").splitlines() == [
        "E-000001: personal day taken, Friday November 2, 2018; T-014"
    ]


def test_a_sheet_holds_nothing_private(folder: Path) -> None:
    """A name in the note is not printed; what is published knows nothing of the bank."""
    log("personal day taken", "2018-11-02", "--who", "KVQ-77", "--note", "Kanarienna Vogelquist's wedding")
    for form in ("text", "json"):
        said = clean("bank", "personal-days", "--who", "KVQ-77", "--on", "2019-05-01", "--format", form)
        assert "KVQ-77" in said
        assert "ogelquist" not in said
    for command in (("show", "--all", "--format", "json"), ("digest", "preview")):
        assert "KVQ-77" not in clean(*command, "--on", "2019-05-01")
