"""A relay nobody here wrote: aiosmtpd takes our commands as the RFCs say them, with STARTTLS and a password.

Our own fault relay shows what goes wrong; this one shows that it is SMTP that we speak.
"""

from __future__ import annotations

import hashlib
import socket
import ssl
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from deadlines.books import open_book
from deadlines.books.outbox import Outbox
from deadlines.model.mail import PLAIN, STARTTLS, Relay
from deadlines.sending.run import Report, Run
from deadlines.sending.smtp import NoConnection, connect
from tests.composing.people import JO, NOVEMBER, composer, local, person
from tests.sending.test_faults import Clock, row
from tests.sending.test_tls import CERTIFICATE, KEY
from tests.support import NAMESPACE

USER, PASSWORD = "digest", "secret-canary"
REFUSED = {"gone@r.example": "550 5.1.1 no such mailbox", "full@r.example": "452 4.2.2 mailbox full"}


class Taker:
    """Keeps what it takes; two mailboxes are refused, for now and for good."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], bytes]] = []

    async def handle_RCPT(  # noqa: N802 - its name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in REFUSED:
            return REFUSED[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        assert envelope.mail_from
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 taken"


def _known(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    known = data.login == USER.encode() and data.password == PASSWORD.encode()
    return AuthResult(success=known, handled=False)


@pytest.fixture
def taker() -> Taker:
    return Taker()


@pytest.fixture
def plain(taker: Taker) -> Iterator[Controller]:
    yield from _running(Controller(taker, hostname="127.0.0.1", port=_free()))


@pytest.fixture
def signed_in(taker: Taker) -> Iterator[Controller]:
    """Wants encryption, then a password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, KEY)
    kind: dict[str, Any] = {
        "tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": _known
    }  # fmt: skip
    yield from _running(Controller(taker, hostname="127.0.0.1", port=_free(), **kind))


def _free() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _running(controller: Controller) -> Iterator[Controller]:
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()


def at(controller: Controller, **more: Any) -> Relay:
    return Relay("localhost", controller.port, **more)


def send(outbox: Outbox, relay: Relay, password: str = "", trust: ssl.SSLContext | None = None) -> Report:
    clock = Clock()
    return Run(outbox, lambda: connect(relay, password, trust), clock.now, clock.sleep).go()


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(open_book(tmp_path, "", NAMESPACE))


def test_it_takes_what_was_planned_to_the_octet(outbox: Outbox, plain: Controller, taker: Taker) -> None:
    """A real mail of Chicago, with lines that begin with a dot among others."""
    mail = composer(local()).planned(person(JO), NOVEMBER, NOVEMBER)
    dots = row("dots", data=b"Subject: x\r\n\r\n.\r\n..\r\n.dot\r\nend\r\n")
    outbox.plan([mail, dots], mail.due)
    assert send(outbox, at(plain, security=PLAIN)).ends == Counter(accepted=2)
    assert [(sender, to) for sender, to, _ in taker.taken] == [
        (mail.sender, ["jo@example.org"]), ("bounces+dots@u.example", ["dots@r.example"]),
    ]  # fmt: skip
    assert [hashlib.sha256(data).digest() for _, _, data in taker.taken] == [
        hashlib.sha256(data).digest() for data in (mail.data, dots.data)
    ]
    read = message_from_bytes(taker.taken[0][2], policy=policy.SMTP)
    assert not read.defects
    assert [part.get_content_type() for part in read.walk()] == ["multipart/alternative", "text/plain", "text/html"]


def test_what_it_refuses_now_and_for_good(outbox: Outbox, plain: Controller, taker: Taker) -> None:
    outbox.plan([row("gone"), row("full"), row("ok")], row("ok").due)
    assert send(outbox, at(plain, security=PLAIN)).ends == Counter(refused=1, later=1, accepted=1)
    assert [to for _, to, _ in taker.taken] == [["ok@r.example"]]


def test_encrypted_and_signed_in(outbox: Outbox, signed_in: Controller, taker: Taker) -> None:
    trust = ssl.create_default_context(cafile=CERTIFICATE)
    relay = at(signed_in, security=STARTTLS, user=USER)
    outbox.plan([row("ok")], row("ok").due)
    assert send(outbox, relay, PASSWORD, trust).ends == Counter(accepted=1)
    assert len(taker.taken) == 1


def test_a_wrong_password_sends_nothing(outbox: Outbox, signed_in: Controller, taker: Taker) -> None:
    trust = ssl.create_default_context(cafile=CERTIFICATE)
    with pytest.raises(NoConnection) as error:
        connect(at(signed_in, security=STARTTLS, user=USER), "wrong", trust)
    assert str(error.value) == "localhost: the user or the password is not accepted (535)"
    assert taker.taken == []


def test_a_relay_that_wants_a_password_and_gets_none_takes_nothing(
    outbox: Outbox, signed_in: Controller, taker: Taker
) -> None:
    """530 at MAIL is about us, not about the reader: refused as policy, nobody suppressed."""
    trust = ssl.create_default_context(cafile=CERTIFICATE)
    outbox.plan([row("ok")], row("ok").due)
    report = send(outbox, at(signed_in, security=STARTTLS), "", trust)
    assert report.ends["accepted"] == 0
    assert taker.taken == []
