"""Overlays on a made-up district: when they begin and end, which of two wins, what each side says, wrong ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deadlines.deriving.cases import Event
from deadlines.model.obligation import Obligation, Row
from tests.overlays import ALL, LATER, POSITIONS, due, found, millbrook, overlay
from tests.support import clean, run

# ---- when it begins and ends ------------------------------------------------------------------------


def test_an_overlay_is_not_known_before_its_day(tmp_path: Path) -> None:
    path = millbrook(tmp_path, overlay(LATER + "\ndated: 2021-08-15"))
    assert due(path, known="2021-08-14") == [f"2021-09-13: {ALL}"]
    assert due(path, known="2021-08-15") == [f"2021-09-20: {ALL}"]
    added = millbrook(tmp_path / "b", overlay("limits: [at most 1 list per week]\ndated: 2021-08-15"))
    assert [r.state for r in found(added, known="2021-08-15") if r.card.rule == "5-2-later" and isinstance(r, Row)]
    assert not [r for r in found(added, known="2021-08-14") if r.card.rule == "5-2-later"]


@pytest.mark.parametrize(
    ("force", "stated"),
    [
        ("from: 2021-09-13", "2021-09-20"),
        ("from: 2021-09-14", "2021-09-13"),
        ("from: 2021-07-01, until: 2021-09-12", "2021-09-13"),
        ("from: 2021-07-01, until: 2021-09-13", "2021-09-20"),
    ],
)
def test_an_overlay_holds_on_its_governing_days_only(tmp_path: Path, force: str, stated: str) -> None:
    """The day that governs is that of the rule as it stands: Monday 13 September."""
    assert due(millbrook(tmp_path, overlay(LATER + "\ndated: 2021-06-01", force=force))) == [f"{stated}: {ALL}"]


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_a_draft_changes_nothing(tmp_path: Path, status: str) -> None:
    assert due(millbrook(tmp_path, overlay(status=status))) == [f"2021-09-13: {ALL}"]


def test_what_it_adds_ends_when_something_happens(tmp_path: Path) -> None:
    """Two days owed, 13 September and 2 May; the school is shown safe on 1 February."""
    keys = "adds: {check: {each: semester, due: no later than the 10th student day of the semester}}"
    keys = keys.replace("semester", "trimester")
    path = millbrook(tmp_path, overlay(keys, force="from: 2021-07-01, ends when: school shown safe"))
    all_three = [o.hang for o in found(path) if isinstance(o, Obligation) and o.card.rule == "5-2-later"]
    assert all_three == ["2021-22/trimester 1", "2021-22/trimester 2", "2021-22/trimester 3"]
    ended = Event("school shown safe", date(2022, 2, 1), "1")
    left = [o for o in found(path, "", "2021-09-01", ended) if o.card.rule == "5-2-later"]
    assert [(o.hang, isinstance(o, Obligation)) for o in left] == [
        ("2021-22/trimester 1", True), ("2021-22/trimester 2", True), ("2021-22/trimester 3", False),
    ]  # fmt: skip
    assert isinstance(left[2], Row)
    assert (left[2].state, left[2].why) == ("not in force", "it ended when “school shown safe”")


# ---- two overlays on one part -----------------------------------------------------------------------

LATEST = overlay("changes: {5-2-class-lists: {due: no later than September 27}}%s", name="5-2-latest", kind="award")


def test_two_overlays_on_one_part_are_refused_with_both_places(tmp_path: Path) -> None:
    result = run("check", str(millbrook(tmp_path, overlay(), LATEST % "")), "--on", "2021-09-01")
    assert result.exit_code == 1
    assert "overlays/0.yaml:12:11: two overlays touch `5-2-class-lists` on the same days" in result.output
    assert "note: the other place: agreements/2020-23/overlays/1.yaml:12:11" in result.output
    assert "^^^^^^^^^^^^^^^" in result.output


@pytest.mark.parametrize(("over", "wins"), [(1, "2021-09-27"), (0, "2021-09-20")])
def test_the_one_that_is_over_the_other_wins(tmp_path: Path, over: int, wins: str) -> None:
    texts = [overlay(), LATEST % ""]
    other = ("5-2-latest", "5-2-later")[over]
    texts[over] = texts[over].rstrip() + f"\nover: [{other}]\n"
    assert due(millbrook(tmp_path, *texts)) == [f"{wins}: {ALL}"]


def test_one_for_some_over_one_for_all(tmp_path: Path) -> None:
    path = millbrook(tmp_path, overlay(), LATEST % "\ntitles: [teacher]\nover: [5-2-later]")
    assert due(path) == ["2021-09-20: steward, psrp", "2021-09-27: teacher, steward"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\ntitles: [teacher]", "\ntitles: [clerk]"),
        ("\ntitles: [clerk]", "\ntitles: [aide]"),
        ("\nschools: [Northside]", "\nschools: [Southside]"),
    ],
)
def test_overlays_that_never_meet_do_not_conflict(tmp_path: Path, one: str, other: str) -> None:
    assert due(millbrook(tmp_path, overlay(LATER + one), LATEST % other))


def test_a_title_and_its_group_meet(tmp_path: Path) -> None:
    path = millbrook(tmp_path, overlay(LATER + "\ntitles: [psrp]"), LATEST % "\ntitles: [clerk]")
    assert "two overlays touch" in run("check", str(path), "--on", "2021-09-01").output


def test_overlays_one_after_the_other_do_not_conflict(tmp_path: Path) -> None:
    first = overlay(force="from: 2021-07-01, until: 2021-08-31")
    path = millbrook(tmp_path, first, (LATEST % "").replace("from: 2021-07-01", "from: 2021-09-01"))
    assert due(path) == [f"2021-09-27: {ALL}"]


# ---- both positions ---------------------------------------------------------------------------------

AWARD = overlay(LATER + POSITIONS, kind="award", status="disputed")


def test_members_read_our_position_and_the_steward_both(tmp_path: Path) -> None:
    path = millbrook(tmp_path, AWARD)
    on = ("-C", str(path), "--on", "2021-09-13")
    clean("build", *on)
    public = b"".join(p.read_bytes() for p in (path / "public").rglob("*") if p.is_file()).replace(b"\r\n ", b"")
    assert b"SUMMARY:Binding award: Class lists: due from district" in public
    assert b"Binding award: lists by September 20." in public
    assert b"anary" not in public
    assert b"tenth student day" not in public  # the agreement's own summary
    digests = clean("digest", "preview", "--for", "teacher", *on) + clean(
        "digest", "preview", "--for", "steward", "--html", *on
    )
    assert "Binding award: lists by September 20." in digests
    assert "anary" not in digests
    report = (path / "report/steward.txt").read_text(encoding="utf-8")
    for text in (report, clean("why", "5-2", *on)):
        assert "Position of the union: Canary of the union." in text
        assert "Position of the employer: Canary of the district." in text
        assert "Members read: Binding award: lists by September 20." in text


def test_the_report_has_both_positions_on_a_limit_too(tmp_path: Path) -> None:
    path = millbrook(tmp_path, overlay("limits: [at most 1 list per week]" + POSITIONS, status="disputed"))
    clean("build", "-C", str(path), "--on", "2021-09-01")
    report = (path / "report/steward.txt").read_text(encoding="utf-8")
    assert "Position of the employer: Canary of the district." in report
    assert "Side letter: Lists later" in report
    public = b"".join(p.read_bytes() for p in (path / "public").rglob("*") if p.is_file())
    assert b"anary" not in public


# ---- wrong overlays ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message", "near"),
    [
        (overlay(kind="treaty"), "`treaty` is not one of the words known here", "award, side letter, waiver, order"),
        (overlay(kind="waiver"), "a waiver is of one school, and names it", "schools: [Northside]"),
        (overlay(LATER + "\ntitles: [clark]"), "`clark` is not among the roles", "clerk"),
        (overlay("suspends: [5-2-clas-lists]"), "no rule of this agreement is called `5-2-clas-lists`", "5-2-class"),
        (overlay("suspends: [5-2-class-lists / spring]"), "`5-2-class-lists` has no part `spring`", ""),
        (overlay("changes: {5-2-class-lists: {}}"), "a change says the new date", "no later than October 15"),
        (overlay("changes: {5-2-class-lists: {due: in autumn}}"), "a due date begins with `no later than`", ""),
        (overlay("changes: [5-2-class-lists]"), "changes stand by rule", ""),
        (overlay("over: [5-1-none]\n" + LATER), "no overlay of this agreement is called `5-1-none`", ""),
        (overlay("over: [5-2-later]\n" + LATER), "an overlay cannot be over itself", ""),
        (overlay("remedy: none"), "an overlay adds, changes or suspends something", "suspends:"),
        (overlay(force="until: 2022-01-01"), "an overlay says from when it holds", "in force: {from: 2020-11-12}"),
        (overlay(force="from: 2021-07-01, ends when: Shown Safe"), "`Shown Safe` is not an event name", "shown safe"),
        (overlay(status="disputed"), "`disputed` needs both sides' positions", "our position"),
    ],
)
def test_wrong_overlays_are_told_with_their_place(tmp_path: Path, text: str, message: str, near: str) -> None:
    result = run("check", str(millbrook(tmp_path, text)), "--on", "2021-09-01")
    assert result.exit_code == 1
    assert message in result.output
    assert near in result.output
    assert "overlays/0.yaml:" in result.output
    assert "^" in result.output
    assert result.output.count(message) == 1


def test_two_each_over_the_other_are_refused(tmp_path: Path) -> None:
    path = millbrook(tmp_path, overlay(LATER + "\nover: [5-2-latest]"), LATEST % "\nover: [5-2-later]")
    output = run("check", str(path), "--on", "2021-09-01").output
    assert "`5-2-later` and `5-2-latest` are each over the other" in output or "`5-2-latest` and `5-2-later`" in output
    assert "the other place: agreements/2020-23/overlays/" in output
