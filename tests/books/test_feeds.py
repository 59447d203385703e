"""Private feeds as a delegate uses them; days counted on the printed calendar of 2018-19, as in tests/events."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from calendars.entry import Entry
from calendars.feed import entries_of
from deadlines.books import open_book
from deadlines.books.feeds import Feeds
from deadlines.cli._private import lay, private_feeds
from deadlines.deriving.started import standings
from tests.events.book import folder, log
from tests.problem_folders import everything_in
from tests.support import NAMESPACE, ROOT, chicago, clean, run

__all__ = ["folder"]

MAKE_UP = "Make-up preparation period, make up: due from principal"
FILE = "File a grievance, ordinary: last safe day"
UNVERIFIED = ("status: checked", "status: unverified")


def add(*whom: str) -> str:
    """Make a feed; its id."""
    return clean("feed", "add", *whom, "--recorded", "2018-10-20")[:8]


def build(on: str, *more: str) -> str:
    return clean("feed", "build", "--on", on, *more)


def feeds() -> dict[str, Path]:
    """Where each feed lies, by its id."""
    return {feed.id: Path("private") / feed.file_name for feed in Feeds(open_book(Path(), "", NAMESPACE)).read().feeds}


@dataclass(frozen=True)
class Said:
    """What a feed says, title by title."""

    entries: tuple[Entry, ...]

    @property
    def days(self) -> list[tuple[str, str]]:
        return [(entry.span.first.isoformat(), entry.title) for entry in self.entries]

    def __getitem__(self, title: str) -> Entry:
        (found,) = (entry for entry in self.entries if entry.title == title)
        return found


def said(on: str = "", id: str = "F-000001") -> Said:
    """A feed as it was built, or is built now, standing on a day; held to what our own linter asks.

    Without the examples of every card, which the command runs before, as `build` does, and which take two seconds.
    """
    if on:
        day, book = date.fromisoformat(on), open_book(Path(), "", NAMESPACE)
        shelf, duties = Feeds(book).read(), standings(chicago(), book.read(day), day, day)
        assert [*lay(Path(), shelf, private_feeds(chicago(), shelf, duties, day, Feeds(book), {}))]
        clean("lint", "private", "--strict")
    found = entries_of(feeds()[id].read_bytes())
    return Said(tuple(sorted(found, key=lambda entry: entry.sort_key)))


@pytest.fixture
def preps(folder: Path) -> None:
    """Two preps of quarter 1 at one school, to be made up by the end of quarter 2: Thursday January 31 for students."""
    log("prep cancelled", "2018-10-10", "--who", "T-014", "--school", "Lincoln", "--self-directed")
    log("prep cancelled", "2018-10-12", "--who", "T-015", "--school", "Lincoln", "--self-directed")


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


# ---- addresses -------------------------------------------------------------------------------------------


def test_a_rotated_feed_says_the_same_at_another_address_alone(preps: None) -> None:
    add("--who", "T-014")
    said("2018-11-08")
    (old,) = feeds().values()
    before = old.read_bytes()
    told = clean("feed", "rotate", "F-1", "--recorded", "2018-11-12")
    assert not old.exists()  # at once, before anything is built
    assert told.splitlines()[-1].startswith("F-000001 (")
    assert "F-000002 (" in build("2018-11-12")
    assert feeds()["F-000002"].read_bytes() == before
    assert [path.name for path in Path("private").glob("*.ics")] == [feeds()["F-000002"].name]


def test_a_revoked_feed_is_taken_away_at_once_whatever_became_of_its_file(preps: None) -> None:
    for who in ("T-014", "T-015"):
        add("--who", who)
    said("2018-11-08")
    first, second = feeds().values()
    for path in (first, second):
        path.write_bytes(b"edited")
    clean("feed", "revoke", "F-1", "--recorded", "2018-11-12")
    assert not first.exists()
    first.write_bytes(b"copied back")
    assert "F-000001" in build("2018-11-12")
    assert (first.exists(), b"BEGIN:VEVENT" in second.read_bytes()) == (False, True)
    clean("feed", "revoke", "F-2", "--recorded", "2018-11-12")
    assert build("2018-10-01") == "No private feed is handed out; `deadlines feed add` makes one.\n"
    assert [path.name for path in Path("private").iterdir()] == []


def test_a_feed_made_again_goes_on_from_its_last_stamps(preps: None) -> None:
    add("--who", "T-014")
    said("2018-11-08")
    entry = said("2019-02-04").entries[0]
    clean("feed", "revoke", "F-1", "--recorded", "2019-02-04")
    add("--who", "T-014")
    assert said("2019-02-05", "F-000002").entries[0] == entry


def test_the_list_tells_for_whom_and_no_address(preps: None) -> None:
    add("--who", "T-014")
    add("--school", "Lincoln")
    clean("feed", "revoke", "F-1", "--recorded", "2018-11-12")
    first, second = (path.stem for path in feeds().values())
    assert [line.split() for line in clean("feed", "list").splitlines()] == [
        ["id", "for", "since", "address", "revoked"],
        ["F-000001", "T-014", "2018-10-20", f"{first[:8]}…", "2018-11-12"],
        ["F-000002", "Lincoln", "2018-10-20", f"{second[:8]}…"],
    ]
    rows = json.loads(clean("feed", "list", "--format", "json"))
    assert [(row["id"], row["for"], row["revoked"]) for row in rows] == [
        ("F-000001", "T-014", "2018-11-12"), ("F-000002", "Lincoln", ""),
    ]  # fmt: skip


def test_the_address_is_below_the_public_one(folder: Path) -> None:
    printed = clean("feed", "add", "--who", "T-014", "--recorded", "2018-10-20")
    assert re.search(r"token: …/private/[\w-]{22}\.ics\n", printed)
    with (folder / "deadlines.yaml").open("a", encoding="utf-8") as stream:
        stream.write("public address: https://dates.example.org\n")
    printed = clean("feed", "rotate", "F-1", "--recorded", "2018-10-20")
    assert re.search(r"token: https://dates\.example\.org/private/[\w-]{22}\.ics\n", printed)


# ---- who can guess, read or publish what -----------------------------------------------------------------


def test_uids_cannot_be_guessed(preps: None, tmp_path: Path) -> None:
    """Not from the folder's own namespace, which every public UID is made from; and another book has others."""
    add("--who", "T-014")
    uid = said("2018-11-08").entries[0].uid
    words = "who|T-014|27-5-make-up-prep/make up/event/E-000001|due"
    secret = Feeds(open_book(Path(), "", NAMESPACE)).read().namespace
    assert secret
    assert uid == uuid5(secret, words)  # lasting: what is in it never changes
    assert uid != uuid5(UUID(NAMESPACE), words)
    shutil.rmtree("books")
    log("prep cancelled", "2018-10-10", "--who", "T-014", "--self-directed")
    add("--who", "T-014")
    assert said("2018-11-08").entries[0].uid != uid


def test_only_the_owner_may_read_them_and_git_leaves_them_out(preps: None) -> None:
    Path("private").mkdir(mode=0o755)
    add("--who", "T-014")
    before = os.umask(0o022)
    build("2018-11-08")
    assert os.umask(before) == 0o022  # as it was
    assert stat.S_IMODE(Path("private").stat().st_mode) == 0o700
    files = [path for path in Path("private").iterdir() if path.is_file()]
    assert len(files) == 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert "*" in Path("private/.gitignore").read_text(encoding="utf-8").splitlines()


def test_public_and_private_never_meet(preps: None) -> None:
    add("--who", "T-014")
    clean("build", "--on", "2018-11-08")
    public = {name: data for name, data in everything_in(Path()).items() if not name.startswith(("private", "books"))}
    build("2019-02-04")
    private = everything_in(Path("private"))
    clean("build", "--on", "2018-11-08")
    clean("publish", "--to", "../www")
    assert everything_in(Path("private")) == private
    now = {name: data for name, data in everything_in(Path()).items() if not name.startswith(("private", "books"))}
    assert now == public
    assert not any(path.stem == feeds()["F-000001"].stem for path in Path("../www").rglob("*"))
    for command in (("build", "--out", "private"), ("publish", "--out", "private", "--to", "../www2"),
                    ("publish", "--to", "private"), ("publish", "--to", "private/www")):  # fmt: skip
        assert run(*command).exit_code == 2, command
    assert everything_in(Path("private")) == private


def test_a_file_in_the_wrong_place_is_not_named(preps: None) -> None:
    """Copied into what is published, or to where `publish` goes, in either state of that."""
    add("--who", "T-014")
    said("2018-11-08")
    (path,) = feeds().values()
    clean("build", "--on", "2018-11-08")
    for target in ("../www", "../www", "public"):
        Path(target).mkdir(exist_ok=True)
        wrong = shutil.copy(path, target)
        result = run("publish", "--to", "../www")
        assert (result.exit_code, path.stem in result.output) == (1, False)
        assert path.stem[:8] in result.output
        Path(wrong).unlink()
        clean("publish", "--to", "../www")


def test_same_book_same_bytes(preps: None, tmp_path: Path) -> None:
    """Under another zone, locale, hash seed, folder and ``python -O``: the book is an input as every other."""
    add("--who", "T-014")
    add("--school", "Lincoln")
    made = []
    for name, flags, environment in (
        ("a", (), {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"}),
        ("b, longer", ("-O",), {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LANG": "de_DE.UTF-8"}),
    ):
        copy = shutil.copytree(Path(), tmp_path / name)
        subprocess.run(
            [sys.executable, *flags, "-m", "deadlines", "feed", "build", "--on", "2019-02-04"],
            cwd=copy, env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, check=True, capture_output=True,
        )  # fmt: skip
        made.append(everything_in(copy / "private"))
    assert made[0] == made[1]
    assert len(made[0]) == 5


# ---- what goes wrong ---------------------------------------------------------------------------------------


def test_nothing_is_written_while_a_card_is_wrong(preps: None) -> None:
    add("--who", "T-014")
    said("2018-11-08")
    with Path("agreements/2015-19/rules/7-6.yaml").open("a", encoding="utf-8") as stream:
        stream.write("colour: red\n")
    before = everything_in(Path())
    assert run("feed", "build", "--on", "2019-02-04").exit_code == 1
    assert everything_in(Path()) == before


def test_an_example_that_fails_stops_private_feeds_too(preps: None) -> None:
    add("--who", "T-014")
    card = Path("agreements/2015-19/rules/3-6-2.yaml")
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace("{act by: 2018-12-21, stated: 2018-12-21}", "{act by: 2018-12-20}"), encoding="utf-8")
    assert run("feed", "build", "--on", "2018-11-08").exit_code == 1
    assert not Path("private").exists()


def test_what_the_disk_refuses_is_told_without_an_address(preps: None) -> None:
    """A folder stands in the place of a feed. The stamps are in the book, so the next build makes the same bytes."""
    add("--who", "T-014")
    (path,) = feeds().values()
    path.mkdir(parents=True)
    result = run("feed", "build", "--on", "2018-11-08")
    assert result.exit_code == 1
    assert f"private/{path.stem[:8]}….ics: Is a directory; the book has what was told" in result.output
    assert path.stem not in result.output
    path.rmdir()
    assert said("2018-12-03").entries[0].stamp.date() == date(2018, 11, 8)


def test_a_private_ledger_that_cannot_be_read(preps: None) -> None:
    """Somebody took the triggers away and edited a line."""
    add("--who", "T-014")
    said("2018-11-08")
    with sqlite3.connect("books/events.sqlite") as connection:
        connection.execute("drop trigger published_not_changed")
        connection.execute("update published set line = replace(line, 'due from', 'Kanarienna')")
    connection.close()
    before = everything_in(Path("private"))
    result = run("feed", "build", "--on", "2019-02-04")
    assert result.exit_code == 1
    assert "what private feeds have said cannot be read; put back your last copy of the book" in result.output
    assert "Kanarienna" not in result.output
    assert everything_in(Path("private")) == before


def test_a_feed_too_large_for_a_client_is_told(folder: Path) -> None:
    rows = "".join(f"prep cancelled,2018-10-10,T-014,row {number}\n" for number in range(1001))
    (folder / "many.csv").write_text(f"event,happened,who,note\n{rows}", encoding="utf-8")
    clean("log", "--csv", "many.csv", "--recorded", "2018-10-10")
    add("--who", "T-014")
    result = run("feed", "build", "--on", "2018-10-20")
    assert "Too large: F-000001 would have 1,001 events; 1,000 at most." in result.stderr


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
