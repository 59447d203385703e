"""The points by their numbers: each fault of a point is found, named as of that point, and what cannot be seen is said.

The second half holds the linter against the checks of ``tests/feeds``, which share no code with it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from datetime import date
from types import ModuleType

import pytest

from calendars.lint import Ours, lint
from calendars.lint.catalogue import CHECKS
from tests.feeds import test_points_01_09, test_points_11_17, test_points_18_26
from tests.feeds.sample import SAMPLE, swap
from tests.lint.plants import ANY, OURS, WITH_MORE, plant
from tests.support import ROOT


def sees(number: int, *codes: str) -> None:
    """Each of the codes is found by its plant, and they are all there are of this point."""
    assert set(codes) == {code for code, check in CHECKS.items() if check.point == number} - WITH_MORE
    for code in codes:
        data = plant((ANY | OURS)[code]).data
        found = lint(data) if code in ANY else lint(data, Ours(alarms=code == "line-after-block"))
        assert code in {one.code for one in found}, code
        assert number in {one.check.point for one in found}, code


def test_point_01_utf8_no_mark_no_control_character() -> None:
    sees(1, "not-utf-8", "byte-order-mark", "control-character", "odd-character")


def test_point_02_every_line_ends_crlf() -> None:
    sees(2, "line-end", "stray-return", "last-line-end")


def test_point_03_lines_of_75_octets() -> None:
    sees(3, "long-line", "empty-line", "first-line-folded", "not-a-line", "folded-with-tab", "folds-nothing")


def test_point_04_no_fold_inside_a_character_or_an_escape() -> None:
    sees(4, "fold-in-character", "fold-in-escape")


def test_point_05_one_calendar_begun_and_ended() -> None:
    sees(5, "no-calendar", "outside-calendar", "not-ended", "wrong-end", "misplaced-block", "several-calendars",
         "frame-case")  # fmt: skip


def test_point_06_values_by_their_type() -> None:
    sees(6, "bare-separator", "bad-escape", "bad-address", "relative-address", "bad-date", "bad-duration", "bad-number",
         "bad-rule", "bad-offset", "not-https", "unknown-property")  # fmt: skip


def test_point_07_one_order() -> None:
    sees(7, "property-order", "event-order", "line-after-block")  # and feeds-differ, over two feeds


def test_point_09_size() -> None:
    sees(9, "over-1-mb", "over-900-kb", "over-1000-events")


def test_point_11_version_prodid_no_method() -> None:
    sees(11, "calendar-lacks", "calendar-twice", "version", "prodid", "method")


def test_point_12_name_and_description_twice() -> None:
    sees(12, "name-twins", "name-empty")


def test_point_13_refresh_interval() -> None:
    sees(13, "refresh-value", "refresh-positive", "refresh-twins", "refresh-short")


def test_point_14_colours() -> None:
    sees(14, "color-name", "apple-color", "color-lacks", "apple-color-form")


def test_point_15_no_uid_of_its_own_and_the_latest_change() -> None:
    sees(15, "feed-uid", "feed-stamp")


def test_point_16_source() -> None:
    sees(16, "source-value")  # and source-elsewhere, over HTTP


def test_point_17_events_and_nothing_else() -> None:
    sees(17, "no-block", "zone-unknown", "zone-incomplete", "zone-needless", "no-event", "other-block", "recurs",
         "zoned")  # fmt: skip


def test_point_18_what_stands_once_and_what_never() -> None:
    sees(18, "lacks", "twice", "end-and-duration", "event-lacks", "event-twice", "event-never")


def test_point_19_days() -> None:
    sees(19, "date-without-value", "end-not-later", "end-of-another-kind")


def test_point_20_times_in_utc() -> None:
    sees(20, "time-local", "wall-time")


def test_point_21_uids() -> None:
    sees(21, "uid-twice", "uid-empty", "uid-long", "uid-form")


def test_point_22_stamps() -> None:
    sees(22, "stamp-not-utc", "stamps-differ", "created-later")  # and stamp-future, on a day


def test_point_23_free() -> None:
    sees(23, "transp", "busy", "all-day-flag")


def test_point_24_words() -> None:
    sees(24, "title", "text-empty", "html", "link-twins")


def test_point_25_status_and_label() -> None:
    sees(25, "status", "label")


def test_point_27_notices() -> None:
    sees(27, "notice")


def test_point_26_alarms() -> None:
    sees(26, "alarm-lacks", "alarm-trigger", "alarm")  # and alarm-count, alarm-form, in a feed of alarms


# ---- what the bytes alone cannot show --------------------------------------------------------------

UNSEEN = {
    8: "two builds that differ",
    10: "readers that disagree",
    19: "a last day that is not the model's",
    21: "a date left out, a UID at random",
    24: "a clause, a rule or a school year that is another one's",
    25: "a card nobody compared, without CHECK FIRST",
    27: "a notice event that is missing",
}


def test_points_08_and_10_cannot_be_seen_in_the_bytes_of_a_feed() -> None:
    assert {number for number in range(1, 28) if not any(check.point == number for check in CHECKS.values())} == {8, 10}


def test_the_page_says_what_cannot_be_seen() -> None:
    page = (ROOT / "docs/lint.md").read_text(encoding="utf-8")
    told = {int(number): words for number, words in re.findall(r"(?m)^- Point (\d+): (.+?)[.;]", page)}
    assert told == UNSEEN


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("20190105", "20190104"),
        ("UID:1f4d7740", "UID:1f4d7741"),
        ("Article 35-4", "Article 36-4"),
        ("CHECK FIRST: ", ""),
    ],
)
def test_a_sound_feed_that_says_the_wrong_thing_is_clean(old: str, new: str) -> None:
    """What UNSEEN admits is true: nothing here knows what a feed ought to say."""
    assert lint(swap(old, new), Ours()) == []


# ---- held against checks that share no code with the linter ----------------------------------------

# What those checks know from the model, and what the linter files under another point.
BEYOND = {
    "06-backslash_read_as_line_end": "the words", "06-escaped_twice": "the words",
    "16-another": "the address", "16-missing": "the address", "19-last_day_as_end": "the days",
    "19-a_day_long": "the days", "19-a_day_late": "the days", "21-at_random": "the UIDs", "21-one_left_out": "the UIDs",
    "22-after_the_build": "the time of the build: a second past its midnight", "24-no_article": "the clause",
    "24-no_rule": "the rule", "24-no_school_year": "the school year", "25-unverified_without_label": "the card",
    "25-label_on_a_checked_one": "the card",
}  # fmt: skip
ELSEWHERE = {
    "06-name_misread": 12, "07-unknown": 6, "13-nothing": 6, "16-plain_http": 6, "16-webcal": 6, "23-missing": 18,
}  # fmt: skip


def planted_there() -> Iterator[tuple[int, str, bytes]]:
    """Every fault that the tests of ``tests/feeds`` plant: the point, its name, the feed."""
    for module in (test_points_01_09, test_points_11_17, test_points_18_26):
        yield from _planted(module)


def _planted(module: ModuleType) -> Iterator[tuple[int, str, bytes]]:
    for name, function in inspect.getmembers(module, inspect.isfunction):
        found = re.fullmatch(r"test_point_(\d\d)_sees", name)
        for mark in getattr(function, "pytestmark", []) if found else ():
            if found and mark.args[0] == "data":
                yield from ((int(found[1]), param.id, param.values[0]) for param in mark.args[1])


PLANTED = list(planted_there())


def test_they_are_many() -> None:
    assert len(PLANTED) > 140
    assert {number for number, _, _ in PLANTED} == set(range(1, 27)) - {8, 9, 10}
    assert {*BEYOND, *ELSEWHERE} <= {f"{number:02}-{name}" for number, name, _ in PLANTED}


@pytest.mark.parametrize(("number", "name", "data"), PLANTED, ids=[f"{n}-{name}" for n, name, _ in PLANTED])
def test_what_the_checks_of_the_feeds_see_is_found(number: int, name: str, data: bytes) -> None:
    found = {one.check.point for one in lint(data, Ours(alarms=number == 26, on=date(2018, 11, 12)))}
    known = f"{number:02}-{name}"
    assert (ELSEWHERE.get(known, number) in found) != (known in BEYOND)


def test_nothing_of_that_is_seen_in_the_sample() -> None:
    assert lint(SAMPLE, Ours(on=date(2018, 11, 12))) == []
