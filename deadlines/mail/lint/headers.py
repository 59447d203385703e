"""The lines and the headers of a message: points 1 to 5, 8 to 10 and 20."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime

from deadlines.mail.lint.finding import Finding
from deadlines.mail.lint.read import Header, Message

NEEDED = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version")
ONCE = (*NEEDED, "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted", "References", "Reply-To")
STRUCTURED = ("message-id", "references", "in-reply-to", "date", "mime-version")
RECEIPTS = ("return-receipt-to", "disposition-notification-to", "x-confirm-reading-to")
SIGNED = ("from", "subject", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post")
WORD = re.compile(r"=\?[^?\s]+\?[bqBQ]\?[^?\s]*\?=")
LONGEST_SUBJECT = 60
LONGEST_ADDRESS = 200
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def lines(message: Message) -> Iterator[Finding]:
    """Line ends, lengths and octets (point 2), and lines of an encoding (point 3)."""
    if bare := re.search(rb"(?<!\r)\n|\r(?!\n)", message.data):
        number = len(re.findall(rb"\r\n|\n|\r", message.data[: bare.start()])) + 1
        yield Finding(number, 1, "line-end", "this line does not end with CRLF", text=message.line_at(number))
    if message.data and not message.data.endswith(b"\r\n"):
        yield Finding(len(message.lines), 1, "last-line-end", "the last line does not end with CRLF")
    for number, line in enumerate(message.lines, 1):
        if len(line) > 998:
            yield Finding(number, 999, "long-line", f"{len(line)} octets in a line", "998 at most", line[:80])
        if high := re.search(r"[\x80-\xff]", line):
            yield Finding(number, high.start() + 1, "eight-bit", "an octet above 127", "quoted-printable", line[:80])
    for part in message.parts:
        if part.transfer in ("quoted-printable", "base64"):
            for offset, raw in enumerate(part.raw.split(b"\r\n")):
                if len(raw) > 76:
                    said = f"{len(raw)} characters of {part.transfer} in a line"
                    yield Finding(
                        part.line + offset, 77, "long-body-line", said, "76 at most", raw[:80].decode("latin-1")
                    )


def headers(message: Message) -> Iterator[Finding]:
    """What each message has once (1), encoded words (3, 4), the subject (5), ids, lists and receipts (8 to 10), 20."""
    for number in message.odd:
        said = "no header: a name, a colon and a value"
        yield Finding(number, 1, "bad-header", said, "Subject: …", message.line_at(number))
    for name in NEEDED:
        if not message.all(name):
            yield Finding(0, 1, "header-missing", f"there is no {name}", f"{name}: …")
    for name in ONCE:
        for header in message.all(name)[1:]:
            yield Finding(header.line, 1, "header-twice", f"{name} stands twice", "one of the two", header.text)
    for header in message.headers:
        yield from _any_header(header)
    for check in (_date, _subject, _message_id, _list_id, _unsubscribe, _automatic, _signature):
        yield from check(message)


def _any_header(header: Header) -> Iterator[Finding]:
    name = header.name.lower()
    if not header.value.strip():
        yield Finding(header.line, 1, "header-empty", f"{header.name} has no value", text=header.text)
    if name == "bcc":
        yield Finding(header.line, 1, "bcc", "a Bcc is in the message", "the envelope alone", header.text)
    if name in RECEIPTS:
        yield Finding(header.line, 1, "asks-receipt", f"{header.name} asks for a receipt", "leave it out", header.text)
    for word in WORD.finditer(header.value):
        if len(word[0]) > 75:
            said = f"an encoded word of {len(word[0])} characters"
            yield Finding(header.line, 1, "long-encoded-word", said, "75 at most, several words", header.text)
        in_address = re.search(r"<[^>]*" + re.escape(word[0]), header.value) and name in ("from", "to", "reply-to")
        if name in STRUCTURED or name.startswith("list-") or in_address:
            said = f"an encoded word in {header.name}"
            yield Finding(header.line, 1, "encoded-word-in-header", said, "plain ASCII", header.text)
            break


def _date(message: Message) -> Iterator[Finding]:
    header = message.first("Date")
    if header is None or not header.value.strip():
        return
    try:
        moment = parsedate_to_datetime(header.value)
    except (ValueError, IndexError, TypeError):
        yield Finding(header.line, 1, "bad-date", "this is no date", "Mon, 12 Nov 2018 07:00:00 -0600", header.text)
        return
    weekday = DAYS[moment.weekday()]
    said = header.value.strip()[:3]
    if said in DAYS and said != weekday:
        right = header.value.replace(said, weekday, 1)
        yield Finding(header.line, 1, "bad-date", f"that day is a {weekday}", right, header.text)


def _subject(message: Message) -> Iterator[Finding]:
    header = message.first("Subject")
    if header is None or not header.value.strip():
        return
    if header.lines > 1:
        yield Finding(header.line, 1, "folded-subject", f"a subject on {header.lines} lines", "one line", header.text)
    try:
        text = str(make_header(decode_header(header.value)))
    except (HeaderParseError, UnicodeDecodeError, LookupError, ValueError):
        yield Finding(header.line, 1, "bad-subject", "its encoded words cannot be decoded", text=header.text)
        return
    if any(word in text for word in WORD.findall(header.value)) or "�" in text:  # it is still there
        yield Finding(header.line, 1, "bad-subject", "its encoded words cannot be decoded", text=header.text)
    if len(text) > LONGEST_SUBJECT:
        said = f"a subject of {len(text)} characters"
        yield Finding(header.line, 1, "long-subject", said, f"{LONGEST_SUBJECT} at most", header.text)
    if not re.search(r"\d", text):
        said = "no day and no week in the subject"
        yield Finding(header.line, 1, "subject-without-day", said, "… week of November 12, 2018", header.text)


def _message_id(message: Message) -> Iterator[Finding]:
    header = message.first("Message-ID")
    if header is None or not header.value.strip():
        return
    match = re.fullmatch(r"<([^<>@\s]+)@([A-Za-z0-9.-]+)>", header.value.strip())
    if not match:
        near = "<digest.0f3a…@union.example>"
        yield Finding(header.line, 1, "bad-message-id", "this is no Message-ID", near, header.text)
        return
    sender = message.first("From")
    domain = parseaddr(sender.value)[1].rpartition("@")[2].lower() if sender else ""
    own = match[2].lower()
    if domain and own != domain and not own.endswith(f".{domain}") and not domain.endswith(f".{own}"):
        yield Finding(header.line, 1, "foreign-message-id", f"it is not under {domain}", f"<…@{domain}>", header.text)


def _list_id(message: Message) -> Iterator[Finding]:
    header = message.first("List-Id")
    if header is None or not re.search(r"<[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+>$", header.value.strip()):
        place = (header.line, header.text) if header else (0, "")
        said = "this is no List-Id" if header else "there is no List-Id"
        yield Finding(place[0], 1, "no-list-id", said, "List-Id: <digest.union.example>", place[1])


def _unsubscribe(message: Message) -> Iterator[Finding]:
    header = message.first("List-Unsubscribe")
    addresses = re.findall(r"<([^<>\s]+)>", header.value) if header else []
    known = [address for address in addresses if re.match(r"(mailto|https?):", address, re.IGNORECASE)]
    line, text = (header.line, header.text) if header else (0, "")
    if not known:
        near = "List-Unsubscribe: <mailto:leave@union.example?subject=…>"
        yield Finding(line, 1, "no-unsubscribe", "no address to unsubscribe at", near, text)
    for address in known:
        if len(address) > LONGEST_ADDRESS:
            said = f"an address of {len(address)} characters"
            yield Finding(line, 1, "long-unsubscribe", said, f"{LONGEST_ADDRESS} at most", text)
        if address.lower().startswith("http:"):
            yield Finding(line, 1, "plain-unsubscribe", "an address over http", "https", text)
    post = message.first("List-Unsubscribe-Post")
    https = any(address.lower().startswith("https:") for address in known)
    if post and (post.value.strip() != "List-Unsubscribe=One-Click" or not https):
        said = "one click without an https address" if not https else "not exactly the words of RFC 8058"
        yield Finding(
            post.line, 1, "bad-one-click", said, "List-Unsubscribe-Post: List-Unsubscribe=One-Click", post.text
        )


def _automatic(message: Message) -> Iterator[Finding]:
    header = message.first("Auto-Submitted")
    if header is None or header.value.strip().lower() != "auto-generated":
        line, text = (header.line, header.text) if header else (0, "")
        yield Finding(
            line, 1, "no-auto-submitted", "nothing says that a program wrote it", "Auto-Submitted: auto-generated", text
        )


def _signature(message: Message) -> Iterator[Finding]:
    there = {header.name.lower() for header in message.headers}
    for header in message.all("DKIM-Signature"):
        match = re.search(r"\bh\s*=\s*([^;]*)", header.value)
        covered = {name.strip().lower() for name in match[1].split(":")} if match else set()
        missing = [name for name in SIGNED if name in there and name not in covered]
        if missing:
            said = f"h= does not name {', '.join(missing)}"
            yield Finding(header.line, 1, "weak-signature", said, "h= with all of them", header.text[:80])
