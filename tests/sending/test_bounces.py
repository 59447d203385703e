"""What came back, by the command, over mails that were composed and sent; planted names are in nothing it prints."""

from __future__ import annotations

import json
import mailbox
import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from deadlines.mail.bounce import id_of
from deadlines.sending import bounces
from tests.mail.returned import SHAPES, Sent, failed, letter, postfix, report
from tests.mail.sample import MAIL_SECTION
from tests.sending.test_commands import NAMES, ON, at, folder, nobody_named, relay
from tests.support import clean, copy_of_chicago, run

__all__ = ["folder", "relay"]
JO = "R-000001"
GONE = postfix("5.1.1", "550 5.1.1 <kanarienna@vogelquist.example>: Kanarienna Vogelquist is not here")
NEXT_WEEK = ("--on", "2026-11-30")


def sent(number: int) -> Sent:
    """What a bounce of a mail in the book would know of it."""
    connection = sqlite3.connect("books/events.sqlite")
    ((sender, address, data),) = connection.execute(
        "select sender, address, data from outbox join octets using (number) where number = ?", (number,)
    ).fetchall()
    connection.close()
    return Sent(sender, address.lower(), id_of(data))


def box(name: str, *mails: bytes) -> str:
    """A mailbox beside the folder, with these mails; a folder of files unless the name says otherwise."""
    path = Path("..") / name
    if name.endswith(".mbox"):
        made = mailbox.mbox(path)
        for data in mails:
            made.add(data)
        made.close()
        return str(path)
    for sub in ("new", "cur", "tmp") if "maildir" in name else ("",):
        (path / sub).mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(mails):
        (path / ("cur" if "maildir" in name else "") / f"{number}-{NAMES[0]}.eml").write_bytes(data)
    return str(path)


@pytest.fixture
def week(folder: Path) -> Path:
    """A week that was sent: M-1 accepted, M-2 unsure, M-3 refused, M-4 with nothing to tell."""
    clean("digest", "plan", *ON)
    run("digest", "send")
    return folder


@pytest.mark.parametrize("name", ["files", "maildir", "bounces.mbox"])
def test_a_week_of_bounces(week: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Read dry, read, read again; the week after, and the person is sent nothing more until resumed."""
    mails = [
        GONE(sent(1), "<1@mx.example>"),
        failed("2.0.0", action="relayed")(sent(2), "<2@mx.example>"),
        failed("5.1.1")(replace(sent(1), sender="bounces+0000000000000000@union.example"), "<3@mx.example>"),
        SHAPES["away"][0](sent(1), "<4@mx.example>"),
        SHAPES["RFC 3464 E.4, delayed"][0](sent(1), "<5@mx.example>"),
        letter(sent(1), "<6@mx.example>"),
    ]
    where = box(name, *mails)
    before = Path("books/events.sqlite").read_bytes()
    dry = run("digest", "bounces", where, "--dry-run")
    assert Path("books/events.sqlite").read_bytes() == before
    first = run("digest", "bounces", where)
    kinds = "1 hard, 1 delivered, 1 delayed, 1 automatic, 1 not ours, 1 no report"
    line = "M-000001  R-000001  2026-W48  hard 5.1.1  score 2\n"
    assert first.stdout == f"6 mails read: {kinds}\n{line}M-000002 was unsure and counts as accepted\n"
    assert (
        dry.stdout
        == f"6 mails read: {kinds}\n{line}M-000002 was unsure and would count as accepted\nnothing was written\n"
    )
    again = run("digest", "bounces", where)
    assert again.stdout == "6 mails read: 1 delivered, 1 delayed, 1 automatic, 1 known, 1 not ours, 1 no report\n"
    assert clean("digest", "unsure") == "No mail is unsure.\n"
    assert clean("digest", "status").splitlines()[:2] == ["accepted: 2", "refused: 1"]

    at(monkeypatch, "2026-12-01T15:00:00+00:00")
    clean("digest", "plan", *NEXT_WEEK)
    run("digest", "send")
    second = run("digest", "bounces", box("next", GONE(sent(5), "<7@mx.example>")), "--recorded", "2026-12-01")
    assert second.stdout == (
        "1 mail read: 1 hard\nM-000005  R-000001  2026-W49  hard 5.1.1  score 4\nR-000001 is sent nothing from now on\n"
    )
    listed = run("roster", "list")
    assert [text.split()[0] for text in listed.stdout.splitlines() if "none since 2026-12-01" in text] == [JO]
    assert "bounced: hard 5.1.1 (M-000005)" in clean("roster", "list", "--private")
    clean("roster", "resume", JO, "--recorded", "2026-12-02")
    late = run("digest", "bounces", box("late", failed("5.2.2")(sent(5), "<8@mx.example>")))
    assert late.stdout.endswith("soft 5.2.2  score 0\n")
    nobody_named(dry, first, again, second, listed, late)


def test_so_many_at_once_are_asked_about(week: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the few that may go at any time set to none: one of three is more than a tenth."""
    monkeypatch.setattr(bounces, "FEW", 0)
    monkeypatch.setattr(bounces, "ENOUGH", 2)
    where = box("files", GONE(sent(1), "<1@mx.example>"))
    said = run("digest", "bounces", where)
    assert (said.exit_code, said.stdout) == (1, "")
    assert said.stderr.startswith("Error: 1 people of 3 would be sent nothing more, ")
    nobody_named(said)
    assert "1 known" not in clean("digest", "bounces", where, "--dry-run")  # nothing was written
    assert clean("digest", "bounces", where, "--accept").endswith("R-000001 is sent nothing from now on\n")


def test_as_json(week: Path) -> None:
    mails = [GONE(sent(1), "<1@x>"), failed("5.7.26")(sent(2), "<2@x>"), letter(sent(1), "<3@x>")]
    said = run("digest", "bounces", box("files", *mails), "--dry-run", "--format", "json")
    nobody_named(said)
    assert json.loads(said.stdout) == {
        "counts": {"hard": 1, "no report": 1, "policy": 1},
        "returned": [
            {"mail": "M-000001", "person": JO, "period": "2026-W48", "verdict": "hard", "status": "5.1.1", "score": 2},
            {"mail": "M-000002", "person": "R-000002", "period": "2026-W48", "verdict": "policy", "status": "5.7.26",
             "score": 0},
        ],
        "settled": ["M-000002"], "stopped": [], "written": False,
    }  # fmt: skip


def test_what_is_broken_stops_nothing(week: Path) -> None:
    """Between mails that are none, octets of every kind and one of eleven megabytes stands a bounce, and is read."""
    good = GONE(sent(1), "<1@x>")
    rubbish = [
        b"", bytes(range(256)), b"Content-Type: message/rfc822\n\n" * 5_000, good[:900],
        good.replace(b"message/delivery-status", b"text/plain"), good + b"x" * 11_000_000,
        report(sent(1), "Final-Recipient: \xff\n\nStatus: \0").replace(b"Jo", b"\xff\xfe"),
    ]  # fmt: skip
    said = run("digest", "bounces", box("maildir", *rubbish[:3], good, *rubbish[3:]))
    nobody_named(said)
    head, line = said.stdout.splitlines()
    assert head.startswith("8 mails read: 1 hard, ")
    assert head.endswith(", 1 too large")
    assert line == "M-000001  R-000001  2026-W48  hard 5.1.1  score 2"


def test_a_local_that_has_sent_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a book, and without a section of mail: nothing is ours, and no book is made."""
    monkeypatch.delenv("DEADLINES_BOOKS", raising=False)
    monkeypatch.chdir(copy_of_chicago(tmp_path / "local"))
    where = box("bounces.mbox", GONE(Sent(), "<1@x>"), letter(Sent(), "<2@x>"))
    assert clean("digest", "bounces", where) == "2 mails read: 1 not ours, 1 no report\n"
    assert not Path("books").exists()
    with Path("deadlines.yaml").open("a", encoding="utf-8") as file:
        file.write(MAIL_SECTION)
    Path("../empty").touch()
    assert clean("digest", "bounces", "../empty") == "0 mails read\n"


@pytest.mark.parametrize("name", ["missing", "notes.txt", "empty", "loop.eml", "pipe"])
def test_what_is_no_mailbox_is_told_and_nothing_written(week: Path, name: str) -> None:
    Path("../notes.txt").write_text(f"Dear {NAMES[0]}\nFrom now on\n", encoding="utf-8")
    Path("../empty").mkdir()
    Path("../loop.eml").symlink_to("loop.eml")
    os.mkfifo("../pipe")
    before = Path("books/events.sqlite").read_bytes()
    said = run("digest", "bounces", f"../{name}")
    assert (said.exit_code, said.stdout) == (1, "")
    assert said.stderr.startswith(f"Error: ../{name}: ")
    assert said.stderr.endswith("; nothing was written\n")
    nobody_named(said)
    assert Path("books/events.sqlite").read_bytes() == before


def test_a_file_within_that_cannot_be_read_is_not_named(week: Path) -> None:
    where = Path(box("files", GONE(sent(1), "<1@x>")))
    (where / f"{NAMES[1]}.eml").symlink_to(f"{NAMES[1]}.eml")
    said = run("digest", "bounces", str(where))
    nobody_named(said)
    assert (said.exit_code, said.stdout) == (1, "")
    assert "symbolic links" in said.stderr
    assert clean("digest", "bounces", box("other", GONE(sent(1), "<1@x>"))).startswith("1 mail read: 1 hard\n")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("a", "Vogelquist"),
        ("--Vogelquist", "a"),
        ("a", "--recorded", "Vogelquist"),
        ("a", "--format", "Vogelquist"),
    ],
)
def test_what_does_not_fit_is_not_repeated(week: Path, words: tuple[str, ...]) -> None:
    said = run("digest", "bounces", *words)
    assert (said.exit_code, said.stdout) == (2, "")
    nobody_named(said)
