"""Runs of days, brackets, look-backs and values: what comes out, and what a wrong card is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shapes.made import caret, differs, told

RUN = "run: {of: sick days, length: 3}"
BRACKETS = "brackets: {more than 1/4 and less than 3/4: half a day, 3/4 or more: a whole day}"
DAYS = "brackets: {1 to 10 days: none, 11 to 20 days: one day, 21 days or more: two days}"
BACK = "look back: {for: a transfer, school years: 4}"
VALUES = "values: {2021-22: $40 an hour}"


@pytest.mark.parametrize(
    ("keys", "given", "then"),
    [
        # Friday, Monday, Tuesday: the weekend neither counts nor breaks the row.
        (RUN, "days: [2021-10-01, 2021-10-04, 2021-10-05]", 'in a row: "3", reached: disputed'),
        (RUN, "days: [2021-10-01, 2021-10-04, 2021-10-05]", "decided by: the day that counts"),
        (RUN, "days: [2021-10-05, 2021-10-01, 2021-10-04, 2021-10-06]", 'in a row: "4", reached: "yes"'),
        (RUN, "days: [2021-10-01, 2021-10-05, 2021-10-06]", 'in a row: "2", reached: "no"'),
        (RUN, "days: [2021-10-01]", 'in a row: "1", reached: "no"'),
        # Friday and, after Labor Day, Tuesday.
        (RUN, "days: [2021-09-02, 2021-09-03, 2021-09-07]", 'in a row: "3", reached: disputed'),
        # A day twice, two rows: the longer one counts.
        (RUN, "days: [2021-10-04, 2021-10-06, 2021-10-07, 2021-10-08, 2021-10-11]", 'in a row: "4", reached: "yes"'),
        (RUN, "days: [2021-10-02, 2021-10-04]", 'cannot say: "Saturday October 2, 2021 is no work day"'),
        (RUN, "days: [2021-10-02], work calendar: office", 'cannot say: "whether Saturday October 2, 2021"'),
        (RUN, "", "run: 3 sick days in a row (own work days with nothing else between)"),
        (BRACKETS, "part of a day: 1/4", "counts as: not stated"),
        (BRACKETS, "part of a day: 26/100", "counts as: half a day"),
        (BRACKETS, "part of a day: 74/100", "counts as: half a day"),
        (BRACKETS, "part of a day: 3/4", "counts as: a whole day"),
        (BRACKETS, "part of a day: 1/1", "counts as: a whole day"),
        ("brackets: {at most 1/4: nothing}", "part of a day: 1/4", "counts as: nothing"),
        ("brackets: {1/4 or less: nothing, more than 1/4: all}", "part of a day: 1/4", "counts as: nothing"),
        (DAYS, "days worked: 10", "counts as: none"),
        (DAYS, "days worked: 11", "counts as: one day"),
        (DAYS, "days worked: 20", "counts as: one day"),
        (DAYS, "days worked: 300", "counts as: two days"),
        (DAYS, "days worked: 0", "counts as: not stated"),
        ("brackets: {10 days or fewer: none, 11 days or more: all}", "days worked: 10", "counts as: none"),
        (BACK, "done in: 2016-17", 'from: 2017-18, to: 2020-21, applies: "yes"'),
        (BACK, "done in: 2017-18", 'applies: "no"'),
        (BACK, "done in: 2020-21", 'applies: "no"'),
        (BACK, "done in: [2010-11, 2021-22]", 'applies: "yes"'),
        (BACK, "", "from: 2017-18, to: 2020-21"),
        (VALUES, "", "value: $40 an hour"),
        ("values: {2020-21: $39 an hour}", "", 'value: "not known: the text gives no value for 2021-22"'),
    ],
)
def test_what_comes_out(tmp_path: Path, keys: str, given: str, then: str) -> None:
    assert differs(tmp_path, keys, given, then) == []


def test_a_value_of_a_year_without_a_calendar(tmp_path: Path) -> None:
    """A table needs no calendar: only the year it speaks of."""
    keys = "values: {2017-18: $39 an hour}"
    (found,) = differs(tmp_path, keys, "", "value: $39 an hour")
    assert found == "value not known: the text gives no value for 2021-22"


@pytest.mark.parametrize(
    ("keys", "given", "message", "line", "marked"),
    [
        ("run: {of: sick days, length: four}", "", "a whole number", "run:", "four"),
        ("run: {of: sick days}", "", "a run has no `length`", "run:", "{"),
        ("run: {of: sick days, length: 4, lenth: 5}", "", "a run has no key `lenth`", "run:", "lenth"),
        (RUN, "days: [2021-10-1]", "lacks a zero", "given", "2021-10-1"),
        (RUN, "days: [Monday]", "`Monday` is not a date", "given", "Monday"),
        ("brackets: {about half: half a day}", "", "`about half` is not a bound", "brackets", "about half"),
        ("brackets: {more than 1/0: half a day}", "", "`more than 1/0` is not a bound", "brackets", "more than 1/0"),
        ("brackets: {1/4 or less: none, 1/8 or more: all}", "", "1/8 of a day falls into `1/4 or less`", "b", "1/8 or"),
        ("brackets: {more than 1/4 and at least 1/2: all}", "", "has two bounds on one side", "brackets", "more than"),
        ("brackets: half", "", "brackets stand in a table", "brackets", "half"),
        ("brackets: {1 to 10 days: a, 10 to 12 days: b}", "", "10 days worked falls into `1 to 10", "b", "10 to"),
        ("brackets: {9 days or fewer: a, 5 to 6 days: b}", "", "falls into `9 days or fewer`", "brackets", "5 to"),
        ("brackets: {20 to 11 days: a}", "", "`20 to 11 days` runs backward", "brackets", "20 to"),
        ("brackets: {1 to 10 days: a, 1/2 or more: b}", "", "is not a bound beside `1 to 10 days`", "b", "1/2 or"),
        ("brackets: {1/2 or more: b, 3 days or more: a}", "", "is not a bound beside `1/2 or more`", "b", "3 days"),
        (DAYS, "days worked: ten", "a whole number", "given", "ten"),
        (BRACKETS, "part of a day: half", "`half` is not a part of a day", "given", "half"),
        (BRACKETS, "part of a day: 1/0", "`1/0` is not a part of a day", "given", "1/0"),
        ("look back: {for: a transfer, school years: some}", "", "a whole number", "look back", "some"),
        (BACK, "done in: last year", "`last year` is not a school year", "given", "last year"),
        (BACK, "done in: 2015-17", "`2015-17` is not a school year", "given", "2015-17"),
        ("values: {2017: $39 an hour}", "", "`2017` is not a school year", "values", "2017"),
        ("values: [39]", "", "values stand by school year", "values", "["),
    ],
)
def test_wrong_cards(tmp_path: Path, keys: str, given: str, message: str, line: str, marked: str) -> None:
    assert caret(told(tmp_path, keys, given), message, line, marked)
