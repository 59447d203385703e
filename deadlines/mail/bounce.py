"""What came to the address for bounces: to whose tag, what it returns of ours, and how delivery is said to have gone.

Delivery status notifications (RFC 3464), and the text Exim wrote before it wrote those. These are anybody's octets:
whatever they are, they are read without an error, and what cannot be read is not there.
"""

from __future__ import annotations

import email
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

# The address a mail was sent to; which header has it hangs on who delivers. The tag is `message.envelope_sender`'s.
SENT_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
TAGGED = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}\+[0-9a-f]{16}@[a-z0-9.-]{1,255}")
MOST_TAGS = 20  # of one mail; a bounce has one, and each costs a look into the outbox
REPORT = "message/delivery-status"
RETURNED = ("message/rfc822", "message/global", "message/rfc822-headers", "message/global-headers")
RETURNED_AS_TEXT = ("text/rfc822-headers", "text/rfc822")
LONGEST = 4_000  # signs of a field that are read
STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
ADDRESS = re.compile(r"[^\s<>(),;]{1,200}@[^\s<>(),;]{1,255}")
ID = re.compile(r"<[^<>\s]{1,900}>")
RETURNED_ID = re.compile(r"^message-id:\s*(<[^<>\s]{1,900}>)", re.IGNORECASE | re.MULTILINE)
COPY_BEGINS = re.compile(r"^-----", re.MULTILINE)  # “------ This is a copy of the message …”; Gmail had five of them
MACHINES = {"precedence": ("auto_reply", "bulk", "junk"), "auto-submitted": ("auto-replied", "auto-generated")}
RECEIPT = "disposition-notification"
REPLIES = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress")


@dataclass(frozen=True, slots=True)
class Delivery:
    """How delivery to one recipient is said to have gone (RFC 3464 section 2.3). All in small letters, or empty.

    ``recipients`` are the original and the final one; ``action`` such as ``failed``; ``status`` such as ``5.1.1`` (RFC
    3463); ``diagnostic`` what the other server said.
    """

    recipients: tuple[str, ...]
    action: str
    status: str
    diagnostic: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A mail in the mailbox for bounces. It holds addresses, and nothing prints it.

    ``senders`` are the tagged addresses it was sent to; ``returned`` the Message-IDs of what it returns. ``digest``
    is the same whenever the mail is read again. ``automatic``: it says of itself that no person wrote it.
    """

    senders: tuple[str, ...]
    returned: tuple[str, ...]
    deliveries: tuple[Delivery, ...]
    automatic: bool
    digest: str


def notice(data: bytes) -> Notice:
    """What a mail reports. Never raises; a mail that is no report has no ``deliveries``."""
    try:
        return _notice(email.message_from_bytes(data), data)
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError):  # nested a thousand deep, and the like
        return Notice((), (), (), False, hashlib.sha256(data).hexdigest())


def id_of(data: bytes) -> str:
    """The Message-ID in the header of a message of ours; empty when it has none."""
    return _id(BytesHeaderParser().parsebytes(data))


def _notice(mail: Message, data: bytes) -> Notice:
    parts = list(_parts(mail))
    deliveries = tuple(found for part in parts if part.get_content_type() == REPORT for found in _deliveries(part))
    returned = tuple(filter(None, (_returned(part) for part in parts)))
    if not deliveries and mail["X-Failed-Recipients"]:
        deliveries, returned = _of_exim(mail, parts)
    return Notice(_senders(mail), returned, deliveries, _automatic(mail), _digest(mail, data))


def _parts(mail: Message) -> Iterator[Message]:
    """The parts of a mail, and not those of a mail that is enclosed in it: what somebody forwards is no report."""
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        inside = part.get_payload() if part.get_content_maintype() == "multipart" else None
        if isinstance(inside, list):
            waiting += [one for one in reversed(inside) if isinstance(one, Message)]
        else:
            yield part


def _deliveries(part: Message) -> Iterator[Delivery]:
    """One for each group of fields that names a recipient; the first group is about the whole message."""
    groups = part.get_payload()
    for group in groups if isinstance(groups, list) else []:
        if isinstance(group, Message):
            told = [_field(group, name) for name in ("Original-Recipient", "Final-Recipient")]
            status = STATUS.match(_field(group, "Status"))
            action = _field(group, "Action").partition(" ")[0].strip(";")
            if any(told) and (action or status):
                yield Delivery(
                    tuple(dict.fromkeys(filter(None, map(_address, told)))), action, status[1] if status else "",
                    _field(group, "Diagnostic-Code"),
                )  # fmt: skip


def _returned(part: Message) -> str:
    """The Message-ID of the message, or the header, that a part returns."""
    kind, inside = part.get_content_type(), part.get_payload()
    if kind in RETURNED and isinstance(inside, list) and inside and isinstance(inside[0], Message):
        return _id(inside[0])
    if kind in RETURNED_AS_TEXT:
        return id_of(_octets(part).lstrip())
    return ""


def _of_exim(mail: Message, parts: list[Message]) -> tuple[tuple[Delivery, ...], tuple[str, ...]]:
    """What Exim said in words alone: the addresses in a header of its own, then the answers, then a copy."""
    text = next((_octets(part) for part in parts if part.get_content_type() == "text/plain"), b"").decode("latin-1")
    copy = COPY_BEGINS.search(text)
    said, behind = (text[: copy.start()], text[copy.end() :]) if copy else (text, "")
    diagnostic = " ".join(said.split())[:LONGEST].lower()
    addresses = ADDRESS.findall(_field(mail, "X-Failed-Recipients"))
    found = tuple(Delivery((address,), "failed", "", diagnostic) for address in addresses[:MOST_TAGS])
    id = RETURNED_ID.search(behind)
    return found, (id[1],) if id else ()


def _senders(mail: Message) -> tuple[str, ...]:
    told = (value for name in SENT_TO for value in mail.get_all(name, [])[:MOST_TAGS])
    found = (address for value in told for address in TAGGED.findall(str(value)[:LONGEST].lower()))
    return tuple(dict.fromkeys(found))[:MOST_TAGS]


def _automatic(mail: Message) -> bool:
    """Whether nobody wrote it (RFC 3834 section 5), or it is a receipt (RFC 8098)."""
    says_so = any(_field(mail, name).startswith(words) for name, words in MACHINES.items())
    return says_so or any(name in mail for name in REPLIES) or mail.get_param("report-type") == RECEIPT


def _digest(mail: Message, data: bytes) -> str:
    """By its Message-ID; without one by what stands below its header, in which mailboxes make marks of their own."""
    if id := _id(mail):
        return hashlib.sha256(f"id\n{id}".encode("utf-8", "surrogateescape")).hexdigest()
    body = data.replace(b"\r\n", b"\n").partition(b"\n\n")[2].strip()
    return hashlib.sha256(b"body\n" + (body or data)).hexdigest()


def _id(part: Message) -> str:
    found = ID.search(str(part["Message-ID"] or "")[:LONGEST])
    return found[0] if found else ""


def _field(part: Message, name: str) -> str:
    """A field on one line, in small letters; empty when it is not there."""
    return " ".join(str(part[name] or "")[:LONGEST].split()).lower()


def _address(field: str) -> str:
    """The address of ``rfc822; jo@example.org``; empty for an address of another kind."""
    found = ADDRESS.search(field.partition(";")[2] or field)
    return found[0] if found else ""


def _octets(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""
