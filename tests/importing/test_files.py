"""Tables and spreadsheets as districts save them: heads, no heads, odd cells; and files that are refused."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any

import pytest

from deadlines.importing import sheets
from tests.importing.made import calendar, history, imported, lines_under, refused, spreadsheet

YEAR = "2026-27"


def closed(folder: Path, name: str, data: str | bytes, *options: str) -> list[str]:
    """The closed days a file gives."""
    return lines_under(imported(folder, name, data, YEAR, *options)[1], "closed")


LABOR_DAY = "- 2026-09-07 Labor Day (not confirmed)"
RECESS = "- 2026-12-21 to 2027-01-01 winter recess (not confirmed)"


@pytest.mark.parametrize(
    "table",
    [
        "Date,Event\n2026-09-07,Labor Day\nDec 21 - Jan 1,Winter Recess\n",
        "Event,Date\nLabor Day,9/7/2026\nWinter Recess,12/21/2026 - 1/1/2027\n",  # the columns the other way round
        "Date;Event\r\n7.9.2026;Labor Day\r\n21.12.2026-1.1.2027;Winter Recess\r\n",  # semicolons, day first
        "When\tWhat\n2026-09-07\tLabor Day\nDec 21 - Jan 1\tWinter Recess\n",
        "2026-09-07,Labor Day\nDec 21 - Jan 1,Winter Recess\n",  # without heads
        "Mon,9/7/26,Labor Day,\nMon,12/21/26 - 1/1/27,Winter Recess,\n",
        "\ufeffDate,Event\n2026-09-07,Labor Day\nDec 21 - Jan 1,Winter Recess\n",  # as a spreadsheet saves “CSV UTF-8”
        'Date,Event\n"Monday, September 7, 2026","Labor Day"\n"Dec 21, 2026 – Jan 1, 2027","Winter Recess"\n',
        "School calendar\n\nAdopted in May\nDate,Event\n2026-09-07,Labor Day\nDec 21 - Jan 1,Winter Recess\n",
        # Google Calendar, and Outlook
        "Subject,Start Date,Start Time,End Date,End Time,All Day Event\n"
        "Labor Day,9/7/2026,,9/7/2026,,True\nWinter Recess,12/21/2026,,1/1/2027,,True\n",
        # a row for each day
        "date,event\n9/7/2026,Labor Day\n"
        + "".join(f"12/{day}/2026,Winter Recess\n" for day in (21, 22, 23, 24, 25, 28, 29, 30, 31))
        + "1/1/2027,Winter Recess\n",
    ],
)
def test_a_table_however_it_is_laid_out(table: str, tmp_path: Path) -> None:
    assert closed(tmp_path, "calendar.csv", table) == [LABOR_DAY, RECESS]


def test_a_calendar(tmp_path: Path) -> None:
    text = calendar(
        "DTSTART;VALUE=DATE:20260907\nDTEND;VALUE=DATE:20260908\nSUMMARY:Labor Day",
        "DTSTART;VALUE=DATE:20261221\nDTEND;VALUE=DATE:20270102\nSUMMARY:Winter Recess",
    )
    assert closed(tmp_path, "calendar.ics", text) == [LABOR_DAY, RECESS]


def test_a_spreadsheet_with_real_dates_and_written_ones(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Lakeside Public Schools 2026-27"],
        [],
        ["Event", "Start", "End"],
        ["Labor Day", datetime.datetime(2026, 9, 7), None],
        ["Winter Recess", datetime.date(2026, 12, 21), "Jan 1"],
    ]
    assert closed(tmp_path, "calendar.xlsx", spreadsheet(rows)) == [LABOR_DAY, RECESS]


def test_every_sheet_of_days_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    data = spreadsheet([["date", "event"], ["2026-09-07", "Labor Day"]], "Fall", Notes=[["Call the office"]],
                       Winter=[["date", "event"], ["Dec 21 - Jan 1", "Winter Recess"]])  # fmt: skip
    printed, text = imported(tmp_path, "calendar.xlsx", data, YEAR)
    assert lines_under(text, "closed") == [LABOR_DAY, RECESS]
    assert "sheet Notes has no column of days, and is left out" in printed
    assert "# calendar.xlsx, sheet Winter:2 “Winter Recess”" in text


def test_a_row_that_names_several_days(tmp_path: Path) -> None:
    found = closed(tmp_path, "calendar.csv", 'date,event\n"Nov 26 & 27",Thanksgiving Break\n2026-09-07,Labor Day\n')
    assert found == [LABOR_DAY, "- 2026-11-26 to 2026-11-27 Thanksgiving recess (not confirmed)"]


def test_where_every_line_comes_from(tmp_path: Path) -> None:
    """The file's own name and not its folder: the year file reads the same on any machine."""
    _, text = imported(tmp_path / "deep", "calendar.csv", "date,event\n\n2026-09-07,No School: Labor Day\n", YEAR)
    assert "      # calendar.csv:3 “No School: Labor Day”\n      - 2026-09-07 Labor Day (not confirmed)\n" in text
    assert str(tmp_path) not in text


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("TBD,Graduation Day", "no date in “TBD”"),
        (",Field Day", "it has no date"),
        ("2026-09-25,", "it has no name"),
        ("Sept 25 or 26,SIP Day", "“or 26” after its date is not understood"),
        ("2026-09-25,Spirit Day", "no words of the table stand in it"),
    ],
)
def test_a_row_that_is_not_understood_is_told_and_kept(row: str, why: str, tmp_path: Path) -> None:
    printed, text = imported(tmp_path, "calendar.csv", f"date,event\n{row}\n2026-09-07,Labor Day\n", YEAR)
    assert "not understood, kept as comments at the end of the file: 1" in printed
    for said in (printed, text.partition("# Not understood")[2]):
        assert "calendar.csv:2" in said
        assert why in said


def test_lines_of_other_years_are_counted_by_year(tmp_path: Path) -> None:
    table = "date,event\n2026-09-07,Labor Day\n2027-09-06,Labor Day\n2025-09-01,Labor Day\n2025-11-11,Veterans Day\n"
    printed, text = imported(tmp_path, "calendar.csv", table, YEAR)
    assert "of school year 2025-26, left out: 2 lines" in printed
    assert "of school year 2027-28, left out: 1 line\n" in printed
    assert text.endswith("# 2 lines are of school year 2025-26.\n# 1 line is of school year 2027-28.\n")


def test_many_lines_that_are_not_understood(tmp_path: Path) -> None:
    """All stand in the file; the terminal has the first of them."""
    games = "".join(f"2026-10-{day:02d},Soccer at home {day}\n" for day in range(1, 31))
    printed, text = imported(tmp_path, "calendar.csv", f"date,event\n2026-09-07,Labor Day\n{games}", YEAR)
    assert "… and 5 more" in printed
    assert text.count("Soccer at home") == 30


BREAKING = (
    *("Labor Day: closed #1", "'Labor' \"Day\"", "- Labor Day", "Labor Day {x: [y]}", "Labor Day\u200b \u2028x"),
    *("&Labor Day *", "Labor Day, Ñandú & Co.", "to Labor Day", "Labor Day:", "#Labor Day", "Labor Day 2027-01-01"),
)


def test_names_that_would_break_yaml_are_read_back_as_they_are(tmp_path: Path) -> None:
    """But for what nobody can see, signs at the ends, and what would be read as a second date."""
    rows = "".join(f'2026-09-{n:02d},"{name.replace(chr(34), chr(34) * 2)}"\n' for n, name in enumerate(BREAKING, 1))
    _, text = imported(tmp_path, "calendar.csv", f"date,event\n{rows}", YEAR)
    found = [mark.name for mark in history(tmp_path, text).revisions[0].marks]
    assert found == [
        *("Labor Day: closed #1", "'Labor' \"Day\"", "Labor Day, September, 1", "Labor Day {x: [y]}", "Labor Day x"),
        *("&Labor Day *", "Labor Day, Ñandú & Co.", "“to Labor Day”", "Labor Day, September, 2", "#Labor Day"),
        "Labor Day 01/01",
    ]


# ---- what is refused -----------------------------------------------------------------------------


def test_everything_wrong_with_a_table_is_told_at_once(tmp_path: Path) -> None:
    table = "date,event\nFeb 30,Labor Day\nMon Sept 8,SIP Day\nDec 30 - Dec 19,Winter Recess\n2026-09-07,Labor Day\n"
    said = refused(tmp_path, "calendar.csv", table, YEAR)
    assert "calendar.csv:2:1: `Feb 30` is not a date: February 2027 has 28 days" in said
    assert "calendar.csv:3:1: `Mon Sept 8`: that day is a Tuesday" in said
    assert "calendar.csv:4:1: Saturday December 19, 2026 is before Wednesday December 30, 2026" in said
    assert "    3 | Mon Sept 8,SIP Day\n      | ^^^^^^^^^^\n" in said
    assert "3 problems; nothing was written." in said


def test_a_wrong_date_in_a_spreadsheet_is_shown_in_its_row(tmp_path: Path) -> None:
    data = spreadsheet([["Event", "When"], ["Labor Day", "Mon, Sept 7"], ["Veterans Day", "Fri, Nov 11"]])
    said = refused(tmp_path, "calendar.xlsx", data, YEAR)
    assert "calendar.xlsx, sheet Days:3:16: `Fri, Nov 11`: that day is a Wednesday" in said
    assert "    3 | Veterans Day | Fri, Nov 11\n      |                ^^^^^^^^^^^\n" in said


def test_two_ways_to_read_a_date_are_asked_about_in_a_spreadsheet_too(tmp_path: Path) -> None:
    data = spreadsheet([["Event", "When"], ["Labor Day", "9/7/2026"]])
    assert "`9/7/2026` can be read month first or day first" in refused(tmp_path, "calendar.xlsx", data, YEAR)
    assert closed(tmp_path, "calendar.xlsx", data, "--dates", "us") == [LABOR_DAY]


def test_the_answer_to_the_question_is_taken(tmp_path: Path) -> None:
    table = "date,event\n7/9/2026,Labor Day\n"
    assert "can be read month first or day first" in refused(tmp_path, "calendar.csv", table, YEAR)
    assert closed(tmp_path, "calendar.csv", table, "--dates", "eu") == [LABOR_DAY]


def test_a_dated_answer_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    said = refused(tmp_path, "calendar.csv", "date,event\n21/12/2026,Winter Recess\n", YEAR, "--dates", "us")
    assert "`21/12/2026` is not a date" in said


def test_without_the_library_a_spreadsheet_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = spreadsheet([["date", "event"], ["2026-09-07", "Labor Day"]])
    monkeypatch.setitem(sys.modules, "openpyxl", None)  # what an import finds where it is not installed
    said = refused(tmp_path, "calendar.xlsx", data, YEAR)
    assert "spreadsheets are read by a library that is not installed (openpyxl)" in said
    assert 'nearest: pip install "deadlines[xlsx]", or save the table as CSV' in said


def test_a_table_needs_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert closed(tmp_path, "calendar.csv", "date,event\n2026-09-07,Labor Day\n") == [LABOR_DAY]


def test_a_spreadsheet_too_large_to_be_a_calendar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its rows, and by what it unpacks to: a small file can be made that fills any memory."""
    rows: list[list[Any]] = [["date", "event"], *[["2026-09-07", "Labor Day"]] * sheets.LONGEST]
    said = refused(tmp_path, "calendar.xlsx", spreadsheet(rows), YEAR)
    assert "calendar.xlsx, sheet Days: more than 5,000 rows are no calendar of a school year" in said
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 1_000)
    said = refused(tmp_path, "calendar.xlsx", spreadsheet(rows[:2]), YEAR)
    assert "the spreadsheet is too large to be a calendar" in said


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old or a locked one"])
def test_a_spreadsheet_that_is_none(data: bytes, tmp_path: Path) -> None:
    assert "this cannot be read as a spreadsheet" in refused(tmp_path, "calendar.xlsx", data, YEAR)


def test_a_spreadsheet_of_nothing_but_notes(tmp_path: Path) -> None:
    said = refused(tmp_path, "calendar.xlsx", spreadsheet([["Call the office"], ["It is closed on Labor Day"]]), YEAR)
    assert "no column of days, or none of names, is found in it" in said


def test_nothing_is_written_over(tmp_path: Path) -> None:
    table = "date,event\n2026-09-07,Labor Day\n"
    _, text = imported(tmp_path, "calendar.csv", table, YEAR)
    target = tmp_path / f"{YEAR}.yaml"
    target.write_text(text.replace(" (not confirmed)", ""), encoding="utf-8")  # a steward's work
    with pytest.raises(AssertionError, match="it is already there, and is not written over"):
        imported(tmp_path, "calendar.csv", table, YEAR)
    with pytest.raises(AssertionError, match="this date has been confirmed, and would be written over"):
        imported(tmp_path, "calendar.csv", table, YEAR, "--replace")
    assert "(not confirmed)" not in target.read_text(encoding="utf-8").partition("revisions")[2]
    target.write_text(text, encoding="utf-8")  # before anybody has worked on it
    assert imported(tmp_path, "calendar.csv", table, YEAR, "--replace")[1] == text
