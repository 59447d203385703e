"""The fourteen faults that none of eight validators found: each is found in any feed, without --strict."""

from __future__ import annotations

import pytest

from calendars.lint import lint
from tests.feeds.sample import SAMPLE, swap
from tests.lint.plants import DAY, UID_1, UID_2

FOURTEEN = {
    "DTEND = DTSTART": (swap("DTEND;VALUE=DATE:20181119", "DTEND;VALUE=DATE:20181118"), "end-not-later", 19),
    "duplicate UID": (swap(UID_2, UID_1), "uid-twice", 21),
    "bad TRANSP": (swap("TRANSP:TRANSPARENT", "TRANSP:FREE"), "transp", 23),
    "local DTSTAMP": (swap("DTSTAMP:20181112T000000Z", "DTSTAMP:20181112T000000"), "stamp-not-utc", 22),
    "TZID without VTIMEZONE": (
        swap(DAY, "DTSTART;TZID=America/Chicago:20181118T160000|DTEND;TZID=America/Chicago:20181118T170000"),
        "zone-unknown", 17,
    ),
    "REFRESH-INTERVAL without VALUE": (swap("INTERVAL;VALUE=DURATION:", "INTERVAL:"), "refresh-value", 13),
    "hex COLOR": (swap("|COLOR:steelblue", "|COLOR:#4682B4"), "color-name", 14),
    "unescaped comma": (swap("request\\,", "request,"), "bare-separator", 6),
    "unescaped semicolon": (swap("News\\;", "News;"), "bare-separator", 6),
    "negative SEQUENCE": (swap("SEQUENCE:0", "SEQUENCE:-1"), "bad-number", 6),
    "space in URL": (swap("URL:https://example.org/35-4", "URL:https://example.org/35 4"), "bad-address", 6),
    "over-long UID": (swap(UID_2, "UID:" + "a" * 71 + ("| " + "b" * 74) * 3), "uid-long", 21),
    "LF endings": (SAMPLE.replace(b"\r\n", b"\n"), "line-end", 2),
    "long lines": (SAMPLE.replace(b"\r\n ", b""), "long-line", 3),
    "fold inside an escape": (swap("before.\\n", "before.\\| n"), "fold-in-escape", 4),
}  # fmt: skip


@pytest.mark.parametrize("fault", FOURTEEN)
def test_it_is_found_and_nothing_else(fault: str) -> None:
    data, code, point = FOURTEEN[fault]
    (found,) = lint(data)
    assert (found.code, found.check.point, found.check.level) == (code, point, "any")
    assert found.check.hurts
    assert found.nearest


def test_what_is_just_right_is_not_found() -> None:
    """The border of each: 75 octets, a UID of 254, an escaped comma, a backslash that is whole before a fold."""
    assert lint(swap(UID_2, "UID:" + "a" * 71 + ("| " + "b" * 74) * 2 + "| " + "c" * 35)) == []
    assert [one.code for one in lint(swap(UID_2, "UID:" + "a" * 71 + ("| " + "b" * 74) * 2 + "| " + "c" * 36))] == [
        "uid-long"
    ]
    assert lint(swap("C:\\\\News", "C:\\\\| \\\\News")) == []
    assert lint(swap("SUMMARY:School closed: winter recess", "SUMMARY:" + "x" * 67)) == []
    assert [one.code for one in lint(swap("SUMMARY:School closed: winter recess", "SUMMARY:" + "x" * 68))] == [
        "long-line"
    ]
    assert lint(swap("TRANSP:TRANSPARENT", "transp:transparent")) == []
    assert lint(swap("|COLOR:steelblue", "|COLOR:SteelBlue")) == []
    assert lint(swap("DTSTART;VALUE=DATE:", "DTSTART;VALUE=date:")) == []
    zoned = "DTSTART;TZID=/example.org/Chicago:20181118T160000|DTEND;TZID=/example.org/Chicago:20181118T170000"
    assert lint(swap(DAY, zoned)) == []  # RFC 5545, 3.2.19: a name that begins with / needs no VTIMEZONE
