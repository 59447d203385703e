"""What moves when the calendar changes, and that nothing else does."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from deadlines.deriving.moves import moves_between
from deadlines.outputs.ics import uid
from tests.support import ROOT, chicago, clean, copy_of_chicago, run

CHICAGO_2018 = "letter of the district's chief executive, as posted by a school on January 24, 2018"
GOLDEN = ROOT / "tests" / "golden"


def _events(path: Path) -> dict[str, bytes]:
    data = path.read_bytes()
    found = re.findall(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", data, re.DOTALL)
    return {re.search(rb"UID:(\S+)", event)[1].decode(): event for event in found}  # type: ignore[index]


def test_one_closure_moves_exactly_what_hangs_on_it(tmp_path: Path) -> None:
    """Presidents' Day on Tuesday 30 April: what is due by April's last student day moves to the 29th, nothing else."""
    folder = copy_of_chicago(tmp_path / "local")
    build = ("build", "-C", str(folder), "--on", "2018-11-12")
    clean(*build)
    before = {path.name: _events(path) for path in (folder / "public/feeds").iterdir()}
    year = folder / "years/2018-19.yaml"
    text = year.read_text(encoding="utf-8")
    year.write_text(text.replace("2019-02-18 Presidents' Day", "2019-04-30 Presidents' Day"), encoding="utf-8")
    clean(*build)
    after = {path.name: _events(path) for path in (folder / "public/feeds").iterdir()}
    april = ("1-12-ppc|", "1-14-delegate-period|", "39-1-evaluation-committee|meeting")
    ppc, period, committee = (str(uid(chicago(), f"{rule}|2018-19/2019-04|due|")) for rule in april)
    # Due on April 30 whatever that day is; the work day to ask by moves, and is told in the text.
    monthly = ("1-11-leadership-meetings", "3-9-2-mediation-panel", "3-11-arbitration-review")
    ask = {str(uid(chicago(), f"{rule}||2018-19/2019-04|due|")) for rule in monthly}
    closing = str(uid(chicago(), "calendar|closed|School closed: Presidents' Day|2018-19|"))
    moved = {
        name: {key for key in events.keys() | after[name].keys() if events.get(key) != after[name].get(key)}
        for name, events in before.items()
    }
    # Ten school days before May 3 and before May 10 go back past April 30: a day earlier each, April 11 and 25.
    notices = {
        str(uid(chicago(), f"{rule}||2018-19|notice|")) for rule in ("39-2-3-observations", "23-4-renewal-notice")
    }
    levels = ("elementary", "high-school", "pre-kindergarten")
    assert {name: keys for name, keys in moved.items() if keys and not name.endswith("-alarms.ics")} == {
        "delegate.ics": {ppc, period, *notices},
        "teacher.ics": notices,
        "union-office.ics": {committee, *ask},
        **{name: {closing} for name in ("calendar.ics", *(f"calendar-{level}.ics" for level in levels))},
    }
    days = {day for key in notices for day in (b"20190411", b"20190425") if day in after["delegate.ics"][key]}
    assert days == {b"20190411", b"20190425"}
    assert b"DTSTART;VALUE=DATE:20190430" in before["delegate.ics"][ppc]
    assert b"DTSTART;VALUE=DATE:20190429" in after["delegate.ics"][ppc]


def test_a_school_day_inside_a_recess_parts_it_in_the_feed(tmp_path: Path) -> None:
    """No feed may call Wednesday April 17 closed once it is a school day: two closures stand on either side of it."""
    folder = copy_of_chicago(tmp_path / "local")
    clean("build", "-C", str(folder), "--on", "2018-11-12")
    before = _events(folder / "public/feeds/calendar.ics")
    year = folder / "years/2018-19.yaml"
    made_up = """
  - announced: 2018-11-20
    adopted: 2018-11-20
    source: a made-up make-up day
    student days: [2019-04-17 make-up day]
"""
    head, _, tail = year.read_text(encoding="utf-8").partition("\n  - announced: 2019-01-28")
    year.write_text(head + made_up + "\n  - announced: 2019-01-28" + tail, encoding="utf-8")
    said = clean("diff", "-C", str(folder), "--on", "2018-11-26")
    recess = "School closed: spring recess\n    "
    assert f"moved: {recess}Mon Apr 15, 2019 to Fri Apr 19, 2019 -> Mon Apr 15, 2019 to Tue Apr 16, 2019; in" in said
    assert f"added: {recess}Thu Apr 18, 2019 to Fri Apr 19, 2019; in" in said
    lines = year.read_text(encoding="utf-8").split("\n")
    line = lines.index("      - 2019-04-15 to 2019-04-19 spring recess") + 1
    assert said.count(f"because: {CHICAGO_2018} [years/2018-19.yaml:{line}]") == 2
    first = str(uid(chicago(), "calendar|closed|School closed: spring recess|2018-19|"))
    assert first in before  # the first part is what was known as the recess
    changes = json.loads(clean("diff", "-C", str(folder), "--on", "2018-11-26", "--format", "json"))
    assert [c["uid"] for c in changes if c["title"].endswith("spring recess") and c["kind"] == "moved"] == [first]


def test_a_longer_recess_is_told_with_both_its_ends(tmp_path: Path) -> None:
    folder = copy_of_chicago(tmp_path / "local")
    clean("build", "-C", str(folder), "--on", "2018-11-12")
    year = folder / "years/2018-19.yaml"
    text = year.read_text(encoding="utf-8")
    year.write_text(text.replace("2018-12-24 to 2019-01-04", "2018-12-24 to 2019-01-07"), encoding="utf-8")
    days = "Mon Dec 24, 2018 to Fri Jan 4, 2019 -> Mon Dec 24, 2018 to Mon Jan 7, 2019"
    assert f"moved: School closed: winter recess\n    {days}; in" in clean(
        "diff", "-C", str(folder), "--on", "2018-11-13"
    )


def test_a_card_that_is_told_to_fewer_is_told_before_and_stopped(tmp_path: Path) -> None:
    """Teachers would see most of their dates vanish: `diff` names each, and the build stops until somebody says why."""
    folder = copy_of_chicago(tmp_path / "local")
    where = ("-C", str(folder), "--on", "2018-11-12")
    clean("build", *where)
    before = set(_events(folder / "public/feeds/teacher.ics"))
    for card in folder.glob("agreements/2015-19/rules/*.yaml"):
        text = card.read_text(encoding="utf-8")
        card.write_text(text.replace("\ntell: [delegate, teacher]\n", "\ntell: [delegate]\n"), encoding="utf-8")
    rows = [row for row in json.loads(clean("diff", *where, "--format", "json")) if row["kind"] == "redirected"]
    said = clean("diff", *where)
    assert said.count("    gone from teacher.ics\n") == len(rows) > 20
    assert "dates in teacher.ics would go from it and stay in others, more than 20%" in said
    assert run("build", *where).exit_code == 1
    assert run("build", *where, "--accept", "  ").exit_code == 1  # a reason of blanks is none
    clean("build", *where, "--accept", "teachers asked for less")
    left = before - set(_events(folder / "public/feeds/teacher.ics"))
    assert left == {row["uid"] for row in rows if row["gone from"] == ["teacher.ics"]}
    kept = [json.loads(line) for line in (folder / "changes.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["uid"] for row in kept if row.get("accepted") == "teachers asked for less"} == left
    page = (folder / "public/changes.html").read_text(encoding="utf-8")
    assert "No longer, or newly, in these calendars" in page


def test_a_snow_day_added_later_leaves_the_examples_alone(tmp_path: Path) -> None:
    """A closure of 21 December announced on 20 November: the last safe day of 35-4 and December's PPC are the 20th."""
    folder = copy_of_chicago(tmp_path / "local")
    year = folder / "years/2018-19.yaml"
    snow = """
  - announced: 2018-11-20
    adopted: not yet
    source: a made-up snow day
    closed: [2018-12-21 closed for snow]
    in doubt: {last student day: 2019-06-18 to 2019-06-19}
"""
    head, _, tail = year.read_text(encoding="utf-8").partition("\n  - announced: 2019-01-28")
    year.write_text(head + snow + "\n  - announced: 2019-01-28" + tail, encoding="utf-8")
    on = ("-C", str(folder), "--on", "2018-11-26")
    digest = clean("digest", "preview", "--for", "delegate", *on)
    assert "deliver by: was Friday December 21, 2018, is Thursday December 20, 2018" in digest
    assert "a made-up snow day (announced, not yet adopted): closed for snow" in digest
    checked = clean("check", str(folder), "--on", "2019-05-06")
    assert "since it was printed: closed for snow" in checked  # three closures, two make-up days: 177, and why


def test_the_cold_days_each_have_their_own_cause() -> None:
    """28 January announced one day, 30 January the second: each move names the line that moved it."""
    moves = moves_between(chicago(), date(2019, 2, 4), date(2019, 1, 27), date(2019, 2, 4))
    ppc = [m for m in moves if m.id == "1-12-ppc/2018-19/2019-01" and m.which == "act by"]
    assert [(m.before, m.after) for m in ppc] == [(date(2019, 1, 31), date(2019, 1, 29))]
    assert "cold, second day" in ppc[0].cause
    opens = [m for m in moves if m.id.startswith("35-4-transfer-window/end of year") and m.which == "opens"]
    assert [(m.before, m.after) for m in opens] == [
        (date(2019, 4, 5), date(2019, 4, 6)),
        (date(2019, 4, 6), date(2019, 4, 7)),
    ]
    assert opens[0].where == "years/2018-19.yaml:47"
    assert not [m for m in moves if m.id.startswith(("13-3", "36-14", "35-4-transfer-window/mid-year"))]


@pytest.mark.parametrize("day", ["2018-11-12", "2019-02-04", "2019-04-01", "2019-05-06", "2019-06-17"])
@pytest.mark.parametrize("form", ["txt", "html"])
def test_digests_of_the_year_are_as_reviewed(day: str, form: str) -> None:
    """Golden digests, read by eye: a window opens; the storm; a window opens in doubt; April's answer; the end."""
    html = ("--html",) if form == "html" else ()
    text = clean("digest", "preview", "-C", str(ROOT / "districts/chicago"), "--for", "delegate", "--on", day, *html)
    assert text == (GOLDEN / f"digest-delegate-{day}.{form}").read_text(encoding="utf-8")


def test_digest_of_a_quiet_week_says_so() -> None:
    text = clean("digest", "preview", "-C", str(ROOT / "districts/chicago"), "--for", "psrp", "--on", "2018-11-12")
    assert "Nothing to tell this week." in text
