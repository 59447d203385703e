"""What a mail in the mailbox for bounces reports; a good half of it about mails that are no reports, or broken ones."""

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deadlines.mail.bounce import Notice, id_of, notice
from deadlines.mail.mailboxes import NoMailbox, mails
from tests.mail.returned import SHAPES, Sent, exchange, failed, header_of, letter, old_exim, report, rfc_several

SENT = Sent()
OURS = failed("5.1.1")(SENT, "<b1@mx.example>")


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_names_its_mail(name: str) -> None:
    """The tag in the address; and, of a report, the Message-ID of what it returns or the recipient."""
    shape, _, status = SHAPES[name]
    found = notice(shape(SENT, "<b1@mx.example>"))
    assert found.senders == (SENT.sender,)
    if status:
        assert found.returned == (SENT.id,)
        named = [one for one in found.deliveries if SENT.address in one.recipients]
        assert named or "gateway" in name


def test_each_recipient_has_a_group_of_its_own() -> None:
    """RFC 3464 section 2.3: the first group is about the message, each further one about a recipient."""
    found = notice(rfc_several(SENT, "<b1@mx.example>")).deliveries
    assert [(one.recipients, one.action, one.status) for one in found] == [
        (("somebody@one.example",), "failed", "5.0.0"),
        (("jo@example.org",), "delayed", "4.0.0"),
        (("another@two.example",), "failed", "5.0.0"),
    ]


@pytest.mark.parametrize(
    "header", ["Delivered-To", "X-Original-To", "Envelope-To", "TO", "x-envelope-to"]
)  # fmt: skip
def test_the_tag_is_found_where_the_deliverer_put_it(header: str) -> None:
    mail = OURS.replace(b"To: bounces", f"{header}: bounces".encode())
    assert notice(mail).senders == (SENT.sender,)
    shouted = OURS.replace(b"To: bounces+0123456789abcdef@union", b"To: <BOUNCES+0123456789ABCDEF@Union")
    assert notice(shouted).senders == (SENT.sender,)


@pytest.mark.parametrize(
    "address", ["bounces@union.example", "bounces+012345@union.example", "bounces+0123456789abcdeg@union.example", ""]
)
def test_an_address_without_a_tag_is_nobodys(address: str) -> None:
    assert notice(OURS.replace(SENT.sender.encode(), address.encode())).senders == ()


def test_the_same_bounce_is_the_same_in_another_mailbox() -> None:
    """Other line ends, marks of a mailbox, or no Message-ID at all; another bounce is another."""
    marked = b"Status: RO\nX-UID: 7\n" + OURS
    assert len({notice(data).digest for data in (OURS, marked, OURS.replace(b"\n", b"\r\n"))}) == 1
    without = OURS.replace(b"Message-ID: <b1@mx.example>\n", b"")
    again = (without, b"Status: RO\n" + without, without.replace(b"\n", b"\r\n"), without + b"\n")
    assert len({notice(data).digest for data in again}) == 1
    assert len({notice(data).digest for data in (OURS, without, failed("5.1.1")(SENT, "<b2@mx.example>"))}) == 3


def test_a_report_that_somebody_forwards_is_no_report() -> None:
    """A colleague sends us the bounce they got: it is enclosed, and says nothing about a mail of ours to them."""
    enclosed = (
        f'To: {SENT.sender}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="=F"\n\n'
        "--=F\nContent-Type: text/plain\n\nWhat is this?\n\n--=F\nContent-Type: message/rfc822\n\n"
    ).encode() + OURS + b"\n--=F--\n"  # fmt: skip
    assert notice(enclosed).deliveries == ()


def test_a_gateway_may_wrap_a_report() -> None:
    """Some add a footer, and so a multipart/mixed, to whatever passes."""
    head, _, body = OURS.partition(b"Content-Type: multipart/report")
    wrapped = (
        head + b'Content-Type: multipart/mixed; boundary="=W"\n\n--=W\nContent-Type: multipart/report' + body
        + b"\n--=W\nContent-Type: text/plain\n\nScanned.\n\n--=W--\n"
    )  # fmt: skip
    assert [one.status for one in notice(wrapped).deliveries] == ["5.1.1"]
    assert notice(wrapped).returned == (SENT.id,)


def test_what_old_exim_returned_is_not_what_it_said() -> None:
    """Below the line stands our own mail, in which there may be a code, and the word spam."""
    (one,) = notice(old_exim("550 no")(SENT, "<b1@mx.example>")).deliveries
    assert "550 no" in one.diagnostic
    assert "5.1.1" not in one.diagnostic
    assert "spam" not in one.diagnostic
    cut = old_exim("550 no")(SENT, "<b1@mx.example>").partition(b"------")[0]
    assert notice(cut).returned == ()


# ---- broken --------------------------------------------------------------------------------------------

NO_PART = OURS.replace(b"message/delivery-status", b"text/plain")
BROKEN = {
    "nothing": b"",
    "no header": b"\n\nHello\n",
    "octets": bytes(range(256)) * 40,
    "zeros": b"\0" * 100_000,
    "no delivery-status part": NO_PART,
    "an empty delivery-status part": report(SENT, ""),
    "a delivery-status part of no fields": report(SENT, "no: no\n\nno"),
    "neither action nor status": report(SENT, "Reporting-MTA: x\n\nFinal-Recipient: rfc822; jo@example.org"),
    "no recipient": report(SENT, "Reporting-MTA: dns; x\n\nAction: failed\nStatus: 5.1.1"),
    "cut off before the report": OURS[: OURS.index(b"Reporting-MTA")],
    "no boundary": OURS.replace(b'; boundary="=B"', b""),
    "another boundary": OURS.replace(b'boundary="=B"', b'boundary="=C"'),
    "an empty boundary": OURS.replace(b'boundary="=B"', b'boundary=""'),
    "two content types": b"Content-Type: text/plain\n" + OURS,
    "a type that is none": OURS.replace(b"multipart/report;", b"/;;="),
    "nested a thousand deep": b"Content-Type: message/rfc822\n\n" * 5_000,
    "parts in parts": b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_reports_nothing(name: str) -> None:
    assert notice(BROKEN[name]).deliveries == ()


@pytest.mark.parametrize(
    "name", ["é as latin-1", "a charset that is none", "a header of 100,000 signs", "cut off", "base64"]
)
def test_what_can_still_be_read_is_read(name: str) -> None:
    data = {
        "é as latin-1": OURS.replace(b"Jo <", "J\xe9 <".encode("latin-1")).replace(b"could", b"c\xffuld"),
        "a charset that is none": OURS.replace(b"us-ascii", b"klingon-8"),
        "a header of 100,000 signs": b"X-Long: " + b"x" * 100_000 + b"\n" + OURS,
        "base64": OURS.replace(b"MIME-Version", b"Content-Transfer-Encoding: base64\nMIME-Version"),
        "cut off": OURS[: OURS.index(b"--=B--") - 60],
    }[name]
    assert [one.status for one in notice(data).deliveries] == ["5.1.1"]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60), st.integers(0, len(OURS)), st.integers(0, 200))
def test_no_octets_are_an_error(data: bytes, where: int, less: int) -> None:
    """Anything at any place of a report, with anything taken out."""
    assert isinstance(notice(OURS[:where] + data + OURS[where + less :]), Notice)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(sorted(SHAPES)), st.lists(st.integers(0, 3000), max_size=6))
def test_no_broken_line_is_an_error(name: str, places: list[int]) -> None:
    data = SHAPES[name][0](SENT, "<b1@mx.example>")
    for place in places:
        data = data[:place] + b"\r\n\r\n" + data[place + 1 :]
    notice(data)


def test_a_header_full_of_addresses_costs_little() -> None:
    many = ", ".join(f"b+{n:016x}@union.example" for n in range(5_000))
    assert len(notice(f"To: {many}\n\nx".encode()).senders) == 20


def test_the_id_of_a_message_of_ours() -> None:
    assert id_of(header_of(SENT).encode() + b"\r\n\r\nMessage-ID: <other@x>") == SENT.id
    assert id_of(b"Subject: x\n\nMessage-ID: <other@x>") == ""


# ---- mailboxes -----------------------------------------------------------------------------------------

MAILS = [OURS, letter(SENT, "<l1@example.org>"), exchange("5.2.2", "full")(SENT, "<b2@mx.example>")]


def as_mbox(path: Path) -> Path:
    box = mailbox.mbox(path)
    for data in MAILS:
        box.add(data)
    box.close()
    return path


def as_maildir(path: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (path / name).mkdir(parents=True)
    (path / "new/2.host").write_bytes(MAILS[0])
    (path / "cur/1.host:2,S").write_bytes(MAILS[1])
    (path / "cur/3.host:2,").write_bytes(MAILS[2])
    (path / "tmp/4.host").write_bytes(b"half of a ma")
    (path / "cur/.hidden").write_bytes(b"x")
    return path


def as_files(path: Path) -> Path:
    (path / "sub").mkdir(parents=True)
    for name, data in zip(("a.eml", "sub/b.eml", "c.eml"), MAILS, strict=True):
        (path / name).write_bytes(data)
    (path / "notes.txt").write_text("no mail")
    (path / "folder.eml").mkdir()
    return path


@pytest.mark.parametrize("make", [as_mbox, as_maildir, as_files])
def test_a_mailbox_is_read_and_not_changed(tmp_path: Path, make: object) -> None:
    assert callable(make)
    path = make(tmp_path / "mailbox")
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in tmp_path.rglob("*") if file.is_file()}
    found = [data for data in mails(path, 10_000) if data is not None]
    assert sorted(notice(data).digest for data in found) == sorted(notice(data).digest for data in MAILS)
    assert {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in tmp_path.rglob("*") if file.is_file()} == (
        before
    )
    assert [data for data in mails(path, 100) if data is not None] == []  # all are larger


def test_one_file_is_a_mailbox_of_one(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(OURS)
    assert list(mails(tmp_path / "one.eml", 10_000)) == [OURS]


def test_an_empty_mailbox_is_one(tmp_path: Path) -> None:
    """What a mail server makes before the first mail, and an mbox file after the last one was taken out."""
    for name in ("new", "cur"):
        (tmp_path / "dir" / name).mkdir(parents=True)
    (tmp_path / "mbox").touch()
    assert list(mails(tmp_path / "dir", 100)) == []
    assert list(mails(tmp_path / "mbox", 100)) == []


@pytest.mark.parametrize("name", ["notes.txt", "empty", "half", "maildir/cur"])
def test_what_is_no_mailbox(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("Dear all\nFrom now on\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / "half/new").mkdir(parents=True)
    as_maildir(tmp_path / "maildir")
    with pytest.raises(NoMailbox):
        list(mails(tmp_path / name, 100))


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A link that leads to itself, which no right helps; and one that leads nowhere is a mail somebody took away."""
    as_maildir(tmp_path / "box")
    (tmp_path / "box/new/5").symlink_to(tmp_path / "nowhere")
    assert len(list(mails(tmp_path / "box", 10_000))) == 3
    (tmp_path / "box/new/6").symlink_to(tmp_path / "box/new/6")
    with pytest.raises(OSError, match="symbolic links"):
        list(mails(tmp_path / "box", 10_000))
    with pytest.raises(FileNotFoundError):
        list(mails(tmp_path / "missing", 100))
