"""``deadlines limits --schedule``: a week's schedule held against 5-1 and 40-4. Minutes are added up on paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.events.book import folder
from tests.support import clean, run, write_millbrook

__all__ = ["folder"]

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
# A day as the article has it: 240 minutes of teaching, 15 of supervision, 60 of preparation, two periods in a row.
DAY = """\
{day},8:45,9:45,{prep} preparation
{day},9:45,10:45,teaching
{day},10:45,11:45,teaching
{day},11:45,12:30,lunch
{day},12:30,12:45,supervision
{day},12:45,1:45 PM,teaching
{day},13:45,2:45 pm,teaching
"""
INSTRUCTION = "at most 296 minutes of instruction per day"
SUPERVISION = "at most 15 minutes of non-classroom supervision per day"
PIECE = "at most or at least 60 minutes of continuous preparation per day"
OWN = "at least 4 self-directed preparations per school week"
PRINCIPAL = "at most 1 principal-directed preparation per school week"
ROW = "at most 3 teaching periods in a row"


def week(*days: str, own: int = 4) -> str:
    """Days of the week as the article has them; after ``own`` of them the preparation is the principal's."""
    named = days or DAYS
    return "".join(
        DAY.format(day=day, prep="self-directed" if number < own else "principal-directed")
        for number, day in enumerate(named)
    )


def checked(folder: Path, rows: str, *more: str, head: str = "day,start,end,what") -> list[dict[str, Any]]:
    (folder / "week.csv").write_text(f"{head}\n{rows}", encoding="utf-8")
    at = () if "--week" in more else ("--on", "2018-10-01")
    out: list[dict[str, Any]] = json.loads(clean("limits", "--schedule", "week.csv", *at, "--format", "json", *more))
    return out


def of(found: list[dict[str, Any]], limit: str) -> list[tuple[str, str, str]]:
    return [(one["when"], one["counted"], one["verdict"]) for one in found if one["limit"] == limit]


def test_a_week_as_the_article_has_it(folder: Path) -> None:
    found = checked(folder, week())
    assert {one["verdict"] for one in found} == {"kept"}
    assert of(found, INSTRUCTION) == [(day, "240", "kept") for day in DAYS]
    assert of(found, SUPERVISION) == [(day, "15", "kept") for day in DAYS]
    assert of(found, PIECE) == [(day, "60", "kept") for day in DAYS]
    assert of(found, ROW) == [(day, "2", "kept") for day in DAYS]
    assert of(found, OWN) == [("a week of five days", "4", "kept")]
    assert of(found, PRINCIPAL) == [("a week of five days", "1", "kept")]
    assert {one["article"] for one in found} == {
        "Article 5-1, as the pamphlet tells it",
        "Article 40-4, as the pamphlet tells it",
    }
    assert {one["status"] for one in found} == {"unverified"}


def test_a_minute_more(folder: Path) -> None:
    """Monday: 57 minutes more of teaching are 297; a minute of supervision more is 16."""
    rows = week().replace("Monday,11:45,12:30,lunch", "Monday,11:45,12:29,lunch")
    rows = rows.replace("Monday,12:30,12:45", "Monday,12:29,12:45")
    rows = rows.replace("Monday,13:45,2:45 pm", "Monday,13:45,3:42 pm")
    found = checked(folder, rows)
    assert of(found, INSTRUCTION)[:2] == [("Monday", "297", "broken beyond doubt"), ("Tuesday", "240", "kept")]
    assert of(found, SUPERVISION)[:2] == [("Monday", "16", "broken beyond doubt"), ("Tuesday", "15", "kept")]
    broken = next(one for one in found if one["verdict"] == "broken beyond doubt")
    assert broken["rests on"] == ["line 3", "line 4", "line 7", "line 8"]
    rows = rows.replace("3:42 pm", "3:41 pm")
    assert of(checked(folder, rows), INSTRUCTION)[0] == ("Monday", "296", "kept")


def test_fifty_minutes_of_preparation_are_disputed_and_two_pieces_are_no_longer_piece(folder: Path) -> None:
    rows = week().replace("Monday,8:45,9:45", "Monday,8:45,9:35")
    rows = rows.replace(
        "Tuesday,8:45,9:45,self-directed preparation",
        "Tuesday,8:15,8:45,self-directed preparation\nTuesday,8:50,9:20,self-directed preparation",
    )
    rows = rows.replace(
        "Wednesday,8:45,9:45,self-directed preparation",
        "Wednesday,8:45,9:15,self-directed preparation\nWednesday,9:15,9:45,principal-directed preparation",
    )
    found = checked(folder, rows)
    assert of(found, PIECE)[:3] == [
        ("Monday", "50", "disputed"),
        ("Tuesday", "30", "disputed"),
        ("Wednesday", "60", "kept"),
    ]
    assert next(one for one in found if one["verdict"] == "disputed")["decided by"] == ["most or least"]


def test_three_own_preparations_and_two_of_the_principals(folder: Path) -> None:
    found = checked(folder, week(own=3), "--week", "2018-10-03")
    assert of(found, OWN) == [("the week of Mon Oct 1, 2018", "3", "broken beyond doubt")]
    assert of(found, PRINCIPAL) == [("the week of Mon Oct 1, 2018", "2", "broken beyond doubt")]
    assert of(found, INSTRUCTION)[0] == ("Mon Oct 1", "240", "kept")


def test_a_short_week(folder: Path) -> None:
    """November 21 to 23, 2018 are recess: of two days two fifths of four are 1.6, and one may be the principal's."""
    found = checked(folder, week(), "--week", "2018-11-19")
    assert of(found, OWN) == [("the week of Mon Nov 19, 2018", "2", "kept")]
    assert of(found, INSTRUCTION) == [("Mon Nov 19", "240", "kept"), ("Tue Nov 20", "240", "kept")]
    out = clean("limits", "--schedule", "week.csv", "--week", "2018-11-19")
    assert "Wednesday November 21, 2018 is no day of school (Thanksgiving recess); not counted." in out
    assert of(checked(folder, week(own=1), "--week", "2018-11-19"), OWN)[0][1:] == ("1", "disputed")


def test_a_day_that_is_not_in_the_schedule(folder: Path) -> None:
    """Of four days three own preparations prove nothing, four are enough; two of the principal's are too many."""
    found = checked(folder, week(*DAYS[:4], own=3), "--week", "2018-10-01")
    assert of(found, OWN)[0][2] == of(found, PRINCIPAL)[0][2] == "cannot say"
    assert next(one for one in found if one["limit"] == OWN)["why not"] == "the schedule has nothing on Fri Oct 5"
    assert of(checked(folder, week(*DAYS[:4]), "--week", "2018-10-01"), OWN)[0][1:] == ("4", "kept")
    assert of(checked(folder, week(*DAYS[:4], own=2)), PRINCIPAL)[0][1:] == ("2", "broken beyond doubt")


def test_four_in_a_row_are_disputed_since_soft_words_may_excuse_them(folder: Path) -> None:
    rows = week().replace("Monday,11:45,12:30,lunch\nMonday,12:30,12:45,supervision\n", "")
    rows = rows.replace("Monday,12:45,1:45 PM", "Monday,11:50,12:50")
    found = checked(folder, rows)
    monday = next(one for one in found if one["limit"] == ROW)
    assert (monday["counted"], monday["verdict"], monday["decided by"]) == ("3 or 4", "cannot say", [])
    assert monday["why not"] == "the schedule has nothing between 12:50 and 13:45, so 3 or 4 are in a row"
    rows = rows.replace("Monday,13:45,2:45 pm", "Monday,12:55,13:55")
    monday = next(one for one in checked(folder, rows) if one["limit"] == ROW)
    assert (monday["counted"], monday["verdict"], monday["decided by"]) == ("4", "disputed", ["soft words"])


def test_each_person_of_a_file_has_a_week_of_their_own(folder: Path) -> None:
    rows = "".join(f"{line},{who}\n" for who in ("T-2", "T-1") for line in week().splitlines())
    found = checked(folder, rows, head="day,start,end,what,who")
    assert {one["who"] for one in found} == {"T-1", "T-2"}
    assert of([one for one in found if one["who"] == "T-1"], OWN) == [("a week of five days", "4", "kept")]
    assert {one["who"] for one in checked(folder, rows, "--who", "T-2", head="day,start,end,what,who")} == {"T-2"}


def test_dates_name_their_week(folder: Path) -> None:
    rows = week().replace("Monday", "2018-10-01").replace("Tuesday", "2018-10-02").replace("Wednesday", "2018-10-03")
    rows = rows.replace("Thursday", "2018-10-04").replace("Friday", "2018-10-05")
    found = checked(folder, rows, "--on", "2019-06-01")
    assert of(found, OWN) == [("the week of Mon Oct 1, 2018", "4", "kept")]
    result = run("limits", "--schedule", "week.csv", "--week", "2018-10-08")
    assert result.exit_code == 1
    assert "this is no day of Monday to Friday of the week of Monday October 8, 2018" in result.output


def test_the_text_has_a_row_for_days_that_come_to_the_same(folder: Path) -> None:
    checked(folder, week())
    out = clean("limits", "--schedule", "week.csv", "--on", "2018-10-01")
    (line,) = [line for line in out.splitlines() if "minutes of instruction" in line]
    assert "Monday, Tuesday, Wednesday, Thursday, Friday" in line
    assert "lines 3, 4, 7, 8, 10, 11" in line


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Sunday,8:00,8:50,teaching", "a day is one of Monday to Friday"),
        ("Monday,8,8:50,teaching", "a time is written 8:00"),
        ("Monday,8:60,9:50,teaching", "a time is written 8:00"),
        ("Monday,13:00 pm,14:00,teaching", "a time is written 8:00"),
        ("Monday,12:30,1:15,teaching", "1:15 is at night"),
        ("Monday,8:00,8:00,teaching", "it ends no later than it begins"),
        ("Monday,8:00,8:50,Vogelquist", "no card counts anything of this name"),
        ("Monday,8:00", "the row has 2 values, and the first line names 4"),
    ],
)
def test_wrong_rows(folder: Path, row: str, told: str) -> None:
    (folder / "week.csv").write_text(f"day,start,end,what\n{row}\n", encoding="utf-8")
    result = run("limits", "--schedule", "week.csv", "--on", "2018-10-01")
    assert result.exit_code == 1
    assert "week.csv:2:" in result.output
    assert told in result.output
    assert "Vogelquist" not in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("text", ["", "day,start\n", "day,start,end,what,room\n", "\xff"])
def test_wrong_files(folder: Path, text: str) -> None:
    (folder / "week.csv").write_bytes(text.encode("latin-1"))
    result = run("limits", "--schedule", "week.csv", "--on", "2018-10-01")
    assert (result.exit_code, "Traceback" in result.output) == (1, False)
    assert run("limits", "--schedule", "none.csv", "--on", "2018-10-01").exit_code == 1


STUDIO = """
rule: 8-1-studio
title: Studio time
summary: At most 200 minutes in the studio a week, and two rehearsals in a row.
status: unverified
sources: [{document: agreement, place: Article 8.1, weight: summary}]
who must: district
tell: [steward]
stakes: process
contact: president
limits: [at most 200 minutes in the studio per week, at most 2 rehearsals in a row]
counted in a schedule:
  minutes in the studio: minutes of rehearsal, recording or editing
  rehearsals: periods of rehearsal
also in a schedule: [travel]
"""


def test_a_new_union_with_other_quantities_needs_files_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """60, 60 and 40 minutes on Monday, 41 on Tuesday: 201; travel breaks no other row than that of rehearsals."""
    monkeypatch.chdir(write_millbrook(tmp_path, **{"agreements__2020-23__rules__8-1.yaml": STUDIO}))
    rows = "Mon,9:00,10:00,rehearsal\nMon,10:00,11:00,rehearsal\nMon,11:00,11:20,travel\nMon,11:20,12:00,rehearsal\n"
    rows += "Tue,9:00,9:41,editing\nWed,9:00,9:10,travel\nThu,9:00,9:10,travel\nFri,9:00,9:10,travel\n"
    (tmp_path / "week.csv").write_text(f"day,start,end,what\n{rows}", encoding="utf-8")
    out = clean("limits", "--schedule", "week.csv", "--on", "2021-10-04", "--format", "json")
    found = json.loads(out)
    assert of(found, "at most 200 minutes in the studio per week") == [
        ("a week of five days", "201", "broken beyond doubt")
    ]
    assert of(found, "at most 2 rehearsals in a row")[0] == ("Monday", "2", "kept")
    assert "No agreement in force on 2024-10-04" in clean("limits", "--schedule", "week.csv", "--on", "2024-10-04")
