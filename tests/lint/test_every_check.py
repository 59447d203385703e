"""Every check finds what was planted for it, where it was planted, and finds nothing else in the same feed."""

from __future__ import annotations

from datetime import date

import pytest

from calendars.lint import Finding, Ours, Together, lint, read_feed
from calendars.lint.catalogue import CHECKS
from tests.feeds.sample import SAMPLE, SOURCE, swap
from tests.lint.plants import ALARMS, ANY, NOTICED, OURS, SERVED, TIMED, WITH_MORE, ZONED, plant


def where(found: list[Finding]) -> list[tuple[str, int, int, int]]:
    return [(one.code, one.line, one.column, one.length) for one in found]


def test_every_check_has_a_plant() -> None:
    assert set(CHECKS) == {*ANY, *OURS, *WITH_MORE, *SERVED}
    assert {code for code, check in CHECKS.items() if check.level == "any"} == {*ANY} | {
        code for code in SERVED if CHECKS[code].level == "any"
    }


def test_the_feeds_the_plants_are_made_in_are_clean() -> None:
    assert lint(SAMPLE, Ours()) == []
    assert lint(TIMED, Ours()) == []
    assert lint(ALARMS, Ours(alarms=True)) == []
    assert lint(NOTICED, Ours()) == []
    assert lint(ZONED) == []


@pytest.mark.parametrize("code", ANY)
def test_any(code: str) -> None:
    made = plant(ANY[code])
    assert where(lint(made.data)) == [(code, made.line, made.column, made.length)]
    assert set(lint(made.data)) <= set(lint(made.data, Ours()))


@pytest.mark.parametrize("code", OURS)
def test_ours(code: str) -> None:
    made = plant(OURS[code])
    alarms = b"BEGIN:VALARM" in made.data and code != "alarm"
    assert lint(made.data) == []
    found = where(lint(made.data, Ours(alarms=alarms)))
    if code == "no-event":  # a calendar that is not empty and has no event has another block
        assert found.pop()[0] == "other-block"
    assert found == [(code, made.line, made.column, made.length)]


def test_stamp_future() -> None:
    """The sample was last changed on November 12, 2018, twice in one event: DTSTAMP and LAST-MODIFIED."""
    assert lint(SAMPLE, Ours(on=date(2018, 11, 12))) == []
    found = lint(SAMPLE, Ours(on=date(2018, 11, 11)))
    assert [(one.code, one.text) for one in found] == [
        ("stamp-future", "DTSTAMP:20181112T000000Z"), ("stamp-future", "LAST-MODIFIED:20181112T000000Z"),
    ]  # fmt: skip


def test_source_elsewhere() -> None:
    assert lint(SAMPLE, Ours(address=SOURCE)) == []
    (found,) = lint(SAMPLE, Ours(address="https://example.org/feeds/teacher.ics"))
    assert (found.code, found.nearest) == ("source-elsewhere", "https://example.org/feeds/teacher.ics")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ACTION:DISPLAY", "ACTION:⟦AUDIO⟧"),
        ("DESCRIPTION:Tomorrow", "⟦DESCRIPTION: ⟧"),
        ("TRIGGER:-PT15H", "⟦TRIGGER:PT9H⟧"),
        ("TRIGGER:-PT15H", "⟦TRIGGER:PT0S⟧"),
        ("TRIGGER:-PT15H", "⟦TRIGGER;RELATED=START:-PT15H⟧"),
        ("TRIGGER:-PT15H", "⟦TRIGGER;VALUE=DATE-TIME:20181117T150000Z⟧"),
        ("END:VALARM", "⟦X-WR-ALARMUID:1⟧|END:VALARM"),
    ],
)
def test_alarm_form(old: str, new: str) -> None:
    made = plant(swap(old, new, ALARMS))
    assert lint(made.data) == []
    assert where(lint(made.data, Ours(alarms=True))) == [("alarm-form", made.line, made.column, made.length)]


def test_alarm_count() -> None:
    assert [one.code for one in lint(SAMPLE, Ours(alarms=True))] == ["alarm-count"] * 3
    alarm = "BEGIN:VALARM|ACTION:DISPLAY|DESCRIPTION:Now|TRIGGER:-PT1H|END:VALARM|"
    two = plant(swap("BEGIN:VEVENT", "⟦BEGIN:VEVENT⟧", swap("BEGIN:VALARM", alarm + "BEGIN:VALARM", ALARMS)))
    assert where(lint(two.data, Ours(alarms=True))) == [("alarm-count", two.line, two.column, two.length)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("SUMMARY:In 10 school days: Transfer", "SUMMARY:⟦Transfer in ten school days⟧"),
        ("SUMMARY:In 10 school days: Transfer", "SUMMARY:⟦In 12 school days: Transfer⟧"),
        ("DESCRIPTION:Apply.\\n10 school days before Friday December 21\\, 2018.", "⟦DESCRIPTION:Apply soon.⟧"),
        (
            "DESCRIPTION:Apply.\\n10 school days before Friday December 21",
            "⟦DESCRIPTION:Apply.\\n10 school days before Monday December 21⟧",
        ),
        (
            "DESCRIPTION:Apply.\\n10 school days before Friday December 21",
            "⟦DESCRIPTION:Apply.\\n10 school days before Friday February 31⟧",
        ),
    ],
)
def test_notice(old: str, new: str) -> None:
    made = plant(swap(old, new, NOTICED))
    (found,) = lint(made.data, Ours())
    assert (found.code, found.line, found.column) == ("notice", made.line, made.column)


@pytest.mark.parametrize(
    ("said", "first", "sound"),
    [
        ("10 school days", "20181207", True),
        ("10 school days", "20181206", True),  # earlier: a day between is no school day
        ("10 school days", "20181208", False),  # a Saturday
        ("10 school days", "20181210", False),  # nine weekdays
        ("10 school days", "20190105", False),  # after the day
        ("14 days", "20181207", True),
        ("14 days", "20181206", False),
        ("14 days", "20181208", False),
        ("1 day", "20181220", True),
    ],
)
def test_how_far_ahead_a_notice_stands(said: str, first: str, sound: bool) -> None:
    """Friday December 21, 2018, counted back on a calendar."""
    data = NOTICED.replace(b"10 school days", said.encode()).replace(b"DATE:20181207", b"DATE:" + first.encode())
    data = data.replace(b"DATE:20181208\r\nSUMMARY", b"DATE:20190701\r\nSUMMARY")
    found = {one.code for one in lint(data, Ours())} - {"event-order"}
    assert found == (set() if sound else {"notice"})


def test_a_withdrawn_notice_needs_no_day() -> None:
    gone = swap("SUMMARY:In 10 school days: Transfer", "SUMMARY:WITHDRAWN: Transfer", NOTICED)
    gone = swap(
        "STATUS:CONFIRMED|TRANSP:TRANSPARENT|CATEGORIES", "STATUS:CANCELLED|TRANSP:TRANSPARENT|CATEGORIES", gone
    )
    assert lint(swap("10 school days before", "Some time before", gone), Ours()) == []


# ---- feeds side by side ------------------------------------------------------------------------------


def side_by_side(one: bytes, other: bytes) -> list[Finding]:
    together = Together()
    assert together.compare("one.ics", read_feed(one)) == []
    return together.compare("other.ics", read_feed(other))


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        ("SUMMARY:School closed: winter recess", "⟦SUMMARY:School closed: Winter recess⟧",
         "SUMMARY:School closed: winter recess"),
        ("SEQUENCE:2", "⟦SEQUENCE:3⟧", "SEQUENCE:2"),
        ("DTSTAMP:20180901T073005Z", "⟦DTSTAMP:20180901T073006Z⟧", "DTSTAMP:20180901T073005Z"),
    ],
)  # fmt: skip
def test_feeds_differ(old: str, new: str, right: str) -> None:
    made = plant(swap(old, new))
    found = side_by_side(SAMPLE, made.data)
    assert where(found) == [("feeds-differ", made.line, made.column, made.length)]
    assert found[0].nearest == right
    assert "told differently in one.ics, line " in found[0].message


def test_feeds_that_fold_differently_differ() -> None:
    (found,) = side_by_side(SAMPLE, swap("30 d| ays", "30|  days"))
    assert (found.code, found.nearest) == ("feeds-differ", "the same folds in both")


def test_a_line_more_differs() -> None:
    (found,) = side_by_side(SAMPLE, swap("CATEGORIES:Contract,a\\,b|", ""))
    assert (found.code, found.nearest) == ("feeds-differ", "CATEGORIES:Contract,a\\,b")
    (found,) = side_by_side(SAMPLE, swap("BUSYSTATUS:FREE|", "BUSYSTATUS:FREE|X-A:1|"))
    assert (found.code, found.nearest) == ("feeds-differ", "14 lines there, 15 here")


def test_a_feed_of_alarms_is_the_same_but_for_its_alarms() -> None:
    assert side_by_side(SAMPLE, ALARMS) == []
    assert side_by_side(SAMPLE, SAMPLE) == []
