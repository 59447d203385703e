"""One message: headers, a text part and an HTML part, the same octets every time.

The parts come in pieces that are encoded already, so that what many readers share is encoded once. Quoted-printable
is written by ``binascii``, ten times as fast as by the email package.
"""

from __future__ import annotations

import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from deadlines.mail.headers import as_written, mailbox, subject

ONE_CLICK = "List-Unsubscribe=One-Click"  # RFC 8058 section 3.1


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends. ``bounces`` and ``unsubscribe`` are mail addresses; ``list_id`` a dotted name that never changes.

    ``one_click`` is the https address that takes a token behind it; empty as long as nobody answers there.
    """

    name: str
    address: str
    bounces: str
    unsubscribe: str
    list_id: str
    one_click: str = ""

    @property
    def domain(self) -> str:
        """The domain all ids are made under."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Letter:
    """To whom, what about, when. ``key`` names the message for good: the same key has the same Message-ID.

    ``token`` stands for the reader where an address would otherwise stand. ``at`` has a time zone.
    """

    name: str
    address: str
    subject: str
    at: datetime
    key: str
    token: str


def encoded(text: str) -> bytes:
    """A piece of a part as quoted-printable octets; it ends with a line end (RFC 2045 section 6.7)."""
    lines = text if text.endswith("\n") else text + "\n"
    return binascii.b2a_qp(lines.replace("\n", "\r\n").encode("utf-8"), quotetabs=False, istext=True)


def message(sender: Sender, letter: Letter, text: Sequence[bytes], html: Sequence[bytes]) -> bytes:
    """The octets of a message from what ``encoded`` made of the pieces of its two parts.

    Raises ValueError when a header cannot hold what it is given, such as a name with a line end in it.
    """
    boundary = "=_" + _hash("boundary", letter.key)[:32]  # “=_” is in no quoted-printable text (RFC 2045, 6.7)
    head = _head(sender, letter, boundary)
    parts = (_part(boundary, "plain", text), _part(boundary, "html", html), f"--{boundary}--\r\n".encode())
    return b"".join((head, b"\r\n", *parts))


def message_id(sender: Sender, key: str) -> str:
    """``<digest.…@union.example>``: the same for every try of one message, another for every other."""
    return f"<digest.{_hash('message', key)[:32]}@{sender.domain}>"


def envelope_sender(sender: Sender, letter: Letter) -> str:
    """Where bounces go: the address for them, with what tells whose message it was and tells nobody who that is."""
    local, _, domain = sender.bounces.rpartition("@")
    return f"{local}+{_hash('bounce', letter.key)[:16]}@{domain}"


def unsubscribe_addresses(sender: Sender, token: str) -> tuple[str, ...]:
    """What List-Unsubscribe names, the one-click address first when there is one (RFC 2369, RFC 8058)."""
    mail = f"mailto:{sender.unsubscribe}?subject=unsubscribe%20{token}"
    return (sender.one_click + token, mail) if sender.one_click else (mail,)


def _head(sender: Sender, letter: Letter, boundary: str) -> bytes:
    lists = ", ".join(f"<{address}>" for address in unsubscribe_addresses(sender, letter.token))
    lines = [
        mailbox("From", sender.name, sender.address),
        mailbox("To", letter.name, letter.address),
        subject(letter.subject),
        as_written("Date", format_datetime(letter.at)),
        as_written("Message-ID", message_id(sender, letter.key)),
        as_written("List-Id", f"<{sender.list_id}>"),
        as_written("List-Unsubscribe", lists),
        *([as_written("List-Unsubscribe-Post", ONE_CLICK)] if sender.one_click else []),
        as_written("Auto-Submitted", "auto-generated"),
        as_written("MIME-Version", "1.0"),
        as_written("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
    ]
    return "".join(lines).encode("ascii")


def _part(boundary: str, kind: str, pieces: Sequence[bytes]) -> bytes:
    lines = (
        f"--{boundary}",
        f"Content-Type: text/{kind}; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "",
    )
    return b"".join(("\r\n".join(lines).encode(), *pieces, b"\r\n"))


def _hash(what: str, key: str) -> str:
    return hashlib.sha256(f"{what}\n{key}".encode()).hexdigest()
