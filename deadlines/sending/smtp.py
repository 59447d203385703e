"""One message handed to a relay, command by command, so that the moment before the dot can be remembered.

``smtplib.send_message`` does not say how far it came. Here a message that fails before the dot was not delivered, and
one that fails after it may have been (RFC 1047). Timeouts are those of RFC 5321, section 4.5.3.2: ten minutes after
the dot, because giving up there is what makes duplicates.
"""

from __future__ import annotations

import re
import select
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass

from deadlines.model.mail import PLAIN, TLS, Relay

CONNECT, COMMAND, DATA, BLOCK, AFTER_DOT = 30.0, 300.0, 120.0, 180.0, 600.0  # seconds
BLOCK_SIZE = 65536
ACCEPTED, REFUSED, LATER, AGAIN, UNSURE, RESTS = "accepted", "refused", "later", "again", "unsure", "rests"
ENHANCED = re.compile(rb"^([245]\.\d{1,3}\.\d{1,3})\b")


class NoConnection(Exception):
    """The relay cannot be used now; in words that hold no password and no address of a reader."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a message, and in which phase. ``code`` is the relay's, 0 when it gave none.

    ``kind``: accepted; refused; later (4xx); again (failed before the dot); unsure (failed after it); rests (421: the
    connection ends, the message is not to blame).
    """

    kind: str
    phase: str
    code: int = 0
    enhanced: str = ""

    @property
    def after_dot(self) -> bool:
        """Whether the dot had been sent."""
        return self.phase == "dot"

    @property
    def policy(self) -> bool:
        """Whether it was refused for what we are, not for who the reader is: our fault, and everybody's next."""
        return self.kind == REFUSED and (self.phase == "MAIL" or self.enhanced.startswith("5.7."))

    @property
    def no_such_reader(self) -> bool:
        """Whether the relay knows no such mailbox (RFC 3463: 5.1.x at RCPT)."""
        return self.kind == REFUSED and self.phase == "RCPT" and self.enhanced.startswith("5.1.")

    def __str__(self) -> str:
        """``550 5.1.1 at RCPT``: the relay's own words may hold an address and are left out."""
        said = " ".join(filter(None, (str(self.code) if self.code else "", self.enhanced)))
        return f"{said or self.kind} at {self.phase}"


def connect(relay: Relay, password: str, trust: ssl.SSLContext | None = None) -> smtplib.SMTP:
    """A connection to the relay, encrypted unless it is told otherwise, and signed in where there is a user.

    Raises NoConnection: nothing was sent, and no password without encryption.
    """
    context = trust or ssl.create_default_context()
    try:
        if relay.security == TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(relay.host, relay.port, timeout=CONNECT, context=context)
        else:
            server = smtplib.SMTP(relay.host, relay.port, timeout=CONNECT)
    except ssl.SSLError as error:
        raise NoConnection(f"{relay.host}: encryption failed ({error.reason or 'no reason given'})") from None
    except (OSError, smtplib.SMTPException) as error:
        raise NoConnection(f"{relay.host}:{relay.port} does not answer ({_in_words(error)})") from None
    if server.sock is not None:  # else the dot, three octets behind a body, waits for the relay to confirm the body
        server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        _sign_in(server, relay, password, context)
    except ssl.SSLError as error:
        server.close()
        raise NoConnection(f"{relay.host}: encryption failed ({error.reason or 'no reason given'})") from None
    except (OSError, smtplib.SMTPException) as error:
        server.close()
        raise NoConnection(f"{relay.host}: {_in_words(error)}") from None
    return server


def _sign_in(server: smtplib.SMTP, relay: Relay, password: str, context: ssl.SSLContext) -> None:
    server.ehlo_or_helo_if_needed()
    if relay.security not in (TLS, PLAIN):
        server.starttls(context=context)  # raises when the relay does not offer it: nothing goes out unencrypted
        server.ehlo()
    if relay.user:
        server.login(relay.user, password)


def hand_over(
    server: smtplib.SMTP, sender: str, recipient: str, data: bytes, before_dot: Callable[[], None]
) -> Verdict:
    """Give the relay one message for one reader. ``before_dot`` is called when all but the dot has been sent.

    What it raises goes through, and the dot is not sent. Never raises for what a relay or a network does.
    """
    phase = "MAIL"
    try:
        for phase, command in (("MAIL", f"FROM:<{sender}>"), ("RCPT", f"TO:<{recipient}>"), ("DATA", "")):
            _wait(server, DATA if phase == "DATA" else COMMAND)
            code, said = server.docmd(phase, command)
            if code != (354 if phase == "DATA" else 250) and not (phase == "RCPT" and code == 251):
                return _refusal(phase, code, said)
        phase = "body"
        _wait(server, BLOCK)
        for start in range(0, len(body := _stuffed(data)), BLOCK_SIZE):
            server.send(body[start : start + BLOCK_SIZE])
        if _has_spoken(server):  # it hung up, or says something before we have ended
            return _refusal(phase, *server.getreply())
    except (OSError, smtplib.SMTPException):
        return Verdict(AGAIN, phase)
    before_dot()
    try:
        _wait(server, AFTER_DOT)
        server.send(b".\r\n")
        code, said = server.getreply()
    except (OSError, smtplib.SMTPException):
        return Verdict(UNSURE, "dot")
    if 200 <= code < 300:
        return Verdict(ACCEPTED, "dot", code)
    return _refusal("dot", code, said)


def reset(server: smtplib.SMTP) -> bool:
    """Make ready for the next message after one that was refused; whether the connection still serves."""
    try:
        return server.rset()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def leave(server: smtplib.SMTP) -> None:
    """Say goodbye; what the relay answers does not matter any more."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _refusal(phase: str, code: int, said: bytes) -> Verdict:
    match = ENHANCED.match(said)
    enhanced = match[1].decode() if match else ""
    if code == 421 and phase != "dot":
        return Verdict(RESTS, phase, code, enhanced)
    if 400 <= code < 500:
        return Verdict(LATER, phase, code, enhanced)
    if 500 <= code < 600:
        return Verdict(REFUSED, phase, code, enhanced)
    return Verdict(UNSURE if phase == "dot" else AGAIN, phase)  # garbled: no code a relay gives here


def _stuffed(data: bytes) -> bytes:
    """The message with a dot before each line that begins with one (RFC 5321 section 4.5.2), ending in CRLF."""
    ended = data if data.endswith(b"\r\n") else data + b"\r\n"
    return (b"." if ended.startswith(b".") else b"") + ended.replace(b"\r\n.", b"\r\n..")


def _has_spoken(server: smtplib.SMTP) -> bool:
    sock = server.sock
    if isinstance(sock, ssl.SSLSocket) and sock.pending():
        return True
    return sock is None or bool(select.select([sock], [], [], 0)[0])


def _wait(server: smtplib.SMTP, seconds: float) -> None:
    if server.sock is None:
        raise smtplib.SMTPServerDisconnected("the connection is gone")
    server.sock.settimeout(seconds)


def _in_words(error: Exception) -> str:
    """What failed, without what a relay wrote: it may repeat what it was sent."""
    match error:
        case smtplib.SMTPAuthenticationError():
            said = f"the user or the password is not accepted ({error.smtp_code})"
        case smtplib.SMTPNotSupportedError():
            said = "it does not offer what is needed: encryption (STARTTLS), or signing in over it"
        case smtplib.SMTPResponseException():
            said = f"it answers {error.smtp_code}"
        case socket.gaierror():
            said = "no such host"
        case TimeoutError():
            said = "no answer in time"
        case _:
            said = (isinstance(error, OSError) and error.strerror) or "the connection broke off"
    return said
