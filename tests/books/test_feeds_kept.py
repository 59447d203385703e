"""Private feeds kept private: their addresses, who can guess, read or publish what, and what goes wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path
from uuid import UUID, uuid5

from deadlines.books import open_book
from deadlines.books.feeds import Feeds
from tests.books.private_feed import add, build, feeds, preps, said
from tests.events.book import folder, log
from tests.problem_folders import everything_in
from tests.support import NAMESPACE, ROOT, clean, run

__all__ = ["folder", "preps"]


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
