"""What moves of the open clocks: the day that was told, the day it is now, which announcement did it. On paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.events.book import dues, folder, log, opened
from tests.support import clean, run

__all__ = ["folder"]

FILE = "3-6-2-file-a-grievance/ordinary/event/E-000001"
MAKE_UP = "27-5-make-up-prep/make up/event/E-000001"


def violation(day: str = "2018-11-15") -> None:
    """Of a Thursday: no salary grievance.

    The 45th teacher day after November 15, 2018 as adopted: November 16 (1), 19 and 20 (3), 26 to 30 (8), December
    3 to 7 (13), 10 to 14 (18), 17 to 21 (23), January 7 to 11 (28), 14 to 18 (33), 22 to 25 (37), 28 to February 1
    (42), 4 to 6 (45): Wednesday February 6. In student days February 1 does not count: a day later.
    """
    log("violation", day, "--fact", "salary=no")


def moved(on: str, *more: str) -> list[dict[str, Any]]:
    """What `diff` says of open duties."""
    rows = json.loads(clean("diff", "--on", on, "--format", "json", *more))
    return [row for row in rows if row["kind"].startswith("open duty")]


def take_away_later_years(folder: Path) -> dict[Path, str]:
    """As in a folder that ends with 2018-19; the files that were taken away."""
    later = {year: year.read_text(encoding="utf-8") for year in folder.glob("years/20*.yaml") if year.stem > "2018-19"}
    for year in later:
        year.unlink()
    return later


def test_nothing_moves_while_nothing_is_announced(folder: Path) -> None:
    violation()
    assert moved("2019-01-27") == []
    assert opened("2019-01-27")[FILE]["told before"] is None


def test_each_cold_day_moves_the_clock_by_one_and_is_named(folder: Path) -> None:
    """January 30 falls away by the news of the 28th, the 31st by that of the 30th: February 7, then 8."""
    violation()
    (first,) = moved("2019-01-29")
    assert (first["kind"], first["id"]) == ("open duty moved", FILE)
    assert (first["from"], first["to"], first["told"]) == ("2019-02-06", "2019-02-07", "2018-11-15")
    assert "closed for extreme cold, first day (Wed Jan 30, 2019) [years/2018-19.yaml:47]" in first["cause"]
    (second,) = moved("2019-02-01")
    assert (second["from"], second["to"]) == ("2019-02-06", "2019-02-08")
    assert "closed for extreme cold, second day (Thu Jan 31, 2019) [years/2018-19.yaml:56]" in second["cause"]


def test_diff_says_so_in_words(folder: Path) -> None:
    violation()
    said = clean("diff", "--on", "2019-02-01")
    assert f"open duty moved: {FILE}\n    Wed Feb 6, 2019 -> Fri Feb 8, 2019; told on Thu Nov 15, 2018\n" in said
    assert said.rstrip().endswith("until `deadlines accept` takes the new ones.")


def test_the_earlier_day_stays_in_sight_until_the_change_is_accepted(folder: Path) -> None:
    violation()
    log("prep cancelled", "2018-12-03", "--self-directed")  # due January 31
    assert "told before: Wed Feb 6, 2019; keep to that until the change is accepted" in clean(
        "open", "--on", "2019-02-01"
    )
    assert opened("2019-02-01")[FILE]["told before"] == "2019-02-06"
    said = clean("accept", "E-1", "--recorded", "2019-02-01")
    assert said == f"{FILE}: Wednesday February 6, 2019 -> Friday February 8, 2019, accepted\n"
    assert "told before" not in clean("open", "--on", "2019-02-01")
    assert opened("2019-02-01")[FILE]["due"] == "2019-02-08"
    assert moved("2019-02-01") == []
    # As known the day before it was accepted, it still was to be.
    assert opened("2019-01-31")[FILE]["told before"] == "2019-02-06"


def test_the_earlier_day_is_listed_by(folder: Path) -> None:
    """A duty told for February 6 stands before one of February 7, though it is due on February 8 now."""
    violation()
    log("violation", "2018-11-16", "--fact", "salary=no")
    clean("accept", "--all", "--recorded", "2019-01-29")  # both accepted as known then: February 7, and 8
    other = FILE.replace("1", "2")
    assert list(dues("2019-02-01")) == [FILE, other]
    assert {row["id"]: (row["from"], row["to"]) for row in moved("2019-02-01")} == {
        FILE: ("2019-02-07", "2019-02-08"),
        other: ("2019-02-08", "2019-02-11"),
    }


def test_a_clock_gets_its_date_when_the_next_year_arrives(folder: Path) -> None:
    """Told on May 15, 2019 without the calendar of 2019-20: no day. With it: September 20 (the worked year)."""
    later = take_away_later_years(folder)
    log("violation", "2019-05-15", "--fact", "salary=no")
    assert dues("2019-06-01") == {FILE: ("waiting", None)}
    assert moved("2019-06-01") == []
    for year, text in later.items():
        year.write_text(text, encoding="utf-8")
    (row,) = moved("2019-06-01")
    assert (row["kind"], row["from"], row["to"]) == ("open duty dated", "", "2019-09-20")
    assert "told before" not in clean("open", "--on", "2019-06-01")
    assert "no date -> Friday September 20, 2019, accepted" in clean("accept", "--all", "--recorded", "2019-06-01")


def test_a_date_that_cannot_be_given_any_more_is_kept_in_sight(folder: Path) -> None:
    """Nobody forgets September 20 because a file went missing."""
    log("violation", "2019-05-15", "--fact", "salary=no")
    take_away_later_years(folder)
    (row,) = moved("2019-06-01")
    assert (row["kind"], row["from"], row["to"]) == ("open duty undated", "2019-09-20", "")
    assert "told before: Fri Sep 20, 2019; keep to that" in clean("open", "--on", "2019-06-01")


def test_a_changed_card_is_named_by_its_line(folder: Path) -> None:
    """No announcement explains it: the card says 40 school days now."""
    violation()
    card = next(folder.glob("agreements/2015-19/rules/3-6-2.yaml"))
    text = card.read_text(encoding="utf-8")
    short = text[: text.index("examples:")].replace("45 school days", "40 school days")
    card.write_text(short.replace("status: checked", "status: unverified"), encoding="utf-8")
    (row,) = moved("2018-12-03")
    assert (row["from"], row["to"]) == ("2019-02-06", "2019-01-30")  # the 40th on the count above is January 30
    assert "3-6-2.yaml" in row["cause"]


def test_a_rule_that_is_gone_is_told(folder: Path) -> None:
    log("receipts submitted", "2018-10-15")
    (folder / "agreements/2015-19/rules/7-6.yaml").unlink()
    (row,) = moved("2018-11-12")
    assert (row["kind"], row["from"], row["to"]) == ("open duty gone", "2019-01-31", "")
    clean("accept", "--all", "--recorded", "2018-11-12")
    assert moved("2018-11-12") == []


def test_what_was_settled_or_extended_or_voided_has_not_moved(folder: Path) -> None:
    for _ in range(3):
        violation()
    clean("settle", "E-1", "--done", "2018-11-30", "--recorded", "2018-11-30")
    clean("settle", "E-2", "--extended-to", "2019-03-01", "--evidence", "mail", "--recorded", "2018-11-30")
    clean("void", "E-3", "--reason", "twice", "--recorded", "2018-11-30")
    assert moved("2019-02-01") == []
    assert "told before" not in clean("open", "--on", "2019-02-01", "--all")


def test_a_file_and_what_was_missed_are_told_by_accept(folder: Path) -> None:
    """A row of a file, and the clocks a missed duty starts, are told the first time somebody accepts all."""
    (folder / "rows.csv").write_text("event,happened,salary\nviolation,2018-11-15,no\n", encoding="utf-8")
    clean("log", "--csv", "rows.csv", "--recorded", "2018-11-15")
    assert moved("2019-02-01") == []
    said = clean("accept", "--all", "--recorded", "2018-11-15")
    assert said.startswith("1 open duty was not told before")
    assert [(row["from"], row["to"]) for row in moved("2019-02-01")] == [("2019-02-06", "2019-02-08")]
    assert clean("accept", "--all", "--recorded", "2019-02-01").endswith("accepted\n")


def test_accepting_twice_and_nothing(folder: Path) -> None:
    violation()
    assert clean("accept", "--all", "--recorded", "2018-11-20") == "No open duty has moved since its day was told.\n"
    clean("accept", FILE, "--recorded", "2019-02-01")
    again = run("accept", FILE, "--recorded", "2019-02-01")
    assert (again.exit_code, again.stdout) == (2, "")
    assert "no open duty that has moved has this id" in again.stderr


@pytest.mark.parametrize("words", [(), ("E-1", "--all"), ("E-1", "E-2"), ("E-9",), ("--al",), ("Jane Doe",)])
def test_what_accept_does_not_take(folder: Path, words: tuple[str, ...]) -> None:
    violation()
    before = (folder / "books/events.sqlite").read_bytes()
    said = run("accept", *words, "--recorded", "2019-02-01")
    assert (said.exit_code, said.stdout) == (2, "")
    assert "Jane" not in said.stderr
    assert (folder / "books/events.sqlite").read_bytes() == before


def test_a_book_that_cannot_be_read_stops_no_diff(folder: Path) -> None:
    violation()
    (folder / "books/events.sqlite").write_text("no book", encoding="utf-8")
    assert "Open duties were not compared: " in clean("diff", "--on", "2019-02-01")
    said = run("diff", "--on", "2019-02-01", "--format", "json")
    assert said.exit_code == 0
    assert json.loads(said.stdout)
    assert "Open duties were not compared: " in said.stderr
