"""What single keys of a card and of a year file do, on a made-up district; dates counted on paper.

Millbrook 2021-22: students from Monday 30 August 2021; Labor Day is Monday 6 September; nothing is
closed in October unless a test closes it.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from deadlines.deriving.cases import Event
from deadlines.deriving.derive import derive
from deadlines.loading.folder import read_local
from deadlines.model.obligation import Obligation
from tests.support import MILLBROOK, clean, write_millbrook

CARD = """
rule: 8-1-thing
title: A thing
summary: Something is owed.
status: unverified
sources: [{document: agreement, place: Article 8.1, weight: summary}]
who must: %s
tell: [steward, teacher]
stakes: process
contact: president
"""
RULES = "agreements__2020-23__rules__8-1.yaml"
YEAR = "years__2021-22.yaml"


def folder(tmp_path: Path, who: str, keys: str, **more: str) -> Path:
    return write_millbrook(tmp_path, **{RULES: CARD % who + keys, **more})


def year_with(line: str) -> dict[str, str]:
    """The year file with one more line in its only revision."""
    return {YEAR: MILLBROOK["years/2021-22.yaml"].rstrip() + f"\n    {line}\n"}


def derived(path: Path, *events: Event, on: str = "2021-09-01") -> list[Obligation]:
    day = date.fromisoformat(on)
    return [o for o in derive(read_local(path), day, day, events).obligations if o.card.rule == "8-1-thing"]


def values(path: Path, *events: Event) -> dict[str, Any]:
    (found,) = derived(path, *events)
    return {name: str(value) for name, value in found.outcome.values.items()}


def happened(name: str, day: str) -> Event:
    return Event(name, date.fromisoformat(day), "1")


def test_a_roll_the_article_states_moves_the_date(tmp_path: Path) -> None:
    """4 September 2021 is a Saturday and Monday is Labor Day: the next work day is Tuesday the 7th."""
    keys = "each: school year\ndue: no later than September 4\nif that is not a work day: the next work day\n"
    assert values(folder(tmp_path / "a", "district", keys))["stated"] == "2021-09-07"
    keys = keys.replace("the next work day", "the work day before")
    assert values(folder(tmp_path / "b", "district", keys))["stated"] == "2021-09-03"
    keys = keys.replace("the work day before", "it stays")
    found = values(folder(tmp_path / "c", "district", keys))
    assert (found["stated"], found["late beyond doubt after"]) == ("2021-09-04", "2021-09-04")


def test_silence_about_the_roll_keeps_the_stated_day(tmp_path: Path) -> None:
    """Owed to us: stated Saturday, ask by Friday, late beyond doubt only after Tuesday. Owed by us: Friday leads."""
    keys = "each: school year\ndue: no later than September 4\n"
    found = values(folder(tmp_path / "a", "district", keys))
    assert found == {"stated": "2021-09-04", "ask by": "2021-09-03", "late beyond doubt after": "2021-09-07"}
    assert values(folder(tmp_path / "b", "teacher", keys)) == {"act by": "2021-09-03", "stated": "2021-09-04"}


def test_a_settled_roll_leads(tmp_path: Path) -> None:
    keys = """
each: school year
due: no later than September 4
readings:
  if that is not a work day: {question: Does it move?, A: it stays, B: the next work day}
use: {if that is not a work day: B}
settled by: {ruling: a made-up award, place: page 3, recorded by: president}
"""
    assert values(folder(tmp_path, "teacher", keys)) == {"act by": "2021-09-07", "stated": "2021-09-07"}


def test_an_internal_day_and_an_earliest_day(tmp_path: Path) -> None:
    """From Tuesday 14 September: 10 days on is Friday 24; papers on Sunday 19, so Friday 17; not before Thursday 16."""
    keys = """
starts with: hearing held
due: no later than 10 calendar days after hearing held
send to field rep: 5 calendar days after hearing held
not before: 2 calendar days after hearing held
"""
    path = folder(tmp_path, "teacher", keys)
    found = values(path, happened("hearing held", "2021-09-14"))
    assert found == {
        "act by": "2021-09-24", "stated": "2021-09-24", "not before": "2021-09-16", "send to field rep": "2021-09-17",
    }  # fmt: skip


def test_strike_days_are_a_reading(tmp_path: Path) -> None:
    """Five student days after Friday 1 October: 4 to 8 if strike days count; else 4, 8, 11, 12 and 13."""
    keys = "starts with: notice given\ndue: no later than 5 student days after notice given\n"
    path = folder(tmp_path, "district", keys, **year_with("strike: [2021-10-05 to 2021-10-07 strike]"))
    found = values(path, happened("notice given", "2021-10-01"))
    assert (found["stated"], found["late beyond doubt after"]) == ("2021-10-08", "2021-10-13")
    (obligation,) = derived(path, happened("notice given", "2021-10-01"))
    assert obligation.outcome.questions == ("strike days",)


def test_unknown_days_are_a_reading(tmp_path: Path) -> None:
    """Five teacher days after 1 October with Tuesday 5 unknown: Friday 8 or Monday 11; we act by the earlier."""
    keys = "starts with: notice given\ndue: no later than 5 teacher days after notice given\n"
    path = folder(tmp_path, "teacher", keys, **year_with("unsure for teachers: [2021-10-05 perhaps a training day]"))
    (obligation,) = derived(path, happened("notice given", "2021-10-01"))
    assert {row.values["stated"] for row in obligation.outcome.readings} == {date(2021, 10, 8), date(2021, 10, 11)}
    assert obligation.outcome.values["act by"] == date(2021, 10, 8)


def test_levels_that_differ_have_two_obligations(tmp_path: Path) -> None:
    """26 student days to 5 October; the lower school is off on the 6th, the upper on the 7th: 7 and 6 October."""
    keys = "each: school year\ndue: no later than the 27th student day of the school year\n"
    text = MILLBROOK["years/2021-22.yaml"].replace("revisions:", "levels: [lower, upper]\nrevisions:").rstrip()
    text += "\n    conferences: {lower: [2021-10-06 conferences], upper: [2021-10-07 conferences]}\n"
    path = folder(tmp_path, "district", keys, **{YEAR: text})
    found = {o.id: (o.levels, o.outcome.lead) for o in derived(path)}
    assert found == {
        "8-1-thing/2021-22": (("lower",), date(2021, 10, 7)),
        "8-1-thing/2021-22/upper": (("upper",), date(2021, 10, 6)),
    }
    clean("build", "-C", str(path), "--on", "2021-09-01")
    feed = (path / "public/feeds/steward.ics").read_text(encoding="utf-8").replace("\n ", "")
    assert "SUMMARY:CHECK FIRST: A thing: due from district (lower)" in feed
    assert "SUMMARY:CHECK FIRST: A thing: due from district (upper)" in feed


def test_unverified_goes_to_delegates_only(tmp_path: Path) -> None:
    keys = "each: school year\ndue: no later than October 1\n"
    path = folder(tmp_path, "district", keys)
    show = ("show", "-C", str(path), "--on", "2021-09-01", "--for")
    assert "CHECK FIRST: A thing" in clean(*show, "steward")
    assert clean(*show, "teacher").startswith("Nothing with a date.")


def test_in_force_from_a_school_year(tmp_path: Path) -> None:
    keys = "each: school year\ndue: no later than October 1\nin force: {from: school year 2022-23}\n"
    path = folder(tmp_path, "district", keys)
    assert derived(path) == []
    assert "in force from school year 2022-23" in clean("show", "-C", str(path), "--on", "2021-09-01", "--all")


def test_governed_by_decides_which_agreement_holds(tmp_path: Path) -> None:
    """An agreement that ends at New Year: 1 March lies outside it, unless the start of the year governs."""
    short = MILLBROOK["agreements/2020-23/agreement.yaml"].replace("2023-06-30", "2021-12-31")
    keys = "each: school year\ndue: no later than March 1\n"
    more = {"agreements__2020-23__agreement.yaml": short}
    assert derived(folder(tmp_path / "a", "district", keys, **more)) == []
    (found,) = derived(folder(tmp_path / "b", "district", keys + "governed by: start of year\n", **more))
    assert found.after_end
    assert found.outcome.lead == date(2022, 3, 1)


def test_a_range_is_a_window(tmp_path: Path) -> None:
    """3 to 10 student days after Tuesday 7 September: the 10th (8, 9, 10) and the 21st (13-17, 20, 21)."""
    keys = "starts with: visit held\nwindow: 3 to 10 student days after visit held\n"
    found = values(folder(tmp_path, "district", keys), happened("visit held", "2021-09-07"))
    assert found == {"opens": "2021-09-10", "closes": "2021-09-21"}


def test_due_date_of_another_rule(tmp_path: Path) -> None:
    """Two student days after the class lists of Monday 13 September: the 15th."""
    keys = "each: school year\ndue: no later than 2 student days after the due date of 5-2-class-lists\n"
    assert values(folder(tmp_path, "district", keys))["stated"] == "2021-09-15"


def test_what_is_public_holds_no_reading_and_no_path(tmp_path: Path) -> None:
    """Differences, questions and positions stay in report/; a file's line is for the steward only."""
    keys = "each: school year\ndue: no later than September 4\nquestions: [Canary question?]\n"
    keys = keys + "remedy: none\n"
    text = CARD % "district" + keys
    text = text.replace("weight: summary}", "weight: summary, differs: canary difference}")
    path = write_millbrook(tmp_path, **{RULES: text})
    clean("build", "-C", str(path), "--on", "2021-09-01")
    public = b"".join(p.read_bytes() for p in (path / "public").rglob("*") if p.is_file()).replace(b"\r\n ", b"")
    report = b"".join(p.read_bytes() for p in (path / "report").rglob("*") if p.is_file())
    public = public.replace(b"<code>public address</code> in deadlines.yaml", b"")  # what a steward is told to write
    for word in (b"anary", b".yaml", b"reading", b"silent"):
        assert word not in public, word
    feeds = b"".join(p.read_bytes() for p in (path / "public/feeds").iterdir()).replace(b"\r\n ", b"")
    assert b"does not say" not in feeds  # a step of the leading reading may: the page of a date shows them all
    assert b"Canary question?" in report
    assert b"canary difference" in report


def test_json_has_the_trail_with_its_lines(tmp_path: Path) -> None:
    path = folder(tmp_path, "district", "each: school year\ndue: no later than 12 teacher days after August 30\n")
    data = json.loads(clean("show", "-C", str(path), "--on", "2021-09-01", "--format", "json"))
    (row,) = [o for o in data["obligations"] if o["id"] == "8-1-thing/2021-22"]
    (count,) = [step for step in row["trail"] if step["passed over"]]
    assert row["dates"]["stated"] == "2021-09-16"  # 31, 1-3, 7-10, 13-16
    skipped = {s["why"]: (s["days"], s["file"]) for s in count["passed over"]}
    assert skipped["weekend"] == (4, None)
    assert skipped["Labor Day"] == (1, "years/2021-22.yaml:12")
