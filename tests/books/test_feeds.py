"""What private feeds say; days counted on the printed calendar of 2018-19, as in tests/events."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.books.private_feed import FILE, MAKE_UP, UNVERIFIED, add, build, feeds, preps, said
from tests.events.book import folder, log
from tests.support import clean

__all__ = ["folder", "preps"]


# ---- what a feed of one's own says --------------------------------------------------------------------


def test_a_feed_has_the_duties_of_one_person_alone(preps: None) -> None:
    log("prep cancelled", "2018-11-06", "--who", "T-014")  # quarter 2, so by the end of quarter 3
    add("--who", "T-014")
    found = said("2018-11-08")
    assert found.days == [("2019-01-31", MAKE_UP), ("2019-04-04", MAKE_UP)]
    assert "It follows from “prep cancelled”, Wednesday October 10, 2018." in found.entries[0].text
    assert "Article 27-5, agreement 2015-19." in found.entries[0].text
    assert found.entries[0].status == "CONFIRMED"


def test_what_is_overdue_says_so_and_starts_what_follows(preps: None) -> None:
    """See tests/events/test_cascade.py: the clock runs from January 29 to Friday April 5; pay is due on August 26."""
    add("--who", "T-014")
    said("2019-01-31")
    found = said("2019-02-04")
    assert found.days == [
        ("2019-01-31", f"OVERDUE: {MAKE_UP} (date may move)"),
        ("2019-03-22", f"In 10 school days: {FILE}"),
        ("2019-04-05", FILE),
        ("2019-08-26", "Make-up preparation period, pay: due from Board"),
        ("2022-01-29", "File a grievance, salary: last safe day (if it applies)"),
    ]
    assert "It is past its day, and nothing in the book settles it." in found.entries[0].text
    assert "make up (Article 27-5) was not done by Tuesday January 29, 2019." in found[FILE].text
    assert "Only if the grievance is about salary; the book does not say." in found.entries[-1].text


def test_stamps_move_when_what_is_said_moves_and_only_then(preps: None) -> None:
    add("--who", "T-014")
    first = said("2018-11-08").entries[0]
    assert (first.sequence, first.stamp.date(), first.created) == (0, date(2018, 11, 8), first.stamp)
    before = feeds()["F-000001"].read_bytes()
    said("2018-12-03")
    assert feeds()["F-000001"].read_bytes() == before
    (later,) = (entry for entry in said("2019-02-04").entries if entry.uid == first.uid)
    assert (later.sequence, later.stamp.date(), later.created) == (1, date(2019, 2, 4), first.created)
    # A day before: what was said of February is taken back, and no stamp falls.
    (back,) = (entry for entry in said("2018-11-08").entries if entry.uid == first.uid)
    assert (back.title, back.sequence) == (MAKE_UP, 2)
    assert back.stamp > later.stamp


@pytest.mark.parametrize(
    ("how", "title", "text"),
    [
        (("--done", "2019-01-15"), "Done", "Done on Tuesday January 15, 2019."),
        (("--excused",), "Excused", "Excused."),
        (("--given-up",), "Given up", "Given up."),
    ],
)
def test_what_is_settled_stays_and_says_so(preps: None, how: tuple[str, ...], title: str, text: str) -> None:
    add("--who", "T-014")
    uid = said("2018-11-08").entries[0].uid
    clean("settle", "E-1", *how, "--evidence", "Kanarienna", "--recorded", "2019-01-16")
    found = said("2019-02-04")
    assert found.days == [("2019-01-31", f"{title}: {MAKE_UP}")]
    (entry,) = found.entries
    assert (entry.uid, entry.status) == (uid, "CONFIRMED")
    assert text in entry.text.split("\n")
    assert "What to do" not in entry.text


def test_a_late_settlement_withdraws_what_had_followed(preps: None) -> None:
    """For sixty days, from February 11; then it leaves the feed. The notice of March 22 goes with its day."""
    add("--who", "T-014")
    said("2019-02-04")
    clean("settle", "E-1", "--done", "2019-02-11", "--recorded", "2019-02-11")
    found = said("2019-02-11")
    assert [entry.status for entry in found.entries] == ["CONFIRMED", *["CANCELLED"] * 4]
    assert found.entries[2].title == f"WITHDRAWN: {FILE}"
    assert len(said("2019-04-11").entries) == 5
    assert said("2019-04-12").days == [("2019-01-31", f"Done: {MAKE_UP}")]


def test_a_day_extended_in_writing_takes_the_place_of_the_other(preps: None) -> None:
    add("--who", "T-014")
    uid = said("2018-11-08").entries[0].uid
    clean("settle", "E-1", "--extended-to", "2019-03-01", "--evidence", "mail", "--recorded", "2019-01-16")
    found = said("2019-02-04")  # in doubt as the 31st is, what was agreed is not
    assert found.days == [("2019-03-01", MAKE_UP)]
    assert (found.entries[0].uid, found.entries[0].status) == (uid, "CONFIRMED")
    assert "Extended in writing to Friday March 1, 2019." in found.entries[0].text
    assert said("2019-03-04").days[0] == ("2019-03-01", f"OVERDUE: {MAKE_UP}")


def test_a_notice_that_was_given_stays_and_one_to_come_does_not(folder: Path) -> None:
    """The 45th teacher day is Friday December 21; ten student days before it is Friday December 7."""
    for who in ("T-014", "T-015"):
        log("violation", "2018-10-15", "--who", who, "--fact", "salary=no")
        add("--who", who)
    notice = ("2018-12-07", f"In 10 school days: {FILE}")
    assert said("2018-11-08").days == [notice, ("2018-12-21", FILE)]
    clean("settle", "E-1", "--done", "2018-11-12", "--recorded", "2018-11-12")
    clean("settle", "E-2", "--done", "2018-12-10", "--recorded", "2018-12-10")
    assert said("2018-12-10").days == [
        ("2018-12-07", f"WITHDRAWN: In 10 school days: {FILE}"),
        ("2018-12-21", f"Done: {FILE}"),
    ]
    assert said(id="F-000002").days == [notice, ("2018-12-21", f"Done: {FILE}")]


def test_what_was_voided_is_withdrawn_and_the_feed_is_never_empty(preps: None) -> None:
    add("--who", "T-014")
    said("2018-11-08")
    clean("void", "E-1", "--reason", "the wrong teacher", "--recorded", "2018-11-12")
    nothing = "No contract dates of your own at present"
    assert said("2018-11-12").days == [("2019-01-31", f"WITHDRAWN: {MAKE_UP}")]
    assert len(said("2019-01-10").entries) == 1
    assert said("2019-01-11").days == [("2019-01-11", nothing)]  # sixty days later, and the very day it is empty
    log("prep cancelled", "2019-01-14", "--who", "T-014")
    assert said("2019-01-14").days == [("2019-01-11", f"WITHDRAWN: {nothing}"), ("2019-04-04", MAKE_UP)]


def test_whoever_has_nothing_is_told_so_on_one_day(folder: Path) -> None:
    said_at_once = clean("feed", "add", "--who", "T-020", "--recorded", "2018-10-20")
    assert "Nothing is in the book for it yet" in said_at_once
    assert said("2018-10-22").days == [("2018-10-22", "No contract dates of your own at present")]
    before = feeds()["F-000001"].read_bytes()
    assert "unchanged" in build("2018-12-03")
    assert feeds()["F-000001"].read_bytes() == before


def test_what_waits_for_a_calendar_has_no_day(folder: Path) -> None:
    log("receipts submitted", "2019-02-02", "--who", "T-014")
    add("--who", "T-014")
    assert [title for _, title in said("2019-02-05").days] == ["No contract dates of your own at present"]


def test_what_is_not_compared_goes_to_delegates_alone(folder: Path) -> None:
    card = folder / "agreements/2015-19/rules/27-5.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace(*UNVERIFIED), encoding="utf-8")
    log("prep cancelled", "2018-10-10", "--who", "T-014", "--school", "Lincoln")
    add("--who", "T-014")
    add("--school", "Lincoln")
    told = build("2018-11-08")
    assert told.splitlines()[-1] == (
        "1 left out of people's own feeds: their cards are not compared with the agreement yet."
    )
    assert [title for _, title in said().days] == ["No contract dates of your own at present"]
    assert said(id="F-000002").days == [("2019-01-31", f"CHECK FIRST: 1 open: {MAKE_UP}")]


def test_what_was_recorded_later_is_left_out(preps: None) -> None:
    clean("log", "prep cancelled", "--happened", "2018-10-11", "--who", "T-014", "--recorded", "2018-11-12")
    add("--who", "T-014")
    build("2018-11-12", "--as-known-on", "2018-11-11")
    assert len(said().entries) == 1
    assert len(said("2018-11-12").entries) == 2


# ---- what the feed of a school says ---------------------------------------------------------------------


def test_the_feed_of_a_school_counts(preps: None) -> None:
    log("prep cancelled", "2018-10-15", "--who", "T-016", "--school", "Grant")
    add("--school", "Lincoln")
    found = said("2018-11-08")
    assert found.days == [("2019-01-31", f"2 open: {MAKE_UP}")]
    clean("settle", "E-2", "--done", "2018-12-03", "--recorded", "2018-12-03")
    assert said("2018-12-03").days == [("2019-01-31", f"1 open, 1 settled: {MAKE_UP}")]
    assert said("2019-02-04").days[:3] == [
        ("2019-01-31", f"1 overdue, 1 settled: {MAKE_UP} (date may move)"),
        ("2019-03-22", f"In 10 school days: {FILE}"),
        ("2019-04-05", f"1 open: {FILE}"),
    ]
    clean("settle", "27-5-make-up-prep/make up/event/E-000001", "--excused", "--recorded", "2019-02-05")
    assert said("2019-02-05").days[0] == ("2019-01-31", f"2 settled: {MAKE_UP}")


def test_the_feed_of_a_school_tells_of_nobody(preps: None) -> None:
    """No id, no event and no day of one; the trail of a date, which may name the day, is left out too."""
    add("--school", "Lincoln")
    said("2019-02-04")
    data = feeds()["F-000001"].read_bytes().replace(b"\r\n ", b"").decode()
    for word in ("T-01", "Lincoln", "E-0000", "prep cancelled", "October", "2018-10", "follows from"):
        assert word not in data
    assert "2 open; whose they are stands in the book alone." in data.replace("\\;", ";")


def test_counted_duties_move_together(folder: Path) -> None:
    """Teacher days after November 20: 26 to 30 (5), December 3 to 21 (20), January 7 to 18 (30), 22 to 25 (34), 28 to
    31 (38), February 1 (39), 4 to 8 (44), Monday February 11 (45). Two fall out with January 30 and 31: Wednesday the
    13th. Student days before the 11th: 8 to 4 (5), January 31 to 28 (9), Friday the 25th (10); before the 13th: 12 and
    11 (2), 8 to 4 (7), January 29 and 28 (9), the 25th again.
    """
    for who in ("T-014", "T-015"):
        log("violation", "2018-11-20", "--who", who, "--school", "Lincoln", "--fact", "salary=no")
    add("--school", "Lincoln")
    before = said("2019-01-14")
    assert before.days == [
        ("2019-01-25", f"2 duties: In 10 school days: {FILE}"), ("2019-02-11", f"2 open: {FILE}"),
    ]  # fmt: skip
    after = said("2019-02-04")
    assert after.days == [
        ("2019-01-25", f"2 duties: In 10 school days: {FILE}"), ("2019-02-13", f"2 open: {FILE}"),
    ]  # fmt: skip
    assert [entry.uid for entry in before.entries] == [entry.uid for entry in after.entries]
    assert [entry.sequence for entry in after.entries] == [1, 1]
    assert "10 school days before Wednesday February 13, 2019." in after.entries[0].text


def test_one_of_several_with_a_day_of_its_own_is_told_apart(preps: None) -> None:
    add("--school", "Lincoln")
    said("2018-11-08")
    clean("settle", "E-1", "--extended-to", "2019-03-01", "--evidence", "mail", "--recorded", "2019-01-16")
    assert said("2019-01-16").days == [("2019-01-31", f"1 open: {MAKE_UP}"), ("2019-03-01", f"1 open: {MAKE_UP}")]


def test_a_day_that_moved_keeps_the_earlier_one_in_sight_until_it_is_accepted(folder: Path) -> None:
    """Told for Wednesday February 6, 2019 (the 45th teacher day); two cold days make it Friday the 8th."""
    log("violation", "2018-11-15", "--who", "T-014", "--fact", "salary=no")
    add("--who", "T-014")
    build("2018-11-20")
    told = "Told before: Wednesday February 6, 2019. Keep to that until the change is accepted."
    assert b"Told before" not in next(iter(feeds().values())).read_bytes()
    for accepted in (False, True):
        if accepted:
            clean("accept", "--all", "--recorded", "2019-02-01")
        build("2019-02-01")
        text = next(iter(feeds().values())).read_bytes().replace(b"\r\n ", b"").replace(b"\\,", b",").decode()
        assert "DTSTART;VALUE=DATE:20190208" in text
        assert (told in text) is not accepted


def test_what_a_feed_first_shows_is_told(folder: Path) -> None:
    """A row of a file: from the feed's build on, a move of its day is noticed."""
    (folder / "rows.csv").write_text("event,happened,who,salary\nviolation,2018-11-15,T-014,no\n", encoding="utf-8")
    clean("log", "--csv", "rows.csv", "--recorded", "2018-11-15")
    assert "open duty" not in clean("diff", "--on", "2019-02-01")
    add("--who", "T-014")
    build("2018-11-20")
    assert "Wed Feb 6, 2019 -> Fri Feb 8, 2019; told on Tue Nov 20, 2018" in clean("diff", "--on", "2019-02-01")
