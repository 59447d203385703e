"""From a roster to a relay by the commands, as a steward does it; planted names are in nothing they print."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from calendars import clock
from deadlines.books.engine import BookRefused
from deadlines.books.outbox import Outbox
from tests.composing.test_commands import HEAD
from tests.mail.sample import MAIL_SECTION
from tests.sending.relay import FaultRelay
from tests.support import clean, copy_of_chicago, run

NAMES = ("kanarienna", "vogelquist")
ROSTER = f"""{HEAD}
kanarienna@vogelquist.example,"Vogelquist, Kanarienna",delegate,,,,,,
dot-drop-vogelquist@r.example,Kanarienna,delegate,,,,,,
rcpt-550511-vogelquist@r.example,Kanarienna,delegate,,,,,,
bo@example.org,,technology coordinator,,,,,,
"""
ON = ("--on", "2026-11-23")


@pytest.fixture
def relay() -> Iterator[FaultRelay]:
    with FaultRelay() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, relay: FaultRelay) -> Path:
    """Chicago of 2026-27, four people, a relay that fails two of them, and a moment at which the mails are due."""
    for name in ("DEADLINES_BOOKS", "DEADLINES_RELAY_PASSWORD", "DEADLINES_RELAY_PASSWORD_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(copy_of_chicago(tmp_path / "local"))
    with Path("deadlines.yaml").open("a", encoding="utf-8") as file:
        file.write(MAIL_SECTION + f"  relay: {{host: 127.0.0.1, port: {relay.port}, security: none}}\n")
    Path("roster.csv").write_text(ROSTER, encoding="utf-8")
    clean("roster", "import", "--recorded", "2026-08-01")
    at(monkeypatch, "2026-11-24T15:00:00+00:00")
    return Path.cwd()


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """What the one place that reads the clock says, and what is slept goes by."""
    slept = [datetime.fromisoformat(moment)]
    monkeypatch.setattr(clock, "utc_now", lambda: slept[0])
    monkeypatch.setattr(time, "sleep", lambda seconds: slept.insert(0, slept[0] + timedelta(seconds=seconds)))


def nobody_named(*results: Result) -> None:
    for result in results:
        said = (result.stdout + result.stderr + repr(result.exception)).lower()
        assert not [name for name in NAMES if name in said], said


def test_a_week_from_the_plan_to_the_end(folder: Path, relay: FaultRelay) -> None:
    planned = run("digest", "plan", *ON)
    assert planned.stdout == "2026-W48: 3 mails, 1 of the roster with nothing to be told; 4 new in the outbox\n", (
        planned.output
    )
    again = run("digest", "plan", *ON)
    assert again.stdout == "2026-W48: 3 mails, 1 of the roster with nothing to be told; 0 new in the outbox\n"
    dry = run("digest", "send", "--dry-run")
    assert dry.stdout == "3 due now; nothing was sent\n"
    kept = run("digest", "send", "--to-folder", "../due")
    assert kept.stdout == "../due: 3 due now; nothing was sent\n"
    assert relay.kept.connections == 0
    sent = run("digest", "send")
    assert sent.exit_code == 0
    assert sent.stdout == (
        "1 accepted, 1 refused, 1 unsure\nNobody knows whether the unsure ones arrived: deadlines digest unsure\n"
    )
    assert run("digest", "send").stdout == "nothing was due\n"
    status = run("digest", "status", "--state", "refused")
    assert status.stdout.splitlines() == [
        "accepted: 1", "refused: 1", "unsure: 1", "quiet: 1", "M-000003  R-000003  2026-W48  550 5.1.1 at RCPT",
    ]  # fmt: skip
    unsure = run("digest", "unsure")
    assert unsure.stdout.startswith("M-000002  R-000002  2026-W48  unsure at dot  since 2026-11-24 15:00 UTC\n")
    nobody_named(planned, again, dry, sent, status, unsure)
    # The mail as it arrived is the one a steward may look at beforehand, and nothing is wrong with it.
    clean("digest", "compose", *ON, "--to-folder", "mails")
    (copy,) = relay.kept.accepted["kanarienna@vogelquist.example"]
    assert copy == Path("mails/R-000001-2026-W48.eml").read_bytes() == Path("../due/M-000001.eml").read_bytes()
    assert sorted(path.name for path in Path("../due").iterdir()) == [f"M-00000{n}.eml" for n in (1, 2, 3)]
    assert clean("digest", "lint", "mails").startswith("clean")


def test_a_mailbox_the_relay_does_not_know_is_sent_nothing_more(folder: Path) -> None:
    """R-000003 was refused with 5.1.1; nobody else is stopped."""
    clean("digest", "plan", *ON)
    run("digest", "send")
    stopped = [line for line in clean("roster", "list").splitlines() if "none since" in line]
    assert [line.split()[0] for line in stopped] == ["R-000003"]


def test_an_unsure_mail_is_settled_by_a_person(folder: Path, relay: FaultRelay) -> None:
    clean("digest", "plan", *ON)
    run("digest", "send")
    assert clean("digest", "resend", "M-2") == "M-000002 is planned again\n"
    assert "1 unsure" in run("digest", "send").stdout
    first, second = relay.kept.accepted["dot-drop-vogelquist@r.example"]
    assert first == second
    assert clean("digest", "unsure", "--assume-accepted", "M-000002") == "M-000002 counts as accepted\n"
    assert clean("digest", "unsure") == "No mail is unsure.\n"
    for words in (("resend", "M-2"), ("unsure", "--assume-accepted", "M-2"), ("resend", "M-9")):
        said = run("digest", *words)
        assert (said.exit_code, said.stdout) == (1, "")
        assert "no unsure mail" in said.stderr


def test_held_is_held(folder: Path, relay: FaultRelay) -> None:
    clean("digest", "plan", *ON)
    assert clean("digest", "hold") == "3 held; deadlines digest hold --release lets them go\n"
    assert run("digest", "send").stdout == "nothing was due\n"
    assert relay.kept.connections == 0
    assert clean("digest", "hold", "--release") == "3 planned again\n"
    assert "1 accepted" in run("digest", "send").stdout


def test_whoever_is_suppressed_after_the_plan_is_sent_nothing(folder: Path, relay: FaultRelay) -> None:
    clean("digest", "plan", *ON)
    clean("roster", "suppress", "R-1", "--reason", "asked for it", "--recorded", "2026-11-24")
    run("digest", "send")
    assert "kanarienna@vogelquist.example" not in relay.kept.tries
    assert json.loads(clean("digest", "status", "--format", "json"))["states"] == {
        "quiet": 2,
        "refused": 1,
        "unsure": 1,
    }


def test_point_37_the_next_mail_tells_what_moved_since_the_last_accepted(folder: Path, relay: FaultRelay) -> None:
    """R-000001 had the mail of W48, R-000002 perhaps: the one is told what moved since, the other of seven days."""
    clean("digest", "plan", *ON)
    run("digest", "send")
    from deadlines.cli._book import book_of
    from deadlines.cli._common import open_local

    found, local = open_local(Path())
    assert {
        who: day.isoformat()
        for who, day in Outbox(book_of(found, local)).known_to("week", "R-000001", "R-000009").items()
    } == {"R-000001": "2026-11-23"}


def test_a_week_of_another_size_asks_first(folder: Path) -> None:
    """Three were planned; then ten more people come: nothing is planned until somebody says that it is right."""
    clean("digest", "plan", *ON)
    more = "".join(f"more-{n}@example.org,,delegate,,,,,,\n" for n in range(10))
    Path("roster.csv").write_text(ROSTER + more, encoding="utf-8")
    clean("roster", "import", "--recorded", "2026-11-25")
    said = run("digest", "plan", "--on", "2026-11-30")
    assert (said.exit_code, said.stdout) == (1, "")
    assert "2026-W49 would have 13 mails, 2026-W48 had 3" in said.stderr
    planned = clean("digest", "plan", "--on", "2026-11-30", "--accept")
    assert planned == "2026-W49: 13 mails, 1 of the roster with nothing to be told; 14 new in the outbox\n"
    again = clean("digest", "plan", "--on", "2026-11-30")  # nothing is new: nothing is asked
    assert again == "2026-W49: 13 mails, 1 of the roster with nothing to be told; 0 new in the outbox\n"
    # A week like one of the last two is as usual: the last may have been planned in part.
    assert "13 mails" in clean("digest", "plan", "--on", "2026-12-07")


def test_a_relay_that_is_not_there(folder: Path, relay: FaultRelay) -> None:
    clean("digest", "plan", *ON)
    text = Path("deadlines.yaml").read_text(encoding="utf-8")
    Path("deadlines.yaml").write_text(text.replace(f"port: {relay.port}", "port: 1"), encoding="utf-8")
    said = run("digest", "send")
    nobody_named(said)
    assert said.exit_code == 1
    assert said.stderr == "Stopped: 127.0.0.1:1 does not answer (Connection refused).\n"
    assert said.stdout.startswith("nothing was sent\n")
    assert "next: " in said.stdout


def test_point_27_a_book_that_fails_after_the_answer_leaves_an_unsure_mail(
    folder: Path, relay: FaultRelay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The relay took it, and that cannot be written down: twenty minutes later it is unsure, and not sent again."""
    clean("digest", "plan", *ON)

    def fails(*given: object) -> None:
        raise BookRefused("the database of the book cannot be reached")

    with monkeypatch.context() as broken:
        broken.setattr(Outbox, "accepted", fails)
        said = run("digest", "send")
    nobody_named(said)
    assert (said.exit_code, said.stdout) == (1, "")
    assert said.stderr.endswith("cannot be reached; what had its dot sent and no answer written down is unsure\n")
    assert len(relay.kept.accepted["kanarienna@vogelquist.example"]) == 1
    at(monkeypatch, "2026-11-24T15:21:00+00:00")
    run("digest", "send")
    assert len(relay.kept.accepted["kanarienna@vogelquist.example"]) == 1
    assert "M-000001  R-000001  2026-W48  the sender stopped after the dot" in clean("digest", "unsure")


def test_the_password_is_asked_for_where_it_belongs(
    folder: Path, relay: FaultRelay, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = Path("deadlines.yaml").read_text(encoding="utf-8")
    Path("deadlines.yaml").write_text(text.replace("security: none", "security: none, user: user"), encoding="utf-8")
    clean("digest", "plan", *ON)
    said = run("digest", "send")
    assert (said.exit_code, said.stdout) == (1, "")
    assert "DEADLINES_RELAY_PASSWORD_FILE" in said.stderr
    monkeypatch.setenv("DEADLINES_RELAY_PASSWORD_FILE", str(tmp_path / "missing"))
    assert "cannot be read" in run("digest", "send").stderr
    (tmp_path / "password").write_text("secret\n", encoding="utf-8")
    monkeypatch.setenv("DEADLINES_RELAY_PASSWORD_FILE", str(tmp_path / "password"))
    said = run("digest", "send")
    assert "1 accepted" in said.stdout
    assert "secret" not in said.stdout + said.stderr


def test_without_a_relay_or_a_roster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEADLINES_BOOKS", raising=False)
    monkeypatch.chdir(copy_of_chicago(tmp_path / "local"))
    assert clean("digest", "status") == "The outbox is empty.\n"
    assert clean("digest", "unsure") == "No mail is unsure.\n"
    assert clean("digest", "send", "--dry-run") == "0 due now; nothing was sent\n"
    assert "names no relay" in run("digest", "send").stderr
    assert not Path("books").exists()
    with Path("deadlines.yaml").open("a", encoding="utf-8") as file:
        file.write(MAIL_SECTION)
    assert "Nobody in the roster" in clean("digest", "plan", *ON)


@pytest.mark.parametrize(
    "words", [("resend",), ("resend", "E-1"), ("resend", "Vogelquist"), ("unsure", "--assume-accepted", "Vogelquist"),
              ("status", "--state", "Vogelquist"), ("hold", "Vogelquist"), ("send", "--to", "Vogelquist")]
)  # fmt: skip
def test_what_does_not_fit_is_not_repeated(folder: Path, words: tuple[str, ...]) -> None:
    said = run("digest", *words)
    assert (said.exit_code, said.stdout) == (2, "")
    nobody_named(said)
