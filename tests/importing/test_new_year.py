"""The next school year begun: a file in which nothing is known, what it asks of the steward, what stays published."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from calendars.facts import Flag
from calendars.revisions import YearHistory
from deadlines.deriving.derive import derive
from deadlines.importing.blank import blank_year
from deadlines.importing.rollover import agreements, following, to_compare
from deadlines.loading.folder import read_local
from deadlines.model.local import Local
from tests.importing.made import history, year_of
from tests.phrases.madeup import make_year
from tests.phrases.madeup_file import year_file
from tests.problem_folders import clean_local
from tests.support import chicago, clean, copy_of_chicago, run

JUNE = "2022-06-15"


def lakeside(folder: Path, **changed: str) -> Path:
    """The small clean local of the problems, with some of its files changed."""
    for name, data in {**clean_local(), **{key: text.encode() for key, text in changed.items()}}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def year_called(name: str) -> YearHistory:
    return next(year for year in chicago().years if year.name == name)


# ---- the file ------------------------------------------------------------------------------------


def test_it_can_be_loaded_checked_and_built_as_it_stands(tmp_path: Path) -> None:
    folder = lakeside(tmp_path / "local")
    said = clean("new-year", "2022-23", "-C", str(folder), "--on", JUNE)
    assert f"{folder}/years/2022-23.yaml: written, to be filled in; all of it is not known yet" in said
    for day in (JUNE, "2022-09-01", "2023-05-01"):
        assert "clean" in clean("check", str(folder), "--on", day)
        clean("build", "-C", str(folder), "--on", day)
    checked = clean("check", str(folder), "--on", "2022-09-01")
    for what in ("first student day", "last student day", "days not listed", "quarter ends", "semester ends",
                 "first teacher day", "last teacher day", "office days"):  # fmt: skip
        assert f"not known: {what} (2022-23)" in checked
    assert "note: the calendar of school year 2022-23 is not known yet" in checked
    assert "2022-23" not in "".join(
        line for line in (folder / "public/feeds/calendar.ics").read_text().splitlines() if line.startswith("SUMMARY")
    )


def test_nothing_of_the_year_is_believed(tmp_path: Path) -> None:
    """From July 1 to June 30 weekends are free and no weekday is known, for students, teachers or the office."""
    year = year_of(tmp_path, blank_year("2019-20", year_called("2018-19"), date(2019, 4, 30)), "high school")
    for day in year.span:
        fact = year.fact(day)
        expected = Flag.NO if day.weekday() >= 5 else Flag.UNKNOWN
        assert (fact.students, fact.teachers) == (expected, expected)
        assert fact.office is not Flag.YES
    for point in ("first student day", "last student day", "staff end of the school year"):
        assert year.anchor(point).because == "not known"


def test_what_is_carried_and_what_is_a_comment(tmp_path: Path) -> None:
    """Levels and the kinds of term; every day, also one that is only proposed, stands behind a #."""
    text = blank_year("2019-20", year_called("2018-19"), date(2019, 4, 30))
    found = history(tmp_path, text)
    assert found.levels == ("elementary", "high school")
    (revision,) = found.revisions
    assert [revision.marks, revision.terms, revision.announcements, revision.printed] == [(), (), (), {}]
    assert [what for what, _ in revision.not_known][3:5] == ["quarter ends", "semester ends"]
    facts = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    assert re.findall(r"\d{4}-\d\d-\d\d", "\n".join(facts)) == ["2019-04-30"]  # the day it was begun
    for line in (
        "    # students: {first day: ____-__-__, last day: ____-__-__}  # Tue Sep 4, 2018 to Tue Jun 18, 2019",
        "    #     1: {student end: ____-__-__, staff end: ____-__-__}  # Thu Nov 1, 2018 and Fri Nov 2, 2018",
        "    #     4: {staff end: ____-__-__}  # Wed Jun 19, 2019",
        "    #     1: {ends with: quarter 2}",
        "    #   - ____-__-__ to ____-__-__ winter recess  # Mon Dec 24, 2018 to Fri Jan 4, 2019",
        "    #   high school:",
        "    #     - ____-__-__ report card conferences, fall  # Thu Nov 15, 2018",
        "    #   - ____-__-__ report cards go home, semester 1  # Fri Feb 8, 2019",
    ):
        assert line in text.splitlines()
    assert "cold" not in text  # the closures of January 2019 do not come round


@pytest.mark.parametrize(
    ("holiday", "proposed"),
    [
        # read off a printed calendar of 2019 and 2020
        (
            "Columbus Day  # Mon Oct 8, 2018",
            "the second Monday of October is Mon Oct 14, 2019; its date is Tue Oct 8, 2019",
        ),
        ("Martin Luther King Day  # Mon Jan 21, 2019", "the third Monday of January is Mon Jan 20, 2020"),
        ("Presidents' Day  # Mon Feb 18, 2019", "the third Monday of February is Mon Feb 17, 2020"),
        (
            "Memorial Day  # Mon May 27, 2019",
            "the last Monday of May is Mon May 25, 2020; its date is Wed May 27, 2020",
        ),
    ],
)
def test_a_holiday_is_proposed_by_its_weekday_and_by_its_date(holiday: str, proposed: str) -> None:
    text = blank_year("2019-20", year_called("2018-19"), date(2019, 4, 30))
    assert f"{holiday}; proposed: {proposed}" in text


def test_the_fourth_monday_and_the_last_are_both_proposed() -> None:
    """May 25, 2026 was the fourth and the last Monday; in 2027 the last is the 31st, the fourth the 24th."""
    text = blank_year("2026-27", year_called("2025-26"), date(2026, 6, 1))
    last_and_fourth = "the fourth Monday of May is Mon May 24, 2027; the last Monday of May is Mon May 31, 2027"
    assert f"Memorial Day  # Mon May 25, 2026; proposed: {last_and_fourth}; its date is Tue May 25, 2027" in text


def test_filled_in_later_it_is_known_from_then_on(tmp_path: Path) -> None:
    """A revision that gives the edges ends what was not known; `now known` ends the rest."""
    text = blank_year("2019-20", year_called("2018-19"), date(2019, 4, 30))
    text += (
        "  - adopted: 2019-07-24\n    source: the Board\n    students: {first day: 2019-09-03, last day: 2020-06-16}\n"
        "    now known: [days not listed]\n"
    )
    found = history(tmp_path, text)
    before, after = (found.known_on(day, "elementary") for day in (date(2019, 7, 23), date(2019, 7, 24)))
    assert before
    assert after
    assert before.anchor("first student day").because == "not known"
    assert str(after.anchor("first student day").day) == "2019-09-03"
    assert after.fact(date(2019, 9, 4)).students is Flag.YES
    assert before.fact(date(2019, 9, 4)).students is Flag.UNKNOWN


def test_a_revision_not_adopted_yet_settles_nothing(tmp_path: Path) -> None:
    """A draft that gives the edges and the ends of terms of a year nobody knew: the year stays unknown."""
    text = blank_year("2019-20", year_called("2018-19"), date(2019, 4, 30))
    text += (
        "  - announced: 2019-05-20\n    adopted: not yet\n    source: a draft\n"
        "    students: {first day: 2019-09-03, last day: 2020-06-16}\n"
        "    terms: {quarter: {1: {student end: 2019-11-07}, 2: {}}}\n"
    )
    year = history(tmp_path, text).known_on(date(2019, 6, 1), "elementary")
    assert year
    assert year.anchor("last student day").because == "not known"
    assert year.fact(date(2019, 9, 4)).students is Flag.UNKNOWN


# ---- no date is guessed --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Local:
    """Chicago with 2027-28 begun."""
    folder = copy_of_chicago(tmp_path_factory.mktemp("blank") / "local")
    clean("new-year", "2027-28", "-C", str(folder), "--on", "2027-06-15")
    return read_local(folder)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_said_of_a_year_nobody_knows_holds_in_any_calendar(blank: Local, seed: int, tmp_path: Path) -> None:
    """Every stated day, opening and closing given while nothing is known is the same in four made-up calendars."""
    made = make_year(Random(f"rollover {seed}"), 2027, "quarters and semesters")
    read = history(tmp_path, year_file(made))
    on = date(2027, 9, 1)
    filled = replace(blank, years=tuple(read if year.name == "2027-28" else year for year in blank.years))
    found = {o.id: o for o in derive(filled, on, on).obligations}
    said = [o for o in derive(blank, on, on).obligations if o.hang.startswith("2027-28")]
    assert len(said) >= 30
    for o in said:
        for key in ("stated", "opens", "closes"):
            if key in o.outcome.values:
                assert o.outcome.values[key] == found[o.id].outcome.values[key], o.id
    silent = set(found) - {o.id for o in said}
    assert len([name for name in silent if "/2027-28" in name]) >= 20  # what needs the calendar says that it cannot say


def test_every_date_that_needs_the_calendar_says_that_it_cannot_be_said(blank: Local) -> None:
    on = date(2027, 9, 1)
    rows = [row for row in derive(blank, on, on).rows if row.hang.startswith("2027-28") and row.state == "cannot say"]
    assert len(rows) >= 20
    other = "2027-28|2028-29|is not known|each person's own"
    assert [row.why for row in rows if not re.search(other, row.why)] == []


# ---- what it asks of the steward -----------------------------------------------------------------


def test_an_agreement_that_ends_with_the_year_and_one_that_ended_before() -> None:
    assert next(agreements(chicago(), "2018-19")) == "2015-19: ends on Sunday June 30, 2019, with the year"
    said = "\n".join(agreements(chicago(), "2019-20"))
    assert "2015-19: over before the year begins, on Sunday June 30, 2019\n  142 cards go silent with it:" in said
    assert "3-6-2-file-a-grievance" in said
    assert "2019-24: begins on Wednesday November 20, 2019, holds to its end; it ends on Sunday June 30, 2024" in said


def test_a_year_no_agreement_on_file_holds_in() -> None:
    said = list(agreements(chicago(), "2028-29"))
    assert said[0] == "2024-28: over before the year begins, on Friday June 30, 2028"
    assert said[-1] == "No agreement on file holds in 2028-29: no date of it can be given until one is."
    assert any("No agreement after it is on file" in line for line in said)


def test_cards_to_compare_again() -> None:
    said = "\n".join(to_compare(chicago(), "2027-28", date(2027, 6, 15)))
    assert "2024-28: 129 carried over and never compared (CHECK FIRST):" in said
    assert "2024-28: 1 with values, and none for 2027-28:\n    36-11-after-school-rates" in said
    assert "to be looked at again by their own word:\n    36-11-after-school-rates" in said
    assert "compared more than a year ago" not in said


def test_compared_more_than_a_year_ago() -> None:
    """The cards of 2024-28 that were compared were compared on November 22, 2026: 365 days later is no year yet."""
    for day, late in ((date(2027, 11, 22), False), (date(2027, 11, 23), True)):
        said = "\n".join(to_compare(chicago(), "2027-28", day))
        assert ("compared more than a year ago" in said) == late
    assert "1-12-ppc" in said.partition("compared more than a year ago")[2]


def test_what_is_published_is_left_as_it_is(tmp_path: Path) -> None:
    folder = lakeside(tmp_path / "local")
    clean("build", "-C", str(folder), "--on", "2021-09-01")
    addresses = sorted(path.name for path in (folder / "public/feeds").glob("*.ics"))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    said = clean("new-year", "2022-23", "-C", str(folder), "--on", JUNE)
    lines = len((folder / "published.jsonl").read_text(encoding="utf-8").splitlines())
    assert f"published.jsonl: {lines} dates keep their identity; the new file changes none of them" in said
    assert f"{len(addresses)} feeds, at the same addresses: {', '.join(addresses)}" in said
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert after == {**before, folder / "years/2022-23.yaml": after[folder / "years/2022-23.yaml"]}
    clean("build", "-C", str(folder), "--on", "2022-07-01")
    assert addresses == sorted(path.name for path in (folder / "public/feeds").glob("*.ics"))


def test_before_anything_is_published(tmp_path: Path) -> None:
    said = clean("new-year", "2022-23", "-C", str(lakeside(tmp_path / "local")), "--on", JUNE)
    assert "Published:\n  nothing yet; the namespace" in said
    assert "2020-23: ends on Friday June 30, 2023, with the year" in said
    assert "School years not kept:\n  none" in said


# ---- which year comes next -----------------------------------------------------------------------


def test_years_that_are_not_kept_are_passed_over() -> None:
    """After 2020-21 four years are not kept, and 2025-26 is on file."""
    early = tuple(year for year in chicago().years if year.name <= "2020-21")
    assert following(replace(chicago(), years=early)) == "2025-26"
    assert following(chicago()) == "2027-28"


@pytest.mark.parametrize("year", ["2021-22", "2020-21", "2023-24", "2030-31"])
def test_no_other_year_is_begun(year: str, tmp_path: Path) -> None:
    folder = lakeside(tmp_path / "local")
    before = sorted(folder.rglob("*"))
    result = run("new-year", year, "-C", str(folder), "--on", JUNE)
    assert result.exit_code == 1
    assert "nearest: deadlines new-year 2022-23" in result.output
    assert sorted(folder.rglob("*")) == before


def test_a_folder_with_mistakes_begins_no_year(tmp_path: Path) -> None:
    folder = lakeside(tmp_path / "local", **{"years/2021-22.yaml": "school year: 2021-22\n"})
    result = run("new-year", "2022-23", "-C", str(folder), "--on", JUNE)
    assert result.exit_code == 1
    assert "a year file has no `revisions`" in result.output
    assert not (folder / "years/2022-23.yaml").exists()


def test_a_ledger_that_cannot_be_read_begins_no_year(tmp_path: Path) -> None:
    folder = lakeside(tmp_path / "local", **{"published.jsonl": "nonsense\n"})
    result = run("new-year", "2022-23", "-C", str(folder), "--on", JUNE)
    assert result.exit_code == 1
    assert "published.jsonl:1:1" in result.output
    assert not (folder / "years/2022-23.yaml").exists()


@pytest.mark.parametrize("year", ["2022", "2022-24", "next"])
def test_a_year_in_another_form_is_refused(year: str, tmp_path: Path) -> None:
    result = run("new-year", year, "-C", str(lakeside(tmp_path / "local")))
    assert result.exit_code == 2
    assert "is not a school year" in result.output


# ---- from the blank file to the district's ---------------------------------------------------------


def test_the_districts_calendar_takes_the_place_of_the_blank_file(tmp_path: Path) -> None:
    """The levels and the kinds of term are those of the folder; check lists what is to be settled, and nothing else."""
    folder = lakeside(tmp_path / "local")
    clean("new-year", "2022-23", "-C", str(folder), "--on", JUNE)
    table = tmp_path / "calendar.csv"
    table.write_text(
        "date,event,schools\n2022-08-29,First Day of School,\n2022-09-05,Labor Day,\n"
        "2022-11-16,Report Card Pick-Up,primary\n2022-11-17,Report Card Pick-Up,secondary\n"
        "2022-11-23 to 2022-11-25,Thanksgiving Break,\n2023-06-09,Last Day of School,\n",
        encoding="utf-8",
    )
    command = ("import-year", str(table), "--year", "2022-23", "-C", str(folder), "--announced", "2022-07-01")
    assert run(*command).exit_code == 1
    clean(*command, "--replace")
    said = clean("check", str(folder), "--on", "2022-09-01")
    told = [line.strip() for line in said.splitlines() if "2022-23" in line and "not " in line]
    settle = [line for line in told if line.startswith("not confirmed: ")]
    assert len(settle) == 6
    assert [line for line in told if line.startswith("not known: ")] == [
        f"not known: {what} (2022-23)"
        for what in ("days not listed", "first teacher day", "last teacher day", "office days", "quarter ends",
                     "semester ends")
    ]  # fmt: skip
    clean("build", "-C", str(folder), "--on", "2022-09-01")


def test_a_year_that_is_missing_can_be_imported_into_the_folder_it_is_missing_from(tmp_path: Path) -> None:
    """`check` refuses such a folder; the import is how it is mended."""
    folder = lakeside(tmp_path / "local")
    (folder / "years/2021-22.yaml").unlink()
    assert run("check", str(folder), "--on", "2021-09-01").exit_code == 1
    (tmp_path / "calendar.csv").write_text("date,event\n2021-09-06,Labor Day\n", encoding="utf-8")
    clean(
        "import-year",
        str(tmp_path / "calendar.csv"),
        "--year",
        "2021-22",
        "-C",
        str(folder),
        "--announced",
        "2021-03-01",
    )
    assert "levels" not in (folder / "years/2021-22.yaml").read_text(encoding="utf-8")
