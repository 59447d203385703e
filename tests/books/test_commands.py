"""The commands of the book as a delegate uses them; days counted on the printed calendar of 2018-19."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.problem_folders import everything_in
from tests.support import ROOT, clean, copy_of_chicago, run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of Chicago to stand in, without a book."""
    monkeypatch.delenv("DEADLINES_BOOKS", raising=False)
    monkeypatch.chdir(copy_of_chicago(tmp_path / "local"))
    return Path.cwd()


def log(name: str, day: str, *more: str, recorded: str = "") -> str:
    return clean("log", name, "--happened", day, "--recorded", recorded or day, *more)


def opened(on: str, *more: str) -> list[dict[str, Any]]:
    found = json.loads(clean("open", "--on", on, "--format", "json", *more))
    assert isinstance(found, list)
    return found


def states(on: str, *more: str) -> list[tuple[str, str, str | None]]:
    """State, id and due day of what is open; what was started by something missed is in tests/events."""
    return [(one["state"], one["id"], one["due"]) for one in opened(on, *more) if not one["because"]]


MAKE_UP = "27-5-make-up-prep/make up/event/E-000001"
FILE = "3-6-2-file-a-grievance/ordinary/event/E-000001"


# ---- log, and what it starts -----------------------------------------------------------------------


def test_a_cancelled_prep_from_its_day_to_past_its_day(folder: Path) -> None:
    """Quarter 2 ends on January 31 for students and February 1 for staff: owed to the 31st, overdue from then on."""
    said = log("prep cancelled", "2018-10-10", "--who", "T-014", "--self-directed", "--school", "Lincoln Elementary")
    assert said.splitlines() == [
        "E-000001: prep cancelled, Wednesday October 10, 2018; T-014; Lincoln Elementary; self-directed: yes",
        "  starts 27-5-make-up-prep/make up: Thursday January 31, 2019",
    ]
    assert states("2019-01-10") == [("owed", MAKE_UP, "2019-01-31")]
    (one,) = opened("2018-10-11")
    assert one["days left"] == 112  # 20 in October, 30, 31 and 31
    assert (one["who"], one["school"], one["article"]) == ("T-014", "Lincoln Elementary", "Article 27-5")
    assert states("2019-01-31") == [("owed", MAKE_UP, "2019-01-31")]  # that day itself is still in time
    assert states("2019-02-01") == [("overdue", MAKE_UP, "2019-01-31")]
    assert opened("2019-02-04")[0]["in doubt"]


def test_what_an_event_does_not_say_is_told_and_shown(folder: Path) -> None:
    said = log("violation", "2018-10-15")
    assert "not said: should-have-known day (the day of “violation” is taken)" in said
    assert "not said: salary (yes or no, whether the grievance is about salary)" in said
    salary = FILE.replace("ordinary", "salary")
    assert states("2018-10-16") == [("owed", FILE, "2018-12-21"), ("owed", salary, "2021-10-15")]
    assert [one["applies if"] for one in opened("2018-10-16")] == ["", "the grievance is about salary"]
    assert "if the grievance is about salary (not said)" in clean("open", "--on", "2018-10-16")


def test_a_fact_decides(folder: Path) -> None:
    """A later should-have-known day starts the later clock: Monday January 7 instead of Friday December 21."""
    log("violation", "2018-10-15", "--fact", "should-have-known day=2018-10-16", "--fact", "salary=no")
    log("violation", "2018-10-15", "--salary")
    assert states("2018-10-17") == [
        ("owed", FILE.replace("E-000001", "E-000002"), "2018-12-21"),
        ("owed", FILE, "2019-01-07"),
        ("owed", FILE.replace("ordinary", "salary").replace("E-000001", "E-000002"), "2021-10-15"),
    ]
    assert "applies" not in clean("open", "--on", "2018-10-17")


def test_each_person_and_school_alone(folder: Path) -> None:
    log("prep cancelled", "2018-10-10", "--who", "T-014", "--school", "Lincoln")
    log("prep cancelled", "2018-10-10", "--who", "T-015", "--school", "Grant")
    assert [one["event"] for one in opened("2018-11-12", "--who", "T-015")] == ["E-000002"]
    assert [one["event"] for one in opened("2018-11-12", "--school", "Lincoln")] == ["E-000001"]
    assert clean("open", "--on", "2018-11-12", "--who", "T-016") == ("Nothing is open.\n")
    listed = json.loads(clean("events", "--school", "Grant", "--format", "json"))
    assert [(one["id"], one["who"], one["happened"]) for one in listed] == [("E-000002", "T-015", "2018-10-10")]
    assert "T-014" not in clean("events", "--who", "T-015")
    assert clean("events", "--name", "violation") == "No event.\n"


def test_a_clock_whose_end_is_on_no_calendar_yet_waits(folder: Path) -> None:
    """The calendar of 2019-20 was adopted on January 24, 2019: 23 student days are left from May 15 to June 18."""
    log("violation", "2019-05-15", "--fact", "salary=no", recorded="2019-05-15")
    (one,) = opened("2019-05-16", "--as-known-on", "2019-05-15")
    assert (one["state"], one["due"]) == ("owed", "2019-09-20")
    (folder / "years/2019-20.yaml").unlink()
    (folder / "years/2020-21.yaml").unlink()
    (folder / "years/2025-26.yaml").unlink()
    (folder / "years/2026-27.yaml").unlink()
    (one,) = opened("2019-05-16")
    assert (one["state"], one["due"]) == ("waiting", None)
    assert "at least 25 of 45 student days" in one["why not"]
    assert "waiting" in clean("open", "--on", "2019-05-16")


def test_an_event_under_no_agreement_says_why(folder: Path) -> None:
    """Between June 30 and November 20, 2019 no agreement is on file: nothing is started, and it is said."""
    said = log("receipts submitted", "2019-07-15", recorded="2019-12-02")
    assert "term ended: Monday July 15, 2019 is outside the agreement, which ended on Sunday June 30, 2019" in said
    assert clean("open", "--on", "2019-12-02").splitlines() == [
        "Nothing is open.",
        "2 settled, passed or without a duty, not shown (--all).",
    ]
    log("receipts submitted", "2018-10-15", recorded="2019-12-02")
    told = clean("open", "--on", "2019-12-02", "--all")
    assert [line.split()[0] for line in told.splitlines()[1:]] == ["overdue", "overdue", "owed", "no", "no"]


def test_what_ends_by_itself_is_nobodys_overdue_duty(folder: Path) -> None:
    """Coverage on leave ends on April 4; afterwards nothing is owed, and it is listed as passed."""
    log("leave begun", "2018-11-15", "--family-illness", "--fact", "own illness=no", "--fact", "parental leave=no",
        "--fact", "temporary teacher=no", "--fact", "illness extension=no")  # fmt: skip
    id = "32-1-coverage-on-leave/family illness/event/E-000001"
    assert states("2019-04-04") == [("owed", id, "2019-04-04")]
    assert states("2019-04-05") == []
    assert states("2019-04-05", "--all") == [("passed", id, "2019-04-04")]


def test_why_says_the_steps_of_what_an_event_started(folder: Path) -> None:
    log("prep cancelled", "2018-10-10")
    for id in ("E-1", "event/E-000001", MAKE_UP, "27-5-make-up-prep/make up/event/E-000001"):
        said = clean("why", id, "--on", "2018-11-12")
        assert said.startswith(MAKE_UP + "\n")
        assert "“prep cancelled”: Wednesday October 10, 2018." in said
        assert "Source: Article 27-5 (agreement-2015-19, controlling" in said
    clean("settle", "E-1", "--done", "2018-12-03", "--recorded", "2018-12-03")
    assert "In the book: S-000001, done on Monday December 3, 2018." in clean("why", "E-1", "--on", "2018-12-04")
    assert run("why", "E-2", "--on", "2018-11-12").exit_code == 2


WAIVER = """
overlay: 99-2-receipts-waiver
kind: waiver
title: Waiver of one school
summary: At Northside receipts are paid back by the end of the school year.
status: unverified
sources: [{document: agreement-2015-19, place: Waiver of 2018, weight: report}]
who must: principal
tell: [delegate]
stakes: money
contact: field-rep
dated: 2018-11-05
in force: {from: 2018-09-01, until: 2019-06-30}
schools: [Northside]
changes:
  7-6-supply-money: {due: no later than the last teacher day of the school year containing receipts submitted}
"""


def test_a_waiver_of_one_school_holds_for_its_events_alone(folder: Path) -> None:
    """From the day it is known: the last teacher day is June 19, the end of semester 1 January 31."""
    (folder / "agreements/2015-19/overlays").mkdir()
    (folder / "agreements/2015-19/overlays/99-2.yaml").write_text(WAIVER.lstrip(), encoding="utf-8")
    log("receipts submitted", "2018-10-15", "--school", "Northside")
    log("receipts submitted", "2018-10-15", "--school", "Southside")
    log("receipts submitted", "2018-10-15")
    assert [(one["event"], one["due"]) for one in opened("2018-11-05")] == [
        ("E-000002", "2019-01-31"),
        ("E-000003", "2019-01-31"),
        ("E-000001", "2019-06-19"),
    ]
    assert [one["due"] for one in opened("2018-11-04")] == ["2019-01-31"] * 3
    assert "Changed by Waiver of one school" in clean("why", "E-1", "--on", "2018-11-05")


# ---- known on a day ----------------------------------------------------------------------------------


def test_what_was_recorded_later_is_not_known(folder: Path) -> None:
    log("prep cancelled", "2018-10-10", recorded="2018-11-05")
    assert clean("open", "--on", "2018-11-04").splitlines() == [
        "Nothing is open.",
        "1 row was recorded after 2018-11-04.",
    ]
    assert len(opened("2018-11-05")) == 1
    assert clean("events", "--as-known-on", "2018-11-04").splitlines()[0] == "No event."
    clean("void", "E-1", "--reason", "the wrong day", "--recorded", "2018-11-12")
    assert len(opened("2018-11-11")) == 1
    assert opened("2018-11-12") == []
    assert opened("2018-11-20", "--as-known-on", "2018-11-11") != []


def test_the_day_recorded_is_today_unless_it_is_said(folder: Path) -> None:
    clean("log", "prep cancelled", "--happened", "2018-10-10")
    (row,) = json.loads(clean("events", "--format", "json"))
    assert row["recorded"] > "2026-01-01"
    assert opened("2018-11-12") == []


# ---- corrections and settlements ---------------------------------------------------------------------


def test_a_correction_is_a_void_and_a_new_row(folder: Path) -> None:
    log("prep cancelled", "2018-11-10", recorded="2018-11-12")
    clean("void", "E-1", "--reason", "it was October", "--recorded", "2018-11-13")
    log("prep cancelled", "2018-10-10", recorded="2018-11-13")
    assert states("2018-11-14") == [("owed", MAKE_UP.replace("E-000001", "E-000002"), "2019-01-31")]
    assert clean("events").splitlines()[-1] == "1 voided, not shown (--all)."
    assert [line.endswith("void") for line in clean("events", "--all").splitlines()] == [False, True, False]


@pytest.mark.parametrize(
    ("how", "state"),
    [(("--done", "2019-01-15"), "done"), (("--excused",), "excused"), (("--given-up",), "given up")],
)
def test_a_settled_duty_is_open_no_more(folder: Path, how: tuple[str, ...], state: str) -> None:
    log("prep cancelled", "2018-10-10")
    said = clean("settle", "E-1", *how, "--evidence", "a dated copy", "--recorded", "2019-01-16")
    assert said.startswith(f"S-000001: {MAKE_UP}: {state}")
    assert states("2019-01-15") != []
    assert states("2019-02-04") == []
    (one,) = opened("2019-02-04", "--all")
    assert one["state"] == "settled"
    assert one["settled"]["how"] == state


def test_a_duty_extended_in_writing_has_the_later_day(folder: Path) -> None:
    log("prep cancelled", "2018-10-10")
    clean("settle", "E-1", "--extended-to", "2019-03-01", "--evidence", "mail", "--recorded", "2019-01-16")
    assert states("2019-02-04") == [("owed", MAKE_UP, "2019-03-01")]
    assert states("2019-03-04") == [("overdue", MAKE_UP, "2019-03-01")]
    assert states("2019-01-15") == [("owed", MAKE_UP, "2019-01-31")]
    clean("settle", "E-1", "--done", "2019-02-27", "--recorded", "2019-02-27")
    assert states("2019-03-04") == []
    clean("void", "S-2", "--reason", "it was another period", "--recorded", "2019-03-01")
    assert states("2019-03-04") == [("overdue", MAKE_UP, "2019-03-01")]


def test_a_waiting_duty_and_one_that_recurs_can_be_settled(folder: Path) -> None:
    log("receipts submitted", "2019-02-02", recorded="2019-02-04")
    assert opened("2019-02-05")[0]["state"] == "waiting"
    clean("settle", "E-1", "--done", "2019-02-20", "--recorded", "2019-02-20")
    assert opened("2019-02-21") == []
    id = "13-3-activity-calendar/first half/2018-19"
    assert f"S-000002: {id}: done" in clean("settle", id, "--done", "2018-10-01", "--recorded", "2019-02-20")


# ---- from a file -------------------------------------------------------------------------------------

ROWS = [
    "event,happened,who,school,note,self-directed,should-have-known day",
    'prep cancelled,2018-10-10,T-014,"Lincoln, the annex","said ""no""',
    'again",yes,',
    "violation,2018-10-15,,,,,2018-10-16",
    "prep cancelled,2018-10-10,T-015,,,,",
    "prep cancelled,2018-10-10,T-015,,,,",
    "",
]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_read_twice_adds_nothing(folder: Path, end: str, mark: str) -> None:
    """As a spreadsheet saves it, too. Two rows that say the same are two events: two periods of one day."""
    file = folder / "events.csv"
    file.write_text(mark + end.join(ROWS), encoding="utf-8", newline="")
    day = ("--recorded", "2018-11-05")
    assert clean("log", "--csv", "events.csv", *day) == (
        "events.csv: 4 logged: E-000001 to E-000004; 0 in the book already\n"
    )
    before = everything_in(folder / "books")
    assert clean("log", "--csv", "events.csv", *day) == "events.csv: 0 logged; 4 in the book already\n"
    assert everything_in(folder / "books") == before
    first = json.loads(clean("events", "--format", "json", "--private"))[0]
    assert (first["school"], first["facts"]) == ("Lincoln, the annex", {"self-directed": "yes"})
    assert first["private"][0] == 'said "no"\nagain'


def test_a_file_that_grew_adds_what_is_new(folder: Path) -> None:
    """In another order, under another name, on another day, with other line ends: a row is known by what it says."""
    file = folder / "events.csv"
    file.write_text("\n".join(ROWS), encoding="utf-8")
    clean("log", "--csv", "events.csv", "--recorded", "2018-11-05")
    grown = ["event,happened,who", "prep cancelled,2018-11-06,T-016", *["prep cancelled, 2018-10-10 ,T-015"] * 3]
    (folder / "more.csv").write_text("\r\n".join(grown), encoding="utf-8", newline="")
    assert "2 logged: E-000005 to E-000006; 2 in the book" in clean(
        "log", "--csv", "more.csv", "--recorded", "2018-11-07"
    )
    clean("void", "E-5", "--reason", "no", "--recorded", "2018-11-08")
    assert "0 logged" in clean("log", "--csv", "more.csv", "--recorded", "2018-11-09")


def test_rows_that_differ_in_anything_are_different_events(folder: Path) -> None:
    """Each with one value of its own: another day, school, person, fact, note, event."""
    head = "event,happened,who,school,note,self-directed"
    rows = ["prep cancelled,2018-10-10,,,,", "prep cancelled,2018-10-11,,,,", "prep cancelled,2018-10-10,T-1,,,",
            "prep cancelled,2018-10-10,,Grant,,", "prep cancelled,2018-10-10,,,Grant,", "violation,2018-10-10,,,,",
            "prep cancelled,2018-10-10,,,,yes", "prep cancelled,2018-10-10,,,,no"]  # fmt: skip
    for row in rows:
        (folder / "one.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
        assert "one.csv: 1 logged" in clean("log", "--csv", "one.csv", "--recorded", "2018-11-05"), row


def test_one_wrong_row_and_nothing_is_written(folder: Path) -> None:
    (folder / "events.csv").write_text("\n".join([*ROWS[:-1], "prep cancelled,2018-13-10,,,,,"]), encoding="utf-8")
    before = everything_in(folder)
    result = run("log", "--csv", "events.csv", "--recorded", "2018-11-05")
    assert result.exit_code == 1
    assert "events.csv:7:16: `2018-13-10` is not a date: there is no month 13" in result.stderr
    assert everything_in(folder) == before


def test_five_thousand_mistakes_are_all_told(folder: Path) -> None:
    (folder / "events.csv").write_text("event,happened\n" + "violation,tomorrow\n" * 5000, encoding="utf-8")
    result = run("log", "--csv", "events.csv")
    assert "5000 problems; nothing was written." in result.stderr
    assert "events.csv:5001:11: " in result.stderr


# ---- the cards -----------------------------------------------------------------------------------------


def test_the_cards_declare_the_events(folder: Path) -> None:
    declared = {one["event"]: one for one in json.loads(clean("events", "--declared", "--format", "json"))}
    assert [fact["name"] for fact in declared["prep cancelled"]["facts"]] == ["self-directed"]
    assert declared["prep cancelled"]["touches"] == ["27-5-make-up-prep/make up"]
    facts = {fact["name"]: fact["is"] for fact in declared["violation"]["facts"]}
    assert facts == {"should-have-known day": "a day", "salary": "yes or no"}
    assert declared["school shown safe"]["touches"] == ["14-1-clerks-remote"]
    assert "prep cancelled: 27-5-make-up-prep/make up\n    self-directed: yes or no, whether" in clean(
        "events", "--declared"
    )


def test_an_event_no_card_knows_any_more_is_not_passed_over(folder: Path) -> None:
    log("receipts submitted", "2018-10-15")
    (folder / "agreements/2015-19/rules/7-6.yaml").unlink()
    assert clean("open", "--on", "2018-11-12").splitlines() == [
        "Nothing is open.",
        "Events no card on file knows any more, which start nothing: receipts submitted.",
    ]
    assert "receipts submitted" in clean("events")
    assert run("events", "--name", "receipts submitted").exit_code == 0


def test_nothing_is_logged_while_a_card_is_wrong(folder: Path) -> None:
    with (folder / "agreements/2015-19/rules/7-6.yaml").open("a", encoding="utf-8") as stream:
        stream.write("colour: red\n")
    result = run("log", "prep cancelled", "--happened", "2018-10-10")
    assert result.exit_code == 1
    assert "has no key `colour`" in result.stderr
    assert not (folder / "books").exists()


# ---- where the book is -----------------------------------------------------------------------------


def test_init_leaves_the_books_out_of_git(tmp_path: Path) -> None:
    clean("init", str(tmp_path / "local"), "--from", "chicago")
    ignored = (tmp_path / "local/.gitignore").read_text(encoding="utf-8").splitlines()
    assert {"books/", "private/", "report/", "sources/", "roster.csv"} <= set(ignored)


def test_an_address_nobody_answers_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a password in it, of which nothing is repeated."""
    monkeypatch.setenv("DEADLINES_BOOKS", "postgresql://delegate:canary-secret@127.0.0.1:1/books?connect_timeout=1")
    for command in (("open",), ("events",), ("log", "violation", "--happened", "2018-10-15")):
        result = run(*command)
        assert result.exit_code == 1
        assert "the database of the book cannot be reached" in result.output
        assert "canary" not in result.output
    monkeypatch.setenv("DEADLINES_BOOKS", "postgresql://delegate:canary%zz@127.0.0.1:1/books")
    result = run("events")
    assert result.exit_code == 1
    assert "canary" not in result.output
    monkeypatch.setenv("DEADLINES_BOOKS", "canary.sqlite")
    result = run("events")
    assert (result.exit_code, "begins with postgresql://" in result.output) == (1, True)
    assert "canary" not in result.output


def test_without_psycopg_it_is_said_what_to_install(folder: Path) -> None:
    (folder / "site").mkdir()
    (folder / "site/sitecustomize.py").write_text("import sys\nsys.modules['psycopg'] = None\n", encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(folder / "site"), str(ROOT))),
        "DEADLINES_BOOKS": "postgresql://localhost/books",
    }
    done = subprocess.run(
        [sys.executable, "-m", "deadlines", "events"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "pip install 'deadlines[postgres]'" in done.stderr
    assert "Traceback" not in done.stderr
