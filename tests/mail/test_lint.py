"""The linter of messages: each check finds its fault and names its place; nothing is wrong with what is right."""

from __future__ import annotations

import json
import re
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deadlines.mail.lint import lint, same_ids
from deadlines.mail.lint.catalogue import CHECKS
from deadlines.mail.lint.colours import contrast
from deadlines.mail.lint.parts import spoken
from tests.mail.sample import PLANTS, SAMPLE, swap
from tests.support import ROOT, run

BESIDE = {"same-message-id", "foreign-host"}  # found with more than one message, or with --host


def codes(data: bytes, *hosts: str) -> set[str]:
    return {finding.code for finding in lint(data, hosts)}


def test_the_sample_is_a_message_with_nothing_wrong() -> None:
    """Read by the standard library too: its parts are what they are meant to be."""
    assert lint(SAMPLE) == []
    read = message_from_bytes(SAMPLE, policy=policy.SMTP)
    assert isinstance(read, EmailMessage)
    assert not read.defects
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    body = read.get_body()
    assert body
    assert "Café" in body.get_content()


@pytest.mark.parametrize("code", sorted(CHECKS.keys() - BESIDE))
def test_each_check_finds_its_fault(code: str) -> None:
    assert code in codes(PLANTS[code])


def test_no_check_is_without_a_plant() -> None:
    assert PLANTS.keys() | BESIDE == CHECKS.keys()


@pytest.mark.parametrize("code", sorted(PLANTS.keys() - {"not-a-message", "empty-part"}))
def test_a_fault_is_found_and_little_else(code: str) -> None:
    """A fault may bring another with it (no unsubscribe: no link of it either), but no list of noise."""
    assert len(codes(PLANTS[code])) <= 3


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, {"header-missing", "header-twice", "header-empty", "bad-header", "bad-date", "bcc", "not-a-message"}),
        (2, {"line-end", "last-line-end", "long-line", "eight-bit"}),
        (3, {"long-body-line", "long-encoded-word"}),
        (4, {"encoded-word-in-header"}),
        (5, {"folded-subject", "bad-subject", "long-subject", "subject-without-day"}),
        (6, {"not-alternative", "not-utf-8", "empty-part"}),
        (7, {"text-without-link", "text-without-date", "text-without-article"}),
        (8, {"bad-message-id", "same-message-id", "foreign-message-id"}),
        (9, {"no-list-id", "no-unsubscribe", "long-unsubscribe", "plain-unsubscribe", "bad-one-click"}),
        (10, {"no-auto-submitted", "asks-receipt"}),
        (11, {"too-large", "late-unsubscribe"}),
        (12, {"no-language", "no-title", "headings", "table-without-role", "picture-without-words", "vague-link"}),
        (13, {"low-contrast"}),
        (14, {"runs-code", "remote-picture", "refused-style"}),
        (15, {"not-https", "address-in-link", "foreign-host"}),
        (16, {"wrong-weekday"}),
        (20, {"weak-signature"}),
    ],
)
def test_points_by_their_number(number: int, expected: set[str]) -> None:
    assert {code for code, check in CHECKS.items() if check.point == number} == expected


# ---- more than one plant each ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Mon, 12 Nov 2018 07:00:00 -0600", "yesterday", "bad-date"),
        ("Jo <jo@example.org>", "Jo <=?utf-8?q?jo?=@example.org>", "encoded-word-in-header"),
        ("Message-ID: <digest.1@", "Message-ID: <a b@", "bad-message-id"),
        ("List-Unsubscribe: <https://union.example/u/t1>, <mailto:", "List-Unsubscribe: <mailto:", "bad-one-click"),
        ("Content-Type: text/html; charset=utf-8", "Content-Type: text/html", "not-utf-8"),
        ("Content-Type: text/plain", "Content-Type: text/html", "not-alternative"),
        ("<h1>Dates</h1>", "<h1>Dates</h1><h1>Dates</h1>", "headings"),
        ("<h1>Dates</h1>", "<h1>Dates</h1><table role=3D'x'><tr><th>a</th></tr></table>", "table-without-role"),
        ("</body>", '<link rel=3D"stylesheet" href=3D"https://x.example/a.css"></body>', "remote-picture"),
        ("</body>", '<p onclick=3D"x()">x</p></body>', "runs-code"),
        ("</body>", "<form><input></form></body>", "runs-code"),
        ("</style>", "p { position: absolute }</style>", "refused-style"),
        ("</style>", "@import 'x.css';</style>", "refused-style"),
        ("</style>", "p { background: url(x.png) }</style>", "refused-style"),
        ("</style>", ".day { color: #999999 }</style>", "low-contrast"),
        ("</style>", "@media (prefers-color-scheme: dark) { body { background: #121212; color: #333 } }</style>",
         "low-contrast"),
        ("November 12, 2018: Article 13-3. Caf=C3=A9.</p>", "November 31, 2018: Article 13-3.</p>", "wrong-weekday"),
    ],
)  # fmt: skip
def test_the_same_faults_otherwise(old: str, new: str, code: str) -> None:
    assert code in codes(swap(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("To: Jo", "To: =?utf-8?q?Jos=C3=A9?="),  # a name may be an encoded word
        ("List-Unsubscribe-Post: List-Unsubscribe=One-Click\n", ""),  # mailto alone is allowed to a small sender
        ("</body>", "<table role=3D'presentation'><tr><td>x</td></tr></table>\n</body>"),
        ("</body>", "<table><tr><th scope=3D'col'>x</th></tr></table>\n</body>"),
        ("</body>", '<img alt=3D"" src=3D"cid:1"></body>'),
        ("Message-ID: <digest.1@union", "message-id: <digest.1@mail.union"),
        ("</style>", "\n@media (prefers-color-scheme: dark) {\nbody { background: #121212; color: #eee } }\n</style>"),
        ("Monday November 12, 2018: Article 13-3. Caf=C3=A9.\nhttps", "Mon Nov 12, 2018 and Monday November 12, 2018\n"
         "Article 13-3\nhttps"),
    ],
)  # fmt: skip
def test_no_false_alarm(old: str, new: str) -> None:
    assert codes(swap(old, new)) == set()


def test_links_go_where_they_may() -> None:
    assert codes(SAMPLE, "union.example") == set()
    assert codes(SAMPLE, "other.example") == {"foreign-host"}


def test_two_messages_of_one_id() -> None:
    other = swap("<digest.1@", "<digest.2@")
    assert list(same_ids([("a", SAMPLE), ("b", other)])) == []
    ((name, finding),) = same_ids([("a", SAMPLE), ("b", other), ("c", SAMPLE)])
    assert (name, finding.code, finding.line) == ("c", "same-message-id", 5)


def test_the_place_of_a_finding_is_its_line() -> None:
    (finding,) = lint(PLANTS["folded-subject"])
    assert (finding.line, finding.text.split(":")[0]) == (3, "Subject")
    (finding,) = [one for one in lint(PLANTS["refused-style"]) if one.code == "refused-style"]
    at = PLANTS["refused-style"].split(b"\r\n").index(b"<!doctype html>") + 1
    assert finding.line == at
    assert "line 5" in finding.message  # the soft line end in the title is one line


def test_contrast_is_that_of_the_standard() -> None:
    """Black on white is 21; #777777 on white is 4.48, #767676 is 4.54: the best known pair of WCAG."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((0x77, 0x77, 0x77), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)
    assert contrast((0x76, 0x76, 0x76), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


def test_dates_in_two_languages() -> None:
    text = "Monday November 12, 2018; Sun May 5, 2019; lunes, 12 de noviembre de 2018; May 5, 2019; lunes 12"
    assert [(words, day) for _, words, _, day in spoken(text)] == [
        ("Monday November 12, 2018", date(2018, 11, 12)),
        ("Sun May 5, 2019", date(2019, 5, 5)),
        ("lunes, 12 de noviembre de 2018", date(2018, 11, 12)),
    ]


@settings(max_examples=300)
@given(st.binary(max_size=400), st.integers(0, len(SAMPLE)), st.integers(0, 60))
def test_whatever_the_bytes_nothing_is_raised(noise: bytes, at: int, less: int) -> None:
    lint(noise)
    lint(SAMPLE[:at] + noise + SAMPLE[at + less :])


# ---- the command -------------------------------------------------------------------------------------


@pytest.fixture
def mails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.eml").write_bytes(SAMPLE)
    return tmp_path


def test_a_clean_message(mails: Path) -> None:
    said = run("digest", "lint", "out/a.eml")
    assert (said.exit_code, said.stdout) == (0, "clean (1 message)\n")


def test_findings_are_told_with_line_and_whom_they_hurt(mails: Path) -> None:
    (mails / "out/b.eml").write_bytes(PLANTS["folded-subject"])
    said = run("digest", "lint", "out")
    assert said.exit_code == 1
    assert "out/b.eml:3:1: a subject on 2 lines (point 5, folded-subject)" in said.stdout
    assert "Yahoo" in said.stdout
    assert "out/b.eml:6:1: out/a.eml has it too (point 8, same-message-id)" in said.stdout
    assert said.stdout.endswith("2 findings in 1 of 2 messages.\n")
    rows = json.loads(run("digest", "lint", "out", "--format", "json").stdout)
    assert {(row["file"], row["code"], row["point"]) for row in rows} == {
        ("out/b.eml", "folded-subject", 5),
        ("out/b.eml", "same-message-id", 8),
    }


def test_what_is_no_mail_is_refused(mails: Path) -> None:
    (mails / "large.eml").write_bytes(b"x" * 10_000_001)
    (mails / "none").mkdir()
    for target in ("large.eml", "none", "missing.eml"):
        said = run("digest", "lint", target)
        assert (said.exit_code, said.stdout) == (1, "")
        assert said.stderr.startswith("Error: " + target)


def test_the_page_lists_every_check_as_the_catalogue_has_it() -> None:
    rows = re.findall(
        r"^\| (\d+) \| `([a-z0-9-]+)` \| (.+?) \| (.+?) \|$",
        (ROOT / "docs/mail-lint.md").read_text(encoding="utf-8"), re.MULTILINE,
    )  # fmt: skip
    expected = {(check.point, code, check.finds, check.hurts) for code, check in CHECKS.items()}
    assert {(int(point), code, finds, hurts) for point, code, finds, hurts in rows} == expected
    assert len(rows) == len(expected)
