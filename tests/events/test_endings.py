"""A school at which something ends an overlay, and a school with overlays of its own: duties and banks follow."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.events.book import dues, log
from tests.overlays import OVERLAYS, overlay
from tests.support import clean, write_millbrook

SUSPENDS = overlay("suspends: [9-6-extra-duty]", name="9-6-none", force="from: 2021-09-01, ends when: order lifted")
DUTY = """
rule: 9-6-extra-duty
title: Pay for extra duty
summary: Extra duty is paid within ten student days.
status: unverified
sources: [{document: agreement, place: Article 9.6, weight: summary}]
who must: district
tell: [steward]
stakes: money
contact: president
starts with: extra duty done
due: no later than 10 student days after extra duty done
"""
BANK = """
rule: 20-1-personal-days
title: Personal days
summary: Three a year.
status: unverified
sources: [{document: agreement, place: Article 20.1, weight: summary}]
who must: district
tell: [steward]
stakes: right lost
contact: president
each: fiscal year
bank: {holds: personal days, given: 3 on July 1, lost: on June 30, last chance: June 10, used by: personal day taken}
"""
MORE = """
changes:
  20-1-personal-days:
    bank: {holds: personal days, given: 5 on July 1, lost: on June 30, last chance: June 3}
schools: [Northside]
"""


def stand_in(path: Path, monkeypatch: pytest.MonkeyPatch, *overlays: str) -> None:
    monkeypatch.delenv("DEADLINES_BOOKS", raising=False)
    rules = {"agreements__2020-23__rules__9-6.yaml": DUTY, "agreements__2020-23__rules__20-1.yaml": BANK}
    files = {f"{OVERLAYS}{number}.yaml": text.replace(", psrp]", "]") for number, text in enumerate(overlays)}
    monkeypatch.chdir(write_millbrook(path, **{**rules, **files}))


def extra(day: str, *more: str) -> str:
    return log("extra duty done", day, "--who", "T-1", *more)


# ---- an overlay ends at one school -----------------------------------------------------------------------


def test_a_duty_is_owed_again_where_the_order_is_lifted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten student days after Thursday, September 16, 2021: Thursday, September 30."""
    stand_in(tmp_path, monkeypatch, SUSPENDS)
    extra("2021-09-16", "--school", "Northside")
    extra("2021-09-16", "--school", "Southside")
    assert dues("2021-09-17") == {}
    assert "ends 9-6-none at Northside on Wednesday September 15, 2021" in log(
        "order lifted", "2021-09-15", "--school", "Northside"
    )
    assert dues("2021-09-17") == {"9-6-extra-duty/event/E-000001": ("owed", "2021-09-30")}
    assert "September 30, 2021" in clean("why", "E-1", "--on", "2021-09-17")


def test_what_happened_before_it_was_lifted_stays_suspended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, SUSPENDS)
    extra("2021-09-14", "--school", "Northside")
    extra("2021-09-15", "--school", "northside")
    log("order lifted", "2021-09-15", "--school", "Northside")
    assert list(dues("2021-09-17")) == ["9-6-extra-duty/event/E-000002"]


def test_lifted_without_a_school_it_ends_everywhere_and_for_one_person_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, SUSPENDS)
    extra("2021-09-16", "--school", "Northside")
    extra("2021-09-16")
    log("order lifted", "2021-09-15", "--who", "T-1")
    assert dues("2021-09-17") == {}
    log("order lifted", "2021-09-15")
    assert len(dues("2021-09-17")) == 2
    clean("void", "E-4", "--reason", "an error", "--recorded", "2021-09-17")
    assert dues("2021-09-17") == {}


def test_what_was_not_known_yet_has_not_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, SUSPENDS)
    extra("2021-09-16", "--school", "Northside")
    clean("log", "order lifted", "--happened", "2021-09-15", "--school", "Northside", "--recorded", "2021-09-20")
    assert dues("2021-09-17") == {}
    assert len(dues("2021-09-20")) == 1


# ---- a bank under a school's overlay ---------------------------------------------------------------------


def bank(on: str, *more: str) -> tuple[str, str, str]:
    (sheet,) = json.loads(clean("bank", "personal-days", "--who", "T-1", "--on", on, "--format", "json", *more))
    lines = sheet["lines"]
    return sheet["school"], lines["given"]["value"], lines["last chance"]["value"]


def test_a_bank_is_that_of_the_persons_school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, overlay(MORE, name="20-1-more"))
    assert bank("2021-10-01") == ("", "3", "2022-06-10")
    log("personal day taken", "2021-09-10", "--who", "T-1", "--school", "Northside")
    log("personal day taken", "2021-09-13", "--who", "T-1")
    assert bank("2021-10-01") == ("Northside", "5", "2022-06-03")
    assert bank("2021-10-01", "--school", "Southside") == ("", "3", "2022-06-10")
    assert "at Northside" in clean("bank", "personal-days", "--who", "T-1", "--on", "2021-10-01")
    assert "3 used" not in clean("bank", "personal-days", "--who", "T-1", "--on", "2021-10-01")
    log("personal day taken", "2021-09-20", "--who", "T-1", "--school", "Southside")
    assert bank("2021-10-01")[:2] == ("", "3")


def test_a_bank_that_is_suspended_at_one_school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = "suspends: [20-1-personal-days]\nschools: [Northside]"
    force = "from: 2021-07-01, ends when: order lifted"
    stand_in(tmp_path, monkeypatch, overlay(keys, name="20-1-none", force=force))
    assert "suspended by" in clean(
        "bank", "personal-days", "--who", "T-1", "--school", "Northside", "--on", "2021-10-01"
    )
    assert bank("2021-10-01", "--school", "Southside")[1] == "3"
    log("order lifted", "2021-09-20", "--school", "Northside")
    assert bank("2021-10-01", "--school", "Northside")[1] == "3"
