"""The value types of RFC 5545, 3.3: what they allow, and what they do not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from calendars.lint import values
from calendars.lint.values import Wrong


def code(wrong: Wrong | None) -> str:
    return wrong.code if wrong else ""


@pytest.mark.parametrize("value", ["", "plain", r"a\, b\; c\\ d\n e\N", 'colon: "quoted"', r"\\\\", "🎉"])
def test_text(value: str) -> None:
    assert values.text(value) is None


@pytest.mark.parametrize(
    ("value", "found", "where"),
    [
        ("a,b", "bare-separator", (1, 2)), ("a;b", "bare-separator", (1, 2)), (r"a\,b,c", "bare-separator", (4, 5)),
        (r"a\\,b", "bare-separator", (3, 4)), (r"a\:b", "bad-escape", (1, 3)), (r"a\"b", "bad-escape", (1, 3)),
        ("a\\", "bad-escape", (1, 2)), (r"\\\x", "bad-escape", (2, 4)),
    ],
)  # fmt: skip
def test_text_refused(value: str, found: str, where: tuple[int, int]) -> None:
    wrong = values.text(value)
    assert wrong
    assert (wrong.code, (wrong.start, wrong.end)) == (found, where)


def test_a_list_of_texts_has_commas_and_no_semicolon() -> None:
    assert values.text(r"a,b\,c,d", several=True) is None
    assert code(values.text("a;b", several=True)) == "bare-separator"


def test_text_as_people_see_it() -> None:
    assert values.text_of(r"a\, b\; c\\n d\n e\N f\x") == "a, b; c\\n d\n e\n f\\x"


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("20181112", date(2018, 11, 12)),
        ("20200229", date(2020, 2, 29)),
        ("20181112T163000", datetime(2018, 11, 12, 16, 30)),
        ("20181112T163000Z", datetime(2018, 11, 12, 16, 30, tzinfo=UTC)),
        ("20161231T235960Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),  # a leap second
    ],
)
def test_moments(value: str, seen: date) -> None:
    assert values.moment(value) == seen


@pytest.mark.parametrize(
    "value",
    ["", "2018-11-12", "20181131", "20190229", "20181112T", "20181112T24000", "20181112T240000", "20181112T236000",
     "20181112T163061", "20181112 163000", "20181112T163000+0100", "00000101", "２０１８１１１２", "today"],
)  # fmt: skip
def test_no_moments(value: str) -> None:
    assert values.moment(value) is None
    assert values.why_no_moment(value)


def test_a_date_with_dashes_is_told_as_such() -> None:
    assert values.why_no_moment("2018-11-12") == "a date is written without - and :"
    assert values.why_no_moment("20181131") == "there is no such day or time"


@pytest.mark.parametrize(
    ("value", "seen"),
    [("P1D", 86_400), ("PT12H", 43_200), ("-PT15H", -54_000), ("P1W", 604_800), ("+P1DT1H1M1S", 90_061), ("PT0S", 0),
     ("-P0DT0H10M0S", -600)],
)  # fmt: skip
def test_durations(value: str, seen: int) -> None:
    assert values.seconds(value) == seen


@pytest.mark.parametrize(
    "value", ["", "P", "PT", "1D", "P1H", "P1D2H", "P1.5D", "P1W2D", "PT1D", "P-1D", "P" + "9" * 5000 + "D"]
)
def test_no_durations(value: str) -> None:
    assert values.seconds(value) is None


@pytest.mark.parametrize(
    "value", ["19970101T180000Z/19970102T070000Z", "19970101T180000Z/PT5H30M", "19970101T180000/P1D"]
)
def test_periods(value: str) -> None:
    assert values.period(value)


@pytest.mark.parametrize("value", ["19970101/19970102", "19970101T180000Z", "19970101T180000Z/-PT1H", "/PT1H", ""])
def test_no_periods(value: str) -> None:
    assert not values.period(value)


@pytest.mark.parametrize(
    "value",
    ["https://example.org/a,b;c?d=%5C&e=(1)#f", "mailto:a@example.org", "urn:uuid:1f4d7740", "CID:part3@example.com",
     "https://[2001:db8::1]/", "geo:41.8,-87.6"],
)  # fmt: skip
def test_addresses(value: str) -> None:
    assert values.address(value) is None


@pytest.mark.parametrize(
    ("value", "found", "right"),
    [
        ("https://example.org/35 4", "bad-address", "https://example.org/35%204"),
        (r"https://example.org/a\,b", "bad-address", "https://example.org/a,b"),
        (r"https\://example.org/", "bad-address", "https://example.org/"),
        ("https://example.org/é", "bad-address", "https://example.org/%C3%A9"),
        ("<https://example.org/>", "bad-address", "%3Chttps://example.org/%3E"),
        ("example.org/a", "relative-address", "https://example.org/a"),
        ("/a", "relative-address", "https://a"),
        ("", "relative-address", "https://"),
    ],
)
def test_no_addresses(value: str, found: str, right: str) -> None:
    wrong = values.address(value)
    assert wrong
    assert (wrong.code, wrong.nearest) == (found, right)


@pytest.mark.parametrize("value", ["+0100", "-0500", "+0000", "+023000", "-1130"])
def test_offsets(value: str) -> None:
    assert values.offset(value) is None


@pytest.mark.parametrize("value", ["0100", "+1", "-6", "+5744", "+0160", "-0000", "-000000", "UTC", ""])
def test_no_offsets(value: str) -> None:
    assert code(values.offset(value)) == "bad-offset"


@pytest.mark.parametrize(
    ("value", "least", "most", "right"),
    [("-1", 0, None, "0"), ("10", 0, 9, "9"), ("1.5", 0, None, "0"), ("", 0, None, "0"), ("٣", 0, None, "0")],
)
def test_no_numbers(value: str, least: int, most: int | None, right: str) -> None:
    wrong = values.number(value, least, most)
    assert wrong
    assert (wrong.code, wrong.nearest) == ("bad-number", right)


def test_numbers() -> None:
    assert [values.number(value, 0, 9) for value in ("0", "9", "+3", "007")] == [None] * 4


@pytest.mark.parametrize(
    "value",
    ["FREQ=WEEKLY", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "FREQ=DAILY;UNTIL=19971224T000000Z", "FREQ=DAILY;COUNT=10",
     "BYDAY=MO,TU;FREQ=WEEKLY;INTERVAL=2;WKST=SU", "FREQ=MONTHLY;BYMONTHDAY=-1", "freq=yearly;bymonth=1;byday=1mo",
     "RSCALE=CHINESE;FREQ=YEARLY;SKIP=FORWARD;BYMONTH=5L"],
)  # fmt: skip
def test_rules(value: str) -> None:
    """Most of them are examples of RFC 5545, 3.8.5.3, and RFC 7529, 4."""
    assert values.rule(value) is None


@pytest.mark.parametrize(
    "value",
    ["", "WEEKLY", "FREQ=OFTEN", "FREQ=WEEKLY;BYDAY=MO, TU", "FREQ=WEEKLY;FREQ=DAILY", "COUNT=10",
     "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=10;UNTIL=20190101", "FREQ=DAILY;UNTIL=20190231", "FREQ=DAILY;BYDAY=XX",
     "FREQ=DAILY;",
     "FREQ=DAILY;EVERY=2"],
)  # fmt: skip
def test_no_rules(value: str) -> None:
    assert code(values.rule(value)) == "bad-rule"
