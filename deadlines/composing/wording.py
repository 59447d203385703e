"""The words of a mail, rendered once for all who read the same; what is one reader's own stands as a sign in them.

A line with a sign in it is filled in and encoded for each reader, all others once. So the templates are whole pages
that anybody can read and change, and a hundred thousand readers cost a few lines each.
"""

from __future__ import annotations

from binascii import a2b_qp
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby, starmap

from deadlines.languages.language import ENGLISH, Language
from deadlines.mail.message import Sender, encoded, unsubscribe_addresses
from deadlines.model.local import Local
from deadlines.model.problem import Place, Problem, Refused
from deadlines.outputs._feeds import file_name
from deadlines.outputs._wording import Wording
from deadlines.outputs.digest import Page

# Signs of a private area of Unicode, which no card, roster or template holds.
OPENS, CLOSES = "\ue000", "\ue001"
NAME, TOKEN = f"{OPENS}name{CLOSES}", f"{OPENS}token{CLOSES}"
SUBJECT, TEXT, HTML = "digest-subject.txt", "digest.txt", "digest.html"
ISOLATES = dict.fromkeys((0x2066, 0x2067, 0x2068, 0x2069))  # what sets a direction in a text; no header holds them
LONGEST_SUBJECT = 60  # signs, digests.md point 5
# Gmail clips at about 102,000 octets of HTML; what is left under the linter's bounds is room for a long name.
LARGEST, LARGEST_ENCODED = 86_000, 96_000


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar to subscribe to, and for whom it is."""

    who: str
    address: str


@dataclass(frozen=True, slots=True)
class Reader:
    """What a template may say to a reader; the name and the token are signs that are filled in later."""

    name: str
    roles: tuple[str, ...]
    school: str
    level: str
    unsubscribe: str
    one_click: str
    page: str
    feeds: tuple[Feed, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A mail for all who read the same: the subject, and both parts in pieces, those of one reader as text."""

    subject: str
    text: tuple[bytes | str, ...]
    html: tuple[bytes | str, ...]

    def filled(self, name: str, token: str) -> tuple[list[bytes], list[bytes]]:
        """Both parts for one reader, as ``message`` takes them."""
        plain = [_filled(piece, name, token) for piece in self.text]
        return plain, [_filled(piece, escape(name), token) for piece in self.html]

    def plain(self, name: str, token: str) -> str:
        """The text part for one reader, as it is read."""
        return a2b_qp(b"".join(self.filled(name, token)[0])).decode().replace("\r\n", "\n")


def reader(
    local: Local,
    sender: Sender,
    roles: Sequence[str],
    school: str,
    level: str,
    named: bool,
    language: Language = ENGLISH,
) -> Reader:
    """Whoever has these roles at this school and reads this language."""
    *web, mail = unsubscribe_addresses(sender, TOKEN)
    public = local.public_address
    called = tuple(language.say(local.called(role)) for role in roles)
    addresses = (f"{public}/feeds/{file_name(role)}" for role in roles)
    feeds = tuple(starmap(Feed, zip(called, addresses, strict=True))) if public else ()
    page = f"{public}/" if public else ""
    return Reader(NAME if named else "", called, school, language.say(level), mail, "".join(web), page, feeds)


def body(wording: Wording, page: Page, reader: Reader) -> Body:
    """The words of a mail. Of an HTML part that would be clipped, the first items, and how many are left.

    Raises Refused when the wording fails, or leaves out how to unsubscribe.
    """
    text = wording.page(TEXT, page=page, reader=reader).decode()
    html = _that_fits(wording, page, reader)
    for name, words in ((TEXT, text), (HTML, html)):
        if reader.unsubscribe not in words:
            message = "a mail with this wording does not say how to get no more of them"
            raise Refused([Problem(Place(f"templates/{name}"), message, nearest="{{ reader.unsubscribe }}")])
    return Body(subject(wording, page), _pieces(text), _pieces(html))


def subject(wording: Wording, page: Page) -> str:
    """What the mail is about; without the role where that would be too long."""
    line = _line(wording, page)
    return line if len(line) <= LONGEST_SUBJECT else _line(wording, replace(page, role=""))


def _line(wording: Wording, page: Page) -> str:
    return " ".join(wording.page(SUBJECT, page=page).decode().translate(ISOLATES).split())


def _that_fits(wording: Wording, page: Page, reader: Reader) -> str:
    """The HTML part with as many items as fit."""

    def render(many: int) -> str:
        return wording.mail(HTML, page=page.first(many), reader=reader)

    html = render(page.items)
    if _fits(html):
        return html
    fits, too_many = 0, page.items
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if _fits(render(middle)):
            fits = middle
        else:
            too_many = middle
    return render(fits)


def _fits(html: str) -> bool:
    return len(html.encode()) <= LARGEST and len(encoded(html)) <= LARGEST_ENCODED


def _pieces(text: str) -> tuple[bytes | str, ...]:
    """A part in pieces of whole lines: encoded, or as text where a sign is to be filled in."""
    lines = groupby(text.splitlines(keepends=True), key=lambda line: OPENS in line)
    return tuple("".join(group) if own else encoded("".join(group)) for own, group in lines)


def _filled(piece: bytes | str, name: str, token: str) -> bytes:
    if isinstance(piece, bytes):
        return piece
    return encoded(piece.replace(NAME, name).replace(TOKEN, token))
