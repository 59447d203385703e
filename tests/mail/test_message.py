"""What we write, read by the standard library and by our linter, which shares no code with the writer."""

from __future__ import annotations

import hashlib
import random
import re
import subprocess
import sys
from dataclasses import asdict, replace
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses

import pytest

from deadlines.mail.headers import subject
from deadlines.mail.lint import lint
from deadlines.mail.message import Letter, Sender, encoded, envelope_sender, message, message_id, unsubscribe_addresses
from tests.support import ROOT

CHICAGO = timezone(timedelta(hours=-6))
SENDER = Sender(
    "The union's dates", "digest@union.example", "bounces@union.example", "leave@union.example", "digest.union.example"
)
ONLINE = replace(SENDER, one_click="https://union.example/u/")
TOKEN = "0123456789abcdefghijkl"
MONDAY = datetime(2018, 11, 12, 7, tzinfo=CHICAGO)
LETTER = Letter("Jo", "jo@example.org", "Dates, week of November 12, 2018", MONDAY, "k", TOKEN)
LINK = unsubscribe_addresses(SENDER, TOKEN)[0]
TEXT = f"Monday November 12, 2018: café.\n.a line that begins with a dot\nFrom here on\n{'x' * 300}\n{LINK}\n"
HTML = (
    '<html lang="en" dir="ltr"><head><title>Dates</title></head><body><h1>Dates</h1>\n'
    f'<p>Monday November 12, 2018: café.</p><p><a href="{LINK}">Unsubscribe</a></p></body></html>\n'
)
# Names and subjects in five languages, with everything a header takes amiss.
NAMES = [
    "", "Jo", "Doe, Jane", 'Jane "JJ" Doe', "Ñandú", "Måns Öberg, von und zu", "王小明", "فاطمة", "=?utf-8?q?x?=",
    "a" * 120, "Ünal" + " Ünal" * 20, "a" * 600, "Jane (clerk)", "O'Hara; B.", "<x@y.example>",
]  # fmt: skip
SUBJECTS = [
    "Dates, week of November 12, 2018", "Fechas de la semana del 12 de noviembre de 2018 — delegados",
    "截止日期：2018年11月12日这一周", "مواعيد الأسبوع ١٢ نوفمبر 2018", "Öffnung 12", "=?utf-8?q?12?= is no word",
    "Dates & <tags>, 12; (x)", "é" * 60,
]  # fmt: skip


def made(letter: Letter = LETTER, sender: Sender = SENDER, text: str = TEXT, html: str = HTML) -> bytes:
    return message(sender, letter, [encoded(text)], [encoded(html)])


def read(data: bytes) -> EmailMessage:
    found = message_from_bytes(data, policy=policy.SMTP)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def parts(data: bytes) -> list[str]:
    return [part.get_content().replace("\r\n", "\n") for part in read(data).iter_parts()]


def test_a_message_has_nothing_wrong() -> None:
    assert lint(made()) == []
    html = HTML.replace(LINK, ONLINE.one_click + TOKEN)
    assert lint(made(sender=ONLINE, text=TEXT + ONLINE.one_click + TOKEN, html=html)) == []


def test_it_is_read_back_as_it_was_written() -> None:
    found = read(made())
    assert list(found) == [
        "From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe", "Auto-Submitted", "MIME-Version",
        "Content-Type",
    ]  # fmt: skip
    assert found["subject"] == LETTER.subject
    assert found["date"] == "Mon, 12 Nov 2018 07:00:00 -0600"
    assert found["to"].addresses[0].addr_spec == "jo@example.org"
    assert found["list-unsubscribe"] == f"<mailto:leave@union.example?subject=unsubscribe%20{TOKEN}>"
    assert parts(made()) == [TEXT, HTML]


def test_point_09_one_click_where_somebody_answers() -> None:
    found = read(made(sender=ONLINE))
    assert found["list-unsubscribe"].split(", ")[0] == f"<https://union.example/u/{TOKEN}>"
    assert found["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("name", NAMES)
def test_points_03_and_04_names_of_every_kind(name: str) -> None:
    """A comma makes no second reader; what is long or foreign is encoded, the address never."""
    data = made(replace(LETTER, name=name), replace(SENDER, name=name))
    for header, address in (("to", LETTER.address), ("from", SENDER.address)):
        raw = message_from_bytes(data)[header]  # unfolded by us: the library's own reader puts blanks between the words
        assert [found for _, found in getaddresses([raw])] == [address]
        words = raw[: raw.rindex("<")].strip() if "<" in raw else ""
        plain = re.sub(r"\\(.)", r"\1", words[1:-1]) if words.startswith('"') else words
        assert str(make_header(decode_header(plain))) == name
    assert [one.code for one in lint(data)] == []


@pytest.mark.parametrize("subject", SUBJECTS)
def test_point_05_subjects_of_every_kind(subject: str) -> None:
    data = made(replace(LETTER, subject=subject))
    assert read(data)["subject"] == subject
    assert {one.code for one in lint(data)} <= {"long-subject", "subject-without-day"}


def test_point_05_four_hundred_subjects_come_back_unchanged() -> None:
    """Where the standard library's own policy changes 28 of 400 (measured for digests.md, 2.3)."""
    for seed in range(400):
        dice = random.Random(seed)
        text = "".join(dice.choice("aé漢ع🎉z ,=?_") for _ in range(dice.randint(1, 90))).strip() or "x"
        written = subject(text)
        assert written.count("\n") == 1
        assert text.isascii() or max(map(len, written.split())) <= 75
        assert message_from_bytes(f"{written}\r\n".encode(), policy=policy.default)["subject"] == text


def test_the_librarys_own_policy_would_break_the_lists() -> None:
    """The trap our own headers are for: were it repaired in the library, this would tell us."""
    long = Sender(**{**asdict(ONLINE), "one_click": f"https://a-long-name-of-a-union.example/{'x' * 60}/"})
    theirs = EmailMessage(policy.SMTP)
    theirs["List-Unsubscribe"] = ", ".join(f"<{address}>" for address in unsubscribe_addresses(long, TOKEN))
    assert b"=?utf-8?" in theirs.as_bytes()
    assert read(made(sender=long))["list-unsubscribe"] == theirs["List-Unsubscribe"]
    assert lint(made(sender=long, html=HTML)) == []


@pytest.mark.parametrize(
    "letter",
    [
        replace(LETTER, name="Jo\r\nBcc: all@union.example"),
        replace(LETTER, subject="x\r\nBcc: all@union.example"),
        replace(LETTER, subject="x\n y"),
        replace(LETTER, address="jo@example.org\r\nBcc: all@union.example"),
        replace(LETTER, address="no address"),
        replace(LETTER, address="a@b.example, c@d.example"),
        replace(LETTER, token="é"),
        replace(LETTER, token="x\r\nBcc: all@union.example"),
        replace(LETTER, token="t" * 1000),
    ],
)
def test_what_does_not_fit_a_header_is_refused(letter: Letter) -> None:
    with pytest.raises(ValueError, match=r"."):
        made(letter)


def test_point_08_the_id_is_the_keys_alone() -> None:
    """Recomputed on paper: the first 32 digits of a SHA-256 over “message”, a line end and the key."""
    digest = hashlib.sha256(b"message\nk").hexdigest()[:32]
    assert message_id(SENDER, "k") == f"<digest.{digest}@union.example>"
    assert read(made())["message-id"] == message_id(SENDER, "k")
    keys = [f"{who} week {week}" for who in range(50) for week in range(50)]
    assert len({message_id(SENDER, key) for key in keys}) == len(keys)


def test_point_10_bounces_come_to_a_tag_that_names_nobody() -> None:
    found = envelope_sender(SENDER, LETTER)
    assert found.startswith("bounces+")
    assert found.endswith("@union.example")
    assert "jo" not in found
    assert found != envelope_sender(SENDER, replace(LETTER, key="other"))


def test_point_03_what_quoted_printable_must_be() -> None:
    """Lines of 76, blanks at their end, dots and From, and letters of four octets: as RFC 2045 has them."""
    texts = ["a \nb\t\n", "x" * 1000, "é" * 200 + "\n", "漢字🎉" * 60, "=\n==\n", "", ".\n..\n", "From x\n", "a\n\n\nb"]
    for text in texts:
        octets = encoded(text)
        assert all(len(line) <= 76 for line in octets.split(b"\r\n"))
        assert not any(line.endswith((b" ", b"\t")) for line in octets.split(b"\r\n"))
        assert octets.endswith(b"\r\n")
        assert parts(made(text=text, html=text))[0].removesuffix("\n") == text.removesuffix("\n")


def test_pieces_joined_are_the_whole() -> None:
    """What many share is encoded once; a message of pieces is the message of the whole text."""
    lines = TEXT.splitlines(keepends=True)
    joined = message(SENDER, LETTER, [encoded(line) for line in lines], [encoded(HTML)])
    assert joined == made()


def test_point_18_the_same_bytes_in_another_process_zone_and_hash_seed() -> None:
    script = "import sys; from tests.mail.test_message import made; sys.stdout.buffer.write(made())"
    for zone, seed in (("Asia/Tokyo", "1"), ("America/Chicago", "2")):
        ran = subprocess.run(
            [sys.executable, "-O", "-c", script], cwd=ROOT, capture_output=True, check=True,
            env={"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C", "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert ran.stdout == made()
