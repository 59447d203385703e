"""How headers are written: as mail programs read them, which is not how the standard library writes them.

Its ``policy.SMTP`` writes a long id as encoded words, after which Gmail shows no unsubscribe and Outlook loses the
thread; folds a long subject, so that Yahoo refuses it (554); and takes a subject that looks like an encoded word for
one. So each header is a line of ours; encoded words are made by ``email.header``.
"""

from __future__ import annotations

import re
from email.header import Header
from email.headerregistry import Address
from functools import lru_cache

ENCODED_WORD = 75  # octets, RFC 2047 section 2
LONGEST_LINE = 998  # octets without the line end, RFC 5322 section 2.1.1
ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


def as_written(name: str, value: str) -> str:
    """A header of ids, lists or dates, on one line as it is. Raises ValueError when it is not ASCII or does not fit."""
    if not value.isascii() or not value.isprintable():
        raise ValueError(f"the header {name} holds what is no printable ASCII")
    return _line(name, value)


def subject(text: str) -> str:
    """The Subject, on one line however long. Raises ValueError for a line end or another control character in it."""
    return _line("Subject", " ".join(_words(text, "Subject")))


@lru_cache(maxsize=16)  # the sender of every mail is one
def mailbox(name: str, who: str, address: str) -> str:
    """From or To: a name and an address (RFC 5322 section 3.4), the name quoted or in encoded words.

    Raises ValueError when the address is none, or is not ASCII, or when a name has a control character in it.
    """
    if not address.isascii() or Address(addr_spec=address).addr_spec != address:
        raise ValueError("that is no mail address")
    if not who:
        return _line(name, address)
    if who.isascii() and "=?" not in who and who.isprintable() and len(who) < LONGEST_LINE / 2:
        phrase = who if ATOMS.fullmatch(who) else '"' + re.sub(r'(["\\])', r"\\\1", who) + '"'
        return _line(name, f"{phrase} <{address}>")
    return "".join(f"{line}\r\n" for line in (f"{name}: " + "\r\n ".join(_words(who, name)), f" <{address}>"))


def _words(text: str, name: str) -> list[str]:
    """A text as it stands in a header: as it is when it is plain ASCII, else in encoded words of at most 75 octets."""
    if not text.isprintable():
        raise ValueError(f"the header {name} holds a control character")
    if text.isascii() and "=?" not in text and name == "Subject":
        return [text]
    words: str = Header(text, "utf-8", maxlinelen=ENCODED_WORD, header_name=name).encode(linesep="\n")
    return [word.strip() for word in words.split("\n")]


def _line(name: str, value: str) -> str:
    line = f"{name}: {value}"
    if len(line) > LONGEST_LINE:
        raise ValueError(f"the header {name} does not fit on a line")
    return line + "\r\n"
