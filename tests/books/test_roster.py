"""The roster as a file and as commands; what is refused, word by word, is in tests/problems (roster-…)."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deadlines.books.people import Enrolled, parse_person, person_id
from deadlines.loading.roster_file import COLUMNS, read_roster
from deadlines.model.problem import Refused
from deadlines.reading.show import as_text
from tests.support import chicago, clean, copy_of_chicago, run

HEAD = ",".join(COLUMNS)
DAY = ("--recorded", "2018-11-05")
ROSTER = f'''{HEAD}
jo@example.org,"Doe, Jo ""JJ""",delegate; teacher,Lincoln Elementary,elementary,en,America/New_York,wednesday,18

al@example.org,Ñandú,teacher,,,,,,
'''


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DEADLINES_BOOKS", raising=False)
    monkeypatch.chdir(copy_of_chicago(tmp_path / "local"))
    Path("roster.csv").write_text(ROSTER, encoding="utf-8")
    return Path.cwd()


def read(tmp_path: Path, text: str) -> list[Enrolled]:
    (tmp_path / "x.csv").write_text(text, encoding="utf-8", newline="")
    return read_roster(tmp_path / "x.csv", chicago())


# ---- the file ----------------------------------------------------------------------------------------


def test_a_roster_is_read_with_its_defaults(tmp_path: Path) -> None:
    assert read(tmp_path, ROSTER) == [
        Enrolled("jo@example.org", 'Doe, Jo "JJ"', ("delegate", "teacher"), "Lincoln Elementary", "elementary", "en",
                 "America/New_York", 2, 18),
        Enrolled("al@example.org", "Ñandú", ("teacher",), "", "", "en", "America/Chicago", 0, 7),
    ]  # fmt: skip


def test_two_columns_are_enough_and_line_ends_of_any_kind(tmp_path: Path) -> None:
    (one,) = read(tmp_path, "roles,address\r\n teacher , jo@example.org \r\n")
    assert one == Enrolled("jo@example.org", "", ("teacher",), "", "", "en", "America/Chicago", 0, 7)


@pytest.mark.parametrize(("written", "hour"), [("0", 0), ("23", 23), ("07", 7), ("7:00", 7)])
def test_hours(tmp_path: Path, written: str, hour: int) -> None:
    assert read(tmp_path, f"roles,address,hour\nteacher,jo@example.org,{written}\n")[0].hour == hour


@pytest.mark.parametrize("written", ["24", "-1", "7:30", "7am", "٧", "7.0", "seven"])
def test_what_is_no_hour(tmp_path: Path, written: str) -> None:
    with pytest.raises(Refused, match="1 problem"):
        read(tmp_path, f"roles,address,hour\nteacher,jo@example.org,{written}\n")


@pytest.mark.parametrize(
    "row",
    ["teacher", "teacher,jo@example.org,x", ",jo@example.org", "teacher,", "teacher;;steward,jo@example.org",
     "all,jo@example.org", 'teacher,"jo@example.org\nBcc: al@example.org"'],
)  # fmt: skip
def test_rows_that_are_refused(tmp_path: Path, row: str) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, f"roles,address\n{row}\n")
    assert all("example.org" not in problem.line_text for problem in refused.value.problems)


def test_a_mistake_in_every_line_is_told_at_once(tmp_path: Path) -> None:
    rows = "".join(f"nobody-{n},p{n}@example.org\n" for n in range(300))
    with pytest.raises(Refused) as refused:
        read(tmp_path, f"roles,address\n{rows}")
    assert [problem.place.line for problem in refused.value.problems] == list(range(2, 302))


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=9), min_size=1, max_size=4), st.sampled_from(["", HEAD]))
def test_whatever_a_roster_holds_no_word_of_it_is_repeated(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], head: str
) -> None:
    plain = [[f"\u0416\u0416{word}\u0416\u0416" for word in row] for row in rows]  # a letter no message has, round each
    text = "\n".join([head, *(",".join(row) for row in plain)])
    with pytest.raises(Refused) as refused:
        read(tmp_path_factory.mktemp("any"), text)
    for problem in refused.value.problems:
        assert "\u0416" not in as_text(problem)


def test_ids() -> None:
    assert person_id(1) == "R-000001"
    assert [parse_person(word) for word in ("R-1", "R-000001", "R-999999999")] == [1, 1, 999_999_999]
    assert [parse_person(word) for word in ("R-0", "r-1", "R-1 ", "E-1", "R-", "")] == [None] * 6


# ---- the commands ------------------------------------------------------------------------------------


def test_from_a_file_to_the_list(folder: Path) -> None:
    assert clean("roster", "check") == "roster.csv: clean (2 people)\n"
    assert not Path("books").exists()
    assert clean("roster", "import", "roster.csv", *DAY) == "roster.csv: 2 added, 0 changed, 0 unchanged\n"
    assert clean("roster", "import", "roster.csv", *DAY) == "roster.csv: 0 added, 0 changed, 2 unchanged\n"
    said = clean("roster", "list")
    assert [line.split()[0] for line in said.splitlines()] == ["id", "R-000001", "R-000002"]
    assert "delegate; teacher" in said
    assert "Wednesday 18:00 America/New_York" in said
    assert "example.org" not in said
    assert "Ñandú" not in said
    assert "jo@example.org" in clean("roster", "list", "--private")


def test_whoever_is_left_out_is_told_and_stays(folder: Path) -> None:
    clean("roster", "import", *DAY)
    Path("roster.csv").write_text("address,roles\nJO@example.org,delegate\n", encoding="utf-8")
    assert clean("roster", "import", "roster.csv", *DAY).splitlines() == [
        "roster.csv: 0 added, 1 changed, 0 unchanged",
        "1 in the book is not in it and still sent mails: R-000002",
    ]
    clean("roster", "suppress", "R-2", "--reason", "left", *DAY)
    assert "still sent" not in clean("roster", "import", "roster.csv", *DAY)
    assert "none since 2018-11-05" in clean("roster", "list")
    assert "left" not in clean("roster", "list")
    assert "left" in clean("roster", "list", "--private")
    assert clean("roster", "resume", "R-2", *DAY) == "R-000002 is sent mails again\n"


def test_nobody(folder: Path) -> None:
    assert clean("roster", "list") == "Nobody is in the book; `deadlines roster import` brings a roster in.\n"


def test_a_roster_with_a_mistake_brings_nobody(folder: Path) -> None:
    Path("roster.csv").write_text(ROSTER + "cy@example.org,Cy,nobody,,,,,,\n", encoding="utf-8")
    assert run("roster", "import", "roster.csv").exit_code == 1
    assert not Path("books").exists()


def test_the_token_is_in_the_book_and_in_no_list(folder: Path) -> None:
    clean("roster", "import", *DAY)
    with sqlite3.connect("books/events.sqlite") as book:
        tokens = [token for (token,) in book.execute("select token from person")]
    assert len(tokens) == 2
    said = clean("roster", "list", "--private") + json.dumps(run("events", "--all").output)
    assert not any(token in said for token in tokens)
