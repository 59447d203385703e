"""Overlays on a made-up district: what an award, a side letter, a waiver or an order does, and for whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deadlines.deriving.derive import derive
from deadlines.loading.folder import read_local
from deadlines.model.obligation import Obligation, Row
from deadlines.outputs._view import View
from tests.overlays import ALL, LATER, RULE, due, found, millbrook, overlay
from tests.support import clean, copy_of_chicago, run

# ---- what an overlay does, and for whom -------------------------------------------------------------


@pytest.mark.parametrize("kind", ["award", "side letter", "order"])
def test_a_change_is_for_everybody_unless_it_names_somebody(tmp_path: Path, kind: str) -> None:
    assert due(millbrook(tmp_path, overlay(kind=kind))) == [f"2021-09-20: {ALL}"]


def test_a_change_is_cited_and_told_as_the_first_step(tmp_path: Path) -> None:
    """The date rests on the letter: it is what the entry cites, and no better verified than that."""
    path = millbrook(tmp_path, overlay())
    (changed,) = (o for o in found(path) if isinstance(o, Obligation) and o.card.rule == "5-2-class-lists")
    assert changed.citation.place == "Letter of May 3"
    assert [s.weight for s in changed.card.sources] == ["controlling", "changed"]
    assert changed.outcome.steps[0].text.startswith("Changed by Lists later (Letter of May 3), in force from Thursday")
    shown = clean("show", "-C", str(path), "--on", "2021-09-01")
    assert "CHECK FIRST: Class lists  Letter of May 3" in shown
    assert "Class lists" not in clean("show", "-C", str(path), "--on", "2021-09-01", "--for", "teacher")


def test_a_change_of_something_that_cannot_be_dated_says_so(tmp_path: Path) -> None:
    keys = "changes: {5-2-class-lists: {due: no later than the last office day on or before December 26}}"
    (row,) = (r for r in found(millbrook(tmp_path, overlay(keys))) if r.hang == "2021-22")
    assert isinstance(row, Row)
    assert "office day" in row.why


def test_a_suspended_rule_has_no_date(tmp_path: Path) -> None:
    path = millbrook(tmp_path, overlay("suspends: [5-2-class-lists]"))
    assert due(path) == [f"suspended: {ALL}"]
    shown = clean("show", "-C", str(path), "--on", "2021-09-01", "--all")
    assert "suspended; suspended by Lists later (Letter of May 3), in force from Thursday July 1, 2021" in shown


def test_an_overlay_adds_a_rule_of_its_own(tmp_path: Path) -> None:
    keys = "adds: {report: {each: school year, due: no later than October 1}}\ndated: 2021-08-01"
    force = "from: 2021-09-15, until: 2021-12-31"
    (added,) = (o for o in found(millbrook(tmp_path, overlay(keys, force=force))) if o.card.rule == "5-2-later")
    assert isinstance(added, Obligation)
    assert added.outcome.values["stated"] == date(2021, 10, 1)
    early = "from: 2021-10-02"
    path = millbrook(tmp_path / "early", overlay(keys, force=early))
    assert [o.state for o in found(path) if o.card.rule == "5-2-later" and isinstance(o, Row)] == ["not in force"]


def test_titles_have_their_own_date_and_the_others_keep_theirs(tmp_path: Path) -> None:
    """The steward stands for both and is told both; an aide reads the group's date, the clerk only the clerks'."""
    path = millbrook(tmp_path, overlay(LATER + "\ntitles: [clerk]", status="checked"))
    assert due(path) == [f"2021-09-13: {ALL}", "2021-09-20: clerk, steward"]
    local = read_local(path)
    agenda = derive(local, date(2021, 9, 1), date(2021, 9, 1))
    read = {
        role: [f"{o.title} {o.outcome.lead}" for o in View(local, agenda, role).obligations]
        for role in ("clerk", "aide", "psrp", "teacher", "steward")
    }
    base, clerks = "Class lists 2021-09-13", "Class lists (clerk) 2021-09-20"
    assert read == {"clerk": [clerks], "aide": [base], "psrp": [base], "teacher": [base], "steward": [base, clerks]}
    identities = [o.identity("due") for o in agenda.obligations]
    assert len(set(identities)) == len(identities)


def test_a_group_as_title_means_its_members(tmp_path: Path) -> None:
    path = millbrook(tmp_path, overlay(LATER + "\ntitles: [psrp]"))
    assert due(path) == ["2021-09-13: steward, teacher", "2021-09-20: psrp, steward"]


def test_titles_a_card_does_not_tell_change_nothing(tmp_path: Path) -> None:
    path = millbrook(tmp_path, overlay(LATER + "\ntitles: [clerk]"))
    rule = path / "agreements/2020-23/rules/5-2.yaml"
    rule.write_text(RULE.replace(f"tell: [{ALL}]", "tell: [teacher]"), encoding="utf-8")
    assert due(path) == ["2021-09-13: teacher"]


# ---- schools and waivers ----------------------------------------------------------------------------

WAIVER = LATER + "\nschools: [Northside]"


def test_a_waiver_is_for_its_school_and_ends_with_the_school_year(tmp_path: Path) -> None:
    """From 1 July 2020: it lapsed on 30 June 2021 by itself, whatever its file says."""
    path = millbrook(tmp_path, overlay(WAIVER, kind="waiver"))
    assert due(path) == [f"2021-09-13: {ALL}"]
    assert due(path, "Northside") == [f"2021-09-20: {ALL}"]
    assert due(path, "Southside") == [f"2021-09-13: {ALL}"]
    lapsed = millbrook(tmp_path / "b", overlay(WAIVER, kind="waiver", force="from: 2021-03-01, until: 2022-06-30"))
    assert due(lapsed, "Northside") == [f"2021-09-13: {ALL}"]


def test_what_a_waiver_adds_ends_with_it(tmp_path: Path) -> None:
    keys = "adds: {report: {each: school year, due: no later than October 1}}\nschools: [Northside]"
    for force, state in (("from: 2021-09-01", ""), ("from: 2021-06-01", "not in force")):
        path = millbrook(tmp_path / str(len(force)) / force[6:], overlay(keys, kind="waiver", force=force))
        assert [o for o in found(path) if o.card.rule == "5-2-later"] == []
        rows = [o.state for o in found(path, "Northside") if isinstance(o, Row) and o.card.rule == "5-2-later"]
        assert rows == ([state] if state else [])


def test_the_commands_take_a_school(tmp_path: Path) -> None:
    path = str(millbrook(tmp_path, overlay(WAIVER, kind="waiver", status="checked")))
    on = ("-C", path, "--on", "2021-09-13")
    assert "Mon Sep 13, 2021" in clean("show", *on)
    assert "Mon Sep 20, 2021" in clean("show", *on, "--school", "Northside")
    assert "Changed by Lists later" in clean("why", "5-2", *on, "--school", "Northside")
    digest = ("digest", "preview", "--for", "steward", *on)
    assert "Monday September 20, 2021" in clean(*digest, "--school", "Northside")
    assert "September 20" not in clean(*digest)
    slip = run("show", *on, "--school", "Nortside")
    assert slip.exit_code == 2
    assert "no overlay names a school called “Nortside”; nearest: Northside" in slip.output


def test_a_waiver_never_reaches_the_feeds_for_all(tmp_path: Path) -> None:
    path = millbrook(tmp_path, overlay(WAIVER, kind="waiver", status="checked"))
    clean("build", "-C", str(path), "--on", "2021-09-01")
    feed = (path / "public/feeds/steward.ics").read_text(encoding="utf-8")
    assert "20210913" in feed
    assert "20210920" not in feed


def test_chicago_first_half_for_one_school_by_october_15(tmp_path: Path) -> None:
    """13-3 with a waiver of one school: October 15, 2018 is a Monday."""
    path = copy_of_chicago(tmp_path / "local")
    keys = "changes: {13-3-activity-calendar / first half: {due: no later than October 15}}\nschools: [Northside]"
    text = overlay(keys, name="13-3-waiver", kind="waiver", force="from: 2018-08-20").replace(
        "document: agreement", "document: agreement-2015-19"
    ).replace("tell: [steward, teacher, psrp]", "tell: [delegate]").replace("president", "field-rep").replace(
        "who must: district", "who must: school")  # fmt: skip
    file = path / "agreements/2015-19/overlays/13-3.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text.lstrip("\n"), encoding="utf-8")
    on = ("show", "-C", str(path), "--on", "2018-09-10")
    school = ("--school", "Northside")
    shown = [
        [line[:16].strip() for line in clean(*on, *more).split("\n") if "School activity calendar" in line]
        for more in ((), school)
    ]
    # The second half is not waived.
    assert shown == [["Sun Sep 30, 2018", "Fri Feb 1, 2019"], ["Mon Oct 15, 2018", "Fri Feb 1, 2019"]]
