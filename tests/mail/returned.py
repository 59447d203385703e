"""What comes back to a sender, in the shapes of RFC 3464 (appendix E) and of the servers that write it; words our own.

Each shape takes what was sent and says which verdict is right, by the RFC and not by our program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Sent:
    """A mail of ours: the address for its bounces, its recipient and its Message-ID."""

    sender: str = "bounces+0123456789abcdef@union.example"
    address: str = "jo@example.org"
    id: str = "<digest.1@union.example>"


Shape = Callable[[Sent, str], bytes]


def report(sent: Sent, fields: str, own_id: str = "<b1@mx.example>", returned: str = "", more: str = "") -> bytes:
    """A multipart/report: words, the groups of ``fields``, and the header of the mail, or ``returned`` instead."""
    header = returned or f"Content-Type: text/rfc822-headers\n\n{header_of(sent)}"
    return f"""\
Return-Path: <>
From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: {sent.sender}
Subject: Undelivered Mail
Auto-Submitted: auto-replied
{more}Message-ID: {own_id}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=B"

Not for machines.

--=B
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

Your mail could not be brought to where it should go.

--=B
Content-Description: Delivery report
Content-Type: message/delivery-status

{fields.strip()}

--=B
Content-Description: Undelivered Message
{header}

--=B--
""".encode()


def header_of(sent: Sent) -> str:
    return f"From: Union <digest@union.example>\nTo: Jo <{sent.address}>\nMessage-ID: {sent.id}\nSubject: Dates"


def failed(status: str, diagnostic: str = "", action: str = "failed") -> Shape:
    """A report of the plainest kind."""
    said = f"\nDiagnostic-Code: smtp; {diagnostic}" if diagnostic else ""

    def shape(sent: Sent, own_id: str) -> bytes:
        group = f"Final-Recipient: rfc822; {sent.address}\nAction: {action}\nStatus: {status}{said}"
        return report(sent, f"Reporting-MTA: dns; mx.example\n\n{group}", own_id)

    return shape


def rfc_simple(sent: Sent, own_id: str) -> bytes:
    """As in E.1: given up after a time, a comment behind the address, the status a 4."""
    return report(
        sent,
        f"""
Reporting-MTA: dns; cs.example

Original-Recipient: rfc822;{sent.address}
Final-Recipient: rfc822;{sent.address} (as it was looked up)
Action: failed
Status: 4.0.0
Diagnostic-Code: smtp; 426 connection timed out
Last-Attempt-Date: Thu, 7 Jul 1994 17:15:49 -0400
""",
        own_id,
    )


def rfc_several(sent: Sent, own_id: str) -> bytes:
    """As in E.2: three recipients, of whom ours is the second, and only delayed."""
    return report(
        sent,
        f"""
Reporting-MTA: dns; cs.example

Original-Recipient: rfc822;somebody@one.example
Final-Recipient: rfc822;somebody@one.example
Action: failed
Status: 5.0.0 (permanent failure)
Diagnostic-Code: smtp; 550 'somebody@one.example' is not a registered gateway user
Remote-MTA: dns; one.example

Original-Recipient: rfc822;{sent.address}
Final-Recipient: rfc822;{sent.address}
Action: delayed
Status: 4.0.0 (host name lookup failure)

Original-Recipient: rfc822;another@two.example
Final-Recipient: rfc822;another@two.example
Action: failed
Status: 5.0.0
Diagnostic-Code: smtp; 550 user unknown
""",
        own_id,
    )


def rfc_gateway(sent: Sent, own_id: str) -> bytes:
    """As in E.3: from a gateway whose addresses are no mail addresses; the status stands before the action."""
    fields = (
        "Reporting-MTA: mailbus; SYS30\n\nFinal-Recipient: unknown; nair_s\nStatus: 5.0.0 (unknown)\nAction: failed"
    )
    return report(sent, fields, own_id)


def rfc_delayed(sent: Sent, own_id: str) -> bytes:
    """As in E.4: not yet delivered, and still being tried."""
    fields = f"""
Reporting-MTA: dns; sun2.example

Final-Recipient: rfc822;{sent.address}
Status: 4.0.0 (unknown temporary failure)
Action: delayed
"""
    return report(sent, fields, own_id)


def postfix(status: str, diagnostic: str, action: str = "failed") -> Shape:
    """As Postfix writes it: its own fields, the recipient twice, the whole mail returned."""

    def shape(sent: Sent, own_id: str) -> bytes:
        fields = f"""
Reporting-MTA: dns; relay.example
X-Postfix-Queue-ID: 4F00D
X-Postfix-Sender: rfc822; {sent.sender}
Arrival-Date: Mon, 12 Nov 2018 13:00:01 +0000 (UTC)

Final-Recipient: rfc822; {sent.address}
Original-Recipient: rfc822;{sent.address}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example
Diagnostic-Code: smtp; {diagnostic}
"""
        whole = f"Content-Type: message/rfc822\nContent-Transfer-Encoding: 8bit\n\n{header_of(sent)}\n\nThe dates."
        return report(sent, fields, own_id, whole, f"X-Original-To: {sent.sender}\nDelivered-To: {sent.sender}\n")

    return shape


def exchange(status: str, diagnostic: str) -> Shape:
    """As Exchange Online writes it: CRLF, folded fields, no space behind a semicolon, HTML, the address in capitals."""

    def shape(sent: Sent, own_id: str) -> bytes:
        return f"""\
From: <postmaster@school.example>
To: <{sent.sender}>
Date: Mon, 12 Nov 2018 13:00:09 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="_000_x"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-US
Message-ID:
 {own_id}
In-Reply-To: {sent.id}
Subject: Undeliverable: Dates
Auto-Submitted: auto-replied

--_000_x
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="_001_x"

--_001_x
Content-Type: text/plain; charset="us-ascii"

It did not arrive.

--_001_x
Content-Type: text/html; charset="us-ascii"

<p>It did not arrive.</p>

--_001_x--

--_000_x
Content-Type: message/delivery-status

Reporting-MTA: dns;school.example
Received-From-MTA: dns;relay.example
Arrival-Date: Mon, 12 Nov 2018 13:00:08 +0000

Final-Recipient: rfc822;{sent.address.upper()}
Action: failed
Status: {status}
Diagnostic-Code: smtp;{diagnostic.replace("; ", ";" + chr(10) + " ")}
X-Display-Name: {sent.address}

--_000_x
Content-Type: message/rfc822

{header_of(sent)}
Content-Type: text/plain

The dates.

--_000_x--
""".replace("\n", "\r\n").encode()

    return shape


def gmail(sent: Sent, own_id: str) -> bytes:
    """As Gmail writes it: a header of Exim's, a picture, answers of several lines; 550-5.1.1 on each."""
    return f"""\
Delivered-To: {sent.sender}
From: Mail Delivery Subsystem <mailer-daemon@mail.example>
To: {sent.sender}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: {sent.id}
X-Failed-Recipients: {sent.address}
Message-ID: {own_id}
Content-Type: multipart/report; boundary="0001"; report-type=delivery-status

--0001
Content-Type: multipart/related; boundary="0002"

--0002
Content-Type: multipart/alternative; boundary="0003"

--0003
Content-Type: text/plain; charset="UTF-8"

** Nobody there **

--0003--
--0002
Content-Type: image/png; name="icon.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--0002--
--0001
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
Arrival-Date: Mon, 12 Nov 2018 05:00:01 -0800 (PST)
X-Original-Message-ID: {sent.id}

Final-Recipient: rfc822; {sent.address}
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.example. (192.0.2.7, the server for the domain.)
Diagnostic-Code: smtp; 550-5.1.1 There is nobody of this name. Look for slips
 550-5.1.1 of the pen. 550 5.1.1 gsmtp
Last-Attempt-Date: Mon, 12 Nov 2018 05:00:01 -0800 (PST)

--0001
Content-Type: message/rfc822

{header_of(sent)}

--0001--
""".encode()


def exim(diagnostic: str) -> Shape:
    """As Exim writes it now: 5.0.0 whatever it was told, which stands in the diagnostic."""

    def shape(sent: Sent, own_id: str) -> bytes:
        fields = f"""
Reporting-MTA: dns; exim.example

Action: failed
Final-Recipient: rfc822;{sent.address}
Status: 5.0.0
Remote-MTA: dns; mx.example
Diagnostic-Code: smtp; {diagnostic}
"""
        return report(sent, fields, own_id, more=f"X-Failed-Recipients: {sent.address}\n")

    return shape


def old_exim(answer: str) -> Shape:
    """As Exim wrote it: one text, with a copy of the mail below a line."""

    def shape(sent: Sent, own_id: str) -> bytes:
        return f"""\
X-Failed-Recipients: {sent.address}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@exim.example>
To: {sent.sender}
Subject: Mail delivery failed
Message-Id: {own_id}

A machine wrote this. It could not bring your mail to:

  {sent.address}
    answer of the other server, to RCPT TO:<{sent.address}>:
    host mx.example [192.0.2.1]: {answer}

------ This is a copy of the message, including all the headers. ------

Return-path: <{sent.sender}>
{header_of(sent)}

The dates of a policy on spam: 550 5.1.1 is what a reader was once told.
""".encode()

    return shape


def vacation(sent: Sent, own_id: str) -> bytes:
    """Somebody is away (RFC 3834)."""
    return f"""\
From: Jo <{sent.address}>
To: {sent.sender}
Subject: Away: Dates
In-Reply-To: {sent.id}
References: {sent.id}
Auto-Submitted: auto-replied (vacation)
Message-ID: {own_id}

I am away until 550 5.1.1.
""".encode()


def receipt(sent: Sent, own_id: str) -> bytes:
    """Somebody has opened it (RFC 8098), which nobody asked for."""
    return (
        failed("5.1.1")(sent, own_id)
        .replace(b"report-type=delivery-status", b"report-type=disposition-notification")
        .replace(b"message/delivery-status", b"message/disposition-notification")
        .replace(b"Auto-Submitted: auto-replied\n", b"")
    )


def letter(sent: Sent, own_id: str) -> bytes:
    """A person has answered."""
    return (
        f"From: Jo <{sent.address}>\nTo: {sent.sender}\nMessage-ID: {own_id}\nSubject: Re: Dates\n\nThanks!\n".encode()
    )


# Each with the verdict the standard, or what the answer means, gives it; and its status.
SHAPES: dict[str, tuple[Shape, str, str]] = {
    "RFC 3464 E.1, given up": (rfc_simple, "soft", "4.0.0"),
    "RFC 3464 E.2, ours of three": (rfc_several, "delayed", ""),
    "RFC 3464 E.3, a gateway": (rfc_gateway, "soft", "5.0.0"),
    "RFC 3464 E.4, delayed": (rfc_delayed, "delayed", ""),
    "5.1.1, no such mailbox": (failed("5.1.1"), "hard", "5.1.1"),
    "5.1.2, no such domain": (failed("5.1.2 (no such domain)"), "hard", "5.1.2"),
    "5.2.2, full": (failed("5.2.2", "552 5.2.2 mailbox full, see our policy"), "soft", "5.2.2"),
    "4.4.7, given up": (failed("4.4.7"), "soft", "4.4.7"),
    "delivered": (failed("2.0.0", action="delivered"), "delivered", ""),
    "relayed": (failed("2.0.0", action="relayed"), "delivered", ""),
    "Postfix, unknown": (postfix("5.1.1", "550 5.1.1 no such user"), "hard", "5.1.1"),
    "Postfix, blocked": (postfix("5.7.1", "554 5.7.1 Client host blocked"), "policy", "5.7.1"),
    "Postfix, spam without a code": (postfix("5.0.0", "554 this looks like spam"), "policy", "5.0.0"),
    "Postfix, delayed": (postfix("4.4.1", "connect: timed out", "delayed"), "delayed", ""),
    "Exchange, unknown": (exchange("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; no"), "hard", "5.1.10"),
    "Exchange, DMARC": (exchange("5.7.515", "550 5.7.515 Access denied; no"), "policy", "5.7.515"),
    "Exchange, full": (exchange("5.2.2", "554 5.2.2 mailbox full; STOREDRV"), "soft", "5.2.2"),
    "Gmail, unknown": (gmail, "hard", "5.1.1"),
    "Exim, unknown": (exim("550 5.1.1 unknown user"), "hard", "5.1.1"),
    "Exim, full": (exim("552 5.2.2 over quota"), "soft", "5.2.2"),
    "Exim, policy": (exim("550-5.7.26 not authenticated"), "policy", "5.7.26"),
    "Exim, no code": (exim("550 Unrouteable address"), "soft", "5.0.0"),
    "old Exim, unknown": (old_exim("550 5.1.1 unknown user"), "hard", "5.1.1"),
    "old Exim, no code": (old_exim("550 no"), "soft", ""),
    "away": (vacation, "automatic", ""),
    "a receipt": (receipt, "automatic", ""),
    "an answer": (letter, "no report", ""),
}
