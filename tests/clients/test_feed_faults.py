"""Each program notices what it is there to notice: a fault planted into a feed, and what its user then sees."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.clients.edit import event, line, with_block, with_inside, with_line, without
from tests.clients.google import Google
from tests.clients.icsx5 import Icsx5
from tests.clients.moved import ADDRESS, AFTER, BEFORE, MONDAY, NEW, OLD, TUESDAY, UID, days, two_looks
from tests.clients.nextcloud import Nextcloud
from tests.clients.outlook import Outlook
from tests.clients.thunderbird import Thunderbird
from tests.clients.web import Web


def stamped_as_before(name: str) -> bytes:
    """The moved meeting with one of its lines as it was before the move."""
    return with_line(AFTER, UID, name, line(BEFORE, UID, name))


# ---- from one build to the next -----------------------------------------------------------------------


def test_without_a_fault_all_see_the_move() -> None:
    for program in (Icsx5, Nextcloud, Thunderbird, Outlook, Google):
        assert days(two_looks(program(ADDRESS), BEFORE, AFTER)) == [NEW]


def test_icsx5_does_not_show_an_edit_whose_last_modified_stood_still() -> None:
    """The reason for point 29. The others do not look at it."""
    for program, seen in ((Icsx5, OLD), (Nextcloud, NEW), (Thunderbird, NEW), (Outlook, NEW), (Google, NEW)):
        assert days(two_looks(program(ADDRESS), BEFORE, stamped_as_before("LAST-MODIFIED"))) == [seen]


def test_icsx5_takes_an_edit_that_has_no_last_modified_at_all() -> None:
    assert days(two_looks(Icsx5(ADDRESS), BEFORE, with_line(AFTER, UID, "LAST-MODIFIED", ""))) == [NEW]


def test_google_keeps_the_old_day_while_the_sequence_stands_still() -> None:
    for program, seen in ((Google, OLD), (Icsx5, NEW), (Thunderbird, NEW)):
        assert days(two_looks(program(ADDRESS), BEFORE, stamped_as_before("SEQUENCE"))) == [seen]


def test_google_loses_a_uid_that_comes_back_as_something_else() -> None:
    """As the bank holidays of gov.uk were for two years; the same date coming back is shown."""
    web, program = Web(), Google(ADDRESS)
    for data, there in ((BEFORE, [OLD]), (without(BEFORE, UID), []), (stamped_as_before("SEQUENCE"), [])):
        web.publish(ADDRESS, data, MONDAY)
        program.poll(web)
        assert days(program.shown()) == there
    web.publish(ADDRESS, BEFORE, TUESDAY)
    program.poll(web)
    assert days(program.shown()) == [OLD]


def test_a_changed_uid_is_a_deletion_and_a_new_event() -> None:
    """Two rows for one move, and whatever its user had noted on the old event is lost."""
    new = "00000000-0000-5000-8000-000000000000"
    renamed = with_line(AFTER, UID, "UID", f"UID:{new}")
    program = Nextcloud(ADDRESS)
    shown = two_looks(program, AFTER, renamed)
    assert (days(shown), days(shown, new)) == ([], [NEW])
    assert program.changes[-2:] == [("added", new), ("deleted", UID)]


def test_a_changed_uid_beside_the_old_event_is_a_duplicate_in_all() -> None:
    new = "00000000-0000-5000-8000-000000000000"
    both = with_block(AFTER, event(BEFORE, UID).replace(UID.encode(), new.encode()))
    for program in (Icsx5, Nextcloud, Thunderbird, Outlook, Google):
        shown = two_looks(program(ADDRESS), BEFORE, both)
        assert (days(shown), days(shown, new)) == ([NEW], [OLD])


def test_one_uid_twice_shows_one_of_them() -> None:
    """Google the last, ICSx5 the first (the second is not newer); Outlook, which does not care, both."""
    second = event(AFTER, UID).replace(b"DATE:20190129", b"DATE:20190131").replace(b"DATE:20190130", b"DATE:20190201")
    twice = with_block(AFTER, second)
    assert days(two_looks(Google(ADDRESS), twice, twice)) == [OLD]
    assert days(two_looks(Icsx5(ADDRESS), twice, twice)) == [NEW]
    assert days(two_looks(Outlook(ADDRESS), twice, twice)) == [NEW, OLD]


def test_nextcloud_writes_every_row_anew_when_dtstamp_is_the_clock() -> None:
    """Half a year of builds of one feed whose DTSTAMP is “now”: every event, every time."""
    program, web = Nextcloud(ADDRESS), Web()
    count = AFTER.count(b"BEGIN:VEVENT")
    for hour in range(3):
        now = f"DTSTAMP:20190130T{hour:02}0000Z"
        data = b"\r\n".join(now.encode() if one.startswith(b"DTSTAMP:") else one for one in AFTER.split(b"\r\n"))
        web.publish(ADDRESS, data, MONDAY)
        program.poll(web)
    assert len(program.changes) == 3 * count


def test_icsx5_deletes_what_left_without_being_cancelled_first() -> None:
    """Nothing says that it is off, which is why a withdrawn date stays sixty days."""
    assert days(two_looks(Icsx5(ADDRESS), BEFORE, without(BEFORE, UID))) == []


# ---- the bytes of one feed ----------------------------------------------------------------------------


def test_google_hides_an_event_with_an_escape_split_by_a_fold() -> None:
    odd = with_inside(AFTER, UID, "COMMENT:one\\| , two")
    whole = with_inside(AFTER, UID, "COMMENT:one|  \\, two\\\\| end")
    assert days(two_looks(Google(ADDRESS), odd, odd)) == []
    assert days(two_looks(Google(ADDRESS), whole, whole)) == [NEW]


@pytest.mark.parametrize(
    "broken",
    [
        with_inside(AFTER, UID, "COMMENT:" + "x" * 80),  # a line that ought to be folded
        with_inside(AFTER, UID, "COMMENT:one|two"),  # folded without the space
        AFTER + b" " * 1_000_001,
    ],
    ids=["long line", "no space", "1 MB"],
)
def test_google_drops_the_whole_file(broken: bytes) -> None:
    assert two_looks(Google(ADDRESS), broken, broken) == []
    assert days(two_looks(Google(ADDRESS), BEFORE, broken)) == [OLD]


def test_google_stops_at_eleven_hundred_events() -> None:
    """Far below 1 MB, and still the dates at its end are not there."""
    short = b"BEGIN:VEVENT\r\nUID:%d\r\nDTSTART;VALUE=DATE:20190129\r\nSUMMARY:x\r\nEND:VEVENT\r\n"
    many = b"BEGIN:VCALENDAR\r\n" + b"".join(short % number for number in range(1200)) + b"END:VCALENDAR\r\n"
    assert len(two_looks(Google(ADDRESS), many, many)) == 1100
    assert len(two_looks(Outlook(ADDRESS), many, many)) == 1200


def test_google_never_shows_what_is_cancelled() -> None:
    cancelled = with_line(AFTER, UID, "STATUS", "STATUS:CANCELLED")
    assert days(two_looks(Google(ADDRESS), cancelled, cancelled)) == []
    assert [one.struck for one in two_looks(Thunderbird(ADDRESS), cancelled, cancelled) if one.uid == UID] == [True]


ALARM = "BEGIN:VALARM|ACTION:DISPLAY|DESCRIPTION:x|TRIGGER:{}|END:VALARM"


@pytest.mark.parametrize(
    ("trigger", "asked", "reminds"),
    [
        ("-PT15H", "2019-01-28T09:00", "2019-01-28T09:00"),  # what ours say: the morning before
        ("PT9H", "2019-01-29T09:00", "2019-01-28T15:00"),  # the morning of the day, meant as a help
        ("PT0S", "2019-01-29T00:00", "2019-01-29T00:00"),
        ("whenever", "", "2019-01-28T06:00"),  # 1,080 minutes
    ],
)
def test_outlook_loses_the_sign_of_an_alarm(trigger: str, asked: str, reminds: str) -> None:
    """``asked`` is what RFC 5545, 3.8.6.3 makes of the trigger: only a negative one comes out right."""
    data = with_inside(AFTER, UID, ALARM.format(trigger))
    program = Outlook(ADDRESS)
    two_looks(program, data, data)
    assert program.reminders() == {UID: datetime.fromisoformat(reminds)}
    assert (asked == reminds) == (trigger in ("-PT15H", "PT0S"))


def test_outlook_takes_the_first_of_several_alarms_and_of_several_uids() -> None:
    data = with_inside(AFTER, UID, f"{ALARM.format('-PT15H')}|{ALARM.format('-PT1H')}|UID:second")
    program = Outlook(ADDRESS)
    two_looks(program, data, data)
    assert program.reminders() == {UID: datetime(2019, 1, 28, 9)}


def test_outlook_looks_at_a_duration_only_without_an_end() -> None:
    for end, last in (("DTEND;VALUE=DATE:20190130", date(2019, 1, 29)), ("", date(2019, 1, 31))):
        data = with_inside(with_line(AFTER, UID, "DTEND", end), UID, "DURATION:P3D")
        assert [one.last for one in two_looks(Outlook(ADDRESS), data, data) if one.uid == UID] == [last]


def test_nextcloud_strips_alarms_attachments_and_tasks() -> None:
    task = event(AFTER, UID).replace(b"VEVENT", b"VTODO").replace(UID.encode(), b"a-task")
    data = with_block(with_inside(AFTER, UID, ALARM.format("-PT15H") + "|ATTACH:https://example.org/a.pdf"), task)
    program = Nextcloud(ADDRESS)
    shown = two_looks(program, data, data)
    (stored,) = (one for one in program.stored() if one.value("UID") == UID)
    assert (stored.blocks("VALARM"), stored.all("ATTACH")) == ([], [])
    assert "a-task" not in {one.uid for one in shown}
    for other in (Google(ADDRESS), Outlook(ADDRESS)):
        assert "a-task" not in {one.uid for one in two_looks(other, data, data)}


def test_nextcloud_keeps_the_first_interval_it_was_offered() -> None:
    program, web = Nextcloud(ADDRESS), Web()
    for offered in (b"PT12H", b"P2D", b"P1D"):
        web.publish(ADDRESS, AFTER.replace(b"DURATION:P1D", b"DURATION:" + offered), MONDAY)
        program.poll(web)
    assert program.rate == timedelta(hours=12)


def test_nextcloud_waits_a_week_when_no_interval_is_offered() -> None:
    program, web = Nextcloud(ADDRESS), Web()
    none = AFTER.replace(b"REFRESH-INTERVAL;VALUE=DURATION:P1D\r\n", b"").replace(b"X-PUBLISHED-TTL:P1D\r\n", b"")
    web.publish(ADDRESS, none, MONDAY)
    assert program.poll_if_due(web, MONDAY)
    assert not program.poll_if_due(web, MONDAY + timedelta(days=6, hours=23))
    web.publish(ADDRESS, AFTER, MONDAY)
    assert program.poll_if_due(web, MONDAY + timedelta(days=7))
    assert program.poll_if_due(web, MONDAY + timedelta(days=8))
