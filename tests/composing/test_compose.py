"""One message a person and week. The points are those of digests.md, section 6."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import pairwise

import pytest

from calendars.clock import at_hour
from deadlines.books.people import Enrolled
from deadlines.books.rows import Pages
from deadlines.composing.compose import QUIET, sender_of
from deadlines.composing.edition import edition
from deadlines.composing.wording import CLOSES, OPENS, body, reader
from deadlines.deriving.derive import derive
from deadlines.loading.shipped import templates
from deadlines.mail.lint import lint
from deadlines.mail.message import Letter, message, message_id
from deadlines.model.problem import Refused
from deadlines.outputs._view import View
from deadlines.outputs._wording import Wording
from deadlines.outputs.digest import page
from tests.composing.people import JO, MAIL, NOVEMBER, SCHOOL, composer, local, person, prep_cancelled

# Names with everything a header, a page or a greeting takes amiss.
NAMES = [
    "", "Jo", "Doe, Jane", 'Jane "JJ" Doe', "Ñandú Öberg, von und zu", "<b>Jo</b> & Söhne", "王小明", "فاطمة",
    "a" * 200,    "Ü" * 200, "{{ page }}", "=?utf-8?q?x?=", "O'Hara; B.",
]  # fmt: skip
ZONES = [
    "America/Chicago", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "Europe/Berlin", "Pacific/Kiritimati"
]  # fmt: skip


def read(data: bytes) -> EmailMessage:
    found = message_from_bytes(data, policy=policy.SMTP)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def parts(data: bytes) -> tuple[str, str]:
    text, html = (part.get_content().replace("\r\n", "\n") for part in read(data).iter_parts())
    return text, html


def mail(told: Enrolled = JO, on: date = NOVEMBER, since: date | None = None, pages: Pages | None = None) -> bytes:
    found = composer(local(), pages).planned(person(told), on, on, since)
    assert not found.quiet
    return found.data


# ---- what it is --------------------------------------------------------------------------------------


def test_the_row_of_the_outbox() -> None:
    """Monday, 7 in the morning in Chicago in November is 13:00 UTC; twelve hours before the next one it is 1:00."""
    found = composer(local()).planned(person(), NOVEMBER, NOVEMBER)
    assert (found.person, found.kind, found.period, found.edition) == ("R-000001", "week", "2018-W46", 1)
    assert found.address == "jo@example.org"
    assert re.fullmatch(r"bounces\+[0-9a-f]{16}@union\.example", found.sender)
    assert found.due == datetime(2018, 11, 12, 13, tzinfo=UTC)
    assert found.expires == datetime(2018, 11, 19, 1, tzinfo=UTC)


def test_the_headers_say_what_why_and_when() -> None:
    found = read(mail())
    assert found["subject"] == "Dates for delegates, week of Nov 12, 2018"
    assert found["date"] == "Mon, 12 Nov 2018 07:00:00 -0600"
    assert found["to"] == "Jo <jo@example.org>"
    assert "mailto:leave@union.example?subject=unsubscribe%20token-of-0000000000001" in found["list-unsubscribe"]


def test_point_08_the_id_is_that_of_the_key_and_of_nobody_else() -> None:
    one, other = composer(local()), composer(local())
    key = f"{local().namespace}|R-000001|week|2018-W46|1"
    sender = one.planned(person(), NOVEMBER, NOVEMBER)
    found = read(sender.data)["message-id"]
    assert found == message_id(sender_of(local()), key)
    ids = {
        read(other.planned(person(JO, number), NOVEMBER, NOVEMBER, None, edition).data)["message-id"]
        for number in (1, 2) for edition in (1, 2)
    }  # fmt: skip
    assert len(ids) == 4
    assert found in ids


def test_nobody_sends_without_a_section() -> None:
    with pytest.raises(Refused, match="1 problem") as refused:
        composer(replace(local(), mail=None)).planned(person(), NOVEMBER, NOVEMBER)
    assert "has no `mail`" in refused.value.problems[0].message


# ---- points 1 to 17: the linter, which shares no code with us -------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_points_01_to_17_a_mail_to_any_name_is_clean_and_says_it(name: str) -> None:
    data = mail(replace(JO, name=name))
    assert [one.code for one in lint(data)] == []
    text, html = parts(data)
    assert f"\nHello{f' {name}' if name else ''},\n" in text
    assert "<b>Jo" not in html
    assert OPENS not in text + html
    assert CLOSES not in text + html


@pytest.mark.parametrize("on", ["2018-08-06", "2018-11-12", "2019-01-28", "2019-02-04", "2019-05-06", "2019-06-17"])
@pytest.mark.parametrize("roles", [("delegate",), ("teacher", "clerk"), ("union office",)])
def test_points_01_to_17_through_the_year(on: str, roles: tuple[str, ...]) -> None:
    """With one click and a public address, so that every link there can be is there."""
    rich = replace(
        local(), public_address="https://union.example/dates", mail=replace(MAIL, one_click="https://union.example/u/")
    )
    day = date.fromisoformat(on)
    found = composer(rich).planned(person(replace(JO, roles=roles, level="high school")), day, day)
    if found.data:
        assert lint(found.data, {"union.example"}) == []
        assert len(read(found.data)["subject"]) <= 60


def test_point_09_one_click_and_the_feeds_are_in_both_parts() -> None:
    rich = replace(
        local(), public_address="https://union.example/dates", mail=replace(MAIL, one_click="https://union.example/u/")
    )
    both = replace(JO, roles=("delegate", "teacher"))
    data = composer(rich).planned(person(both), NOVEMBER, NOVEMBER).data
    assert read(data)["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    for part in parts(data):
        for link in ("u/token-of-0000000000001", "dates/feeds/delegate.ics", "dates/feeds/teacher.ics", "dates/"):
            assert f"https://union.example/{link}" in part


def test_point_11_sixty_items_fit_and_a_thousand_are_cut_in_the_html_alone() -> None:
    for many, cut in ((60, False), (1000, True)):
        shown = page(View(local(), derive(local(), NOVEMBER, NOVEMBER), "delegate"))
        one = shown.this_week[0]
        full = replace(shown, next_weeks=tuple(replace(one, title=f"Duty {n}, as it is called") for n in range(many)))
        made = body(Wording(templates()), full, reader(local(), sender_of(local()), ("delegate",), "", "", True))
        letter = Letter("Ü" * 200, JO.address, made.subject, edition(JO, NOVEMBER).at, "k", "t" * 22)
        data = message(sender_of(local()), letter, *made.filled(letter.name, letter.token))
        assert lint(data) == []
        text, html = parts(data)
        assert text.count("as it is called") == many
        shown_there = html.count("as it is called")
        left = re.search(r"(\d+) more dates do not fit into this mail; its plain text has them all", html)
        assert bool(left) == cut
        assert shown_there + (int(left[1]) if left else 0) == many
        assert shown_there >= 60


# ---- to whom what -----------------------------------------------------------------------------------


def test_several_roles_are_one_mail_without_doubles() -> None:
    text, _ = parts(mail(replace(JO, roles=("teacher", "delegate"))))
    assert "Your dates, Monday November 12, 2018" in text
    assert "on the list of teachers, delegates of" in text
    alone, _ = parts(mail())
    titles = re.findall(r"(?m)^  (Transfer without your principal's consent.*)$", text)
    assert len(titles) == len(set(titles)) == 1
    for line in re.findall(r"(?m)^  (.*: (?:last safe day|due from principal))$", alone):
        assert text.count(f"  {line}\n") == alone.count(f"  {line}\n")


def test_a_mail_of_a_role_has_only_its_own_dates() -> None:
    """The delegate's free period is told to delegates; the window of 35-4 to teachers too."""
    text, _ = parts(mail(replace(JO, roles=("teacher",))))
    assert "Transfer without your principal's consent" in text
    assert "The delegate's free period" not in text


def test_the_open_events_of_the_own_school_counted_and_without_ids() -> None:
    events = (*(prep_cancelled(n) for n in (1, 2, 3)), prep_cancelled(4, "Another School"))
    told = replace(JO, school="lincoln  ELEMENTARY")
    data = mail(told, pages=Pages(events))
    assert lint(data) == []
    for part in parts(data):
        assert "Thursday January 31, 2019" in part
        assert "3 of them" in part
        for private in ("KVQ", "Vogelquist", "E-0000", "event/", "Another School"):
            assert private not in part


@pytest.mark.parametrize(
    "told", [replace(JO, school="Another School"), JO, replace(JO, school=SCHOOL, roles=("teacher",))]
)
def test_what_is_open_at_a_school_is_told_to_its_delegates_alone(told: Enrolled) -> None:
    text, html = parts(mail(told, pages=Pages((prep_cancelled(1),))))
    assert "OPEN AT YOUR SCHOOL" not in text
    assert "Open at your school" not in html


def test_what_is_overdue_is_called_so_only_there() -> None:
    """January 31 has passed on February 4, and the book says that nothing was made up."""
    text, _ = parts(mail(replace(JO, school=SCHOOL), date(2019, 2, 4), pages=Pages((prep_cancelled(1),))))
    own, _, rest = text.partition("JUST PASSED")
    assert "Thursday January 31, 2019 (4 days ago); OVERDUE" in own
    assert "OVERDUE" not in rest


# ---- when, and since when ---------------------------------------------------------------------------


def test_point_37_since_the_last_mail_shows_two_weeks_of_changes() -> None:
    """The first cold day was announced on January 28, the second on January 30; a mail between was lost."""
    week, _ = parts(mail(on=date(2019, 2, 4)))
    both, _ = parts(mail(on=date(2019, 2, 4), since=date(2019, 1, 21)))
    assert "IN THE LAST SEVEN DAYS" in week
    assert "first day" not in week
    assert "second day" in week
    assert "SINCE YOUR LAST MAIL: AFTER Mon Jan 21, 2019" in both
    assert both.index("first day") < both.index("second day")


def test_what_was_not_known_yet_is_not_told() -> None:
    """Composed on Monday for a reader of Friday, two days before the second cold day was announced."""
    friday = replace(JO, weekday=4)
    monday = date(2019, 1, 28)
    found = composer(local()).planned(person(friday), monday, monday)
    text, _ = parts(found.data)
    assert read(found.data)["date"] == "Fri, 01 Feb 2019 07:00:00 -0600"
    assert "Friday February 1, 2019 (today)" in text
    assert "second day" not in text


@pytest.mark.parametrize("zone", ZONES)
def test_point_36_one_mail_a_week_at_the_local_hour(zone: str) -> None:
    """104 weeks, with four changes of the clock where there are any; half past two on a Sunday is among them."""
    for weekday, hour in ((0, 7), (6, 2), (6, 1)):
        told = replace(JO, zone=zone, weekday=weekday, hour=hour)
        weeks = [edition(told, date(2018, 1, 1) + timedelta(weeks=n)) for n in range(104)]
        assert len({one.period for one in weeks}) == 104
        for one, following in pairwise(weeks):
            assert one.at.date() == one.day
            assert one.at.hour in ((hour,) if hour != 2 else (2, 3))  # there is no 2 o'clock in spring
            assert one.due < one.expires < following.due
            assert following.due - one.expires == timedelta(hours=12)


def test_the_hour_that_is_skipped_and_the_hour_that_is_there_twice() -> None:
    """March 11, 2018: from 1:59 CST to 3:00 CDT. November 4: 1:30 comes twice, first in summer time."""
    assert at_hour(date(2018, 3, 11), 2, "America/Chicago").isoformat() == "2018-03-11T03:00:00-05:00"
    assert at_hour(date(2018, 11, 4), 1, "America/Chicago").isoformat() == "2018-11-04T01:00:00-05:00"
    with pytest.raises(ValueError, match="no time zone"):
        at_hour(date(2018, 11, 4), 1, "Chicago")


def test_the_week_is_that_of_the_readers_own_day() -> None:
    """December 31, 2018 is in week 1 of 2019 (ISO 8601)."""
    assert edition(JO, date(2019, 1, 3)).period == "2019-W01"
    assert edition(replace(JO, weekday=6), date(2018, 12, 31)).day == date(2019, 1, 6)


# ---- nothing to say ---------------------------------------------------------------------------------


def test_point_35_quiet_has_a_reason_and_no_bytes() -> None:
    """Nothing of 2018-19 concerns a technology coordinator in November."""
    found = composer(local()).planned(person(replace(JO, roles=("technology coordinator",))), NOVEMBER, NOVEMBER)
    assert (found.data, found.quiet) == (b"", QUIET)
    assert (found.period, found.address) == ("2018-W46", "jo@example.org")


# ---- same words, same bytes -------------------------------------------------------------------------


def test_point_18_shared_work_changes_no_byte() -> None:
    """Composed alone, or after a hundred others of the same and of other groups."""
    alone = composer(local()).planned(person(JO, 7), NOVEMBER, NOVEMBER)
    shared = composer(local())
    for number in range(1, 100):
        told = replace(JO, name=f"P{number}" if number % 3 else "", address=f"p{number}@example.org")
        assert shared.planned(person(told, number), NOVEMBER, NOVEMBER).data
    assert shared.planned(person(JO, 7), NOVEMBER, NOVEMBER) == alone


def test_nobody_reads_the_name_or_token_of_another() -> None:
    shared = composer(local())
    told = [replace(JO, name=f"Name-{n}-", address=f"p{n}@example.org") for n in range(1, 6)]
    for number, one in enumerate(told, 1):
        data = shared.planned(person(one, number), NOVEMBER, NOVEMBER).data.replace(b"=\r\n", b"")
        assert set(re.findall(rb"Name-(\d)-", data)) == {b"%d" % number}
        assert set(re.findall(rb"token-of-(\d+)", data)) == {b"%013d" % number}


# ---- wording of one's own ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["digest.txt", "digest.html"])
def test_a_wording_without_a_way_out_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        composer(local(), own={name: "{{ page.day }}"}).planned(person(), NOVEMBER, NOVEMBER)
    (problem,) = refused.value.problems
    assert problem.place.file == f"templates/{name}"


def test_point_19_a_value_that_is_missing_stops_it() -> None:
    with pytest.raises(Refused) as refused:
        composer(local(), own={"digest.txt": "{{ reader.nmae }}"}).planned(person(), NOVEMBER, NOVEMBER)
    assert "nmae" in refused.value.problems[0].message


def test_a_subject_that_is_too_long_leaves_out_the_role() -> None:
    words = "{% if page.role %}" + "All the dates " * 5 + "{% else %}Short{% endif %}\n"
    found = composer(local(), own={"digest-subject.txt": words}).planned(person(), NOVEMBER, NOVEMBER)
    assert read(found.data)["subject"] == "Short"
