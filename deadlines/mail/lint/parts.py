"""The two parts of a message and what both must hold: points 6, 7, 11 and 16."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from deadlines.mail.lint.finding import Finding
from deadlines.mail.lint.html import Page
from deadlines.mail.lint.read import Message, Part

LARGEST, LARGEST_ENCODED, EARLY = 90_000, 100_000, 60_000
ARTICLE = re.compile(
    r"\b(?:Article|Art\.|Artículo|Appendix|Apéndice) (?:[0-9]+(?:-[0-9]+)*(?:\.[0-9]+)*|[A-Z](?:-[0-9]+)?)\b"
)

_ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SPANISH = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
_DAYS_EN = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_DAYS_ES = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]
# Monday November 12, 2018 and Mon Nov 12, 2018; lunes, 12 de noviembre de 2018.
_WEEKDAY = "|".join(f"{day[:3]}(?:{day[3:]})?" for day in _DAYS_EN)
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in _ENGLISH)
EN = re.compile(rf"\b({_WEEKDAY}),? ({_MONTH}) (\d{{1,2}}), (\d{{4}})\b")
ES = re.compile(r"\b(" + "|".join(_DAYS_ES) + r"),? (\d{1,2}) de (" + "|".join(_SPANISH) + r") de (\d{4})\b", re.I)
Spoken = tuple[int, str, int, date | None]  # where, the words, the weekday said, the day


def parts(message: Message) -> Iterator[Finding]:
    """Text and then HTML, both UTF-8 and both with something in them (point 6)."""
    kind = message.first("Content-Type")
    alternative = kind is not None and kind.value.strip().lower().startswith("multipart/alternative")
    if not alternative or message.kinds != ("text/plain", "text/html"):
        found = ", ".join(message.kinds) or "nothing"
        line = kind.line if kind else 0
        near = "multipart/alternative: text/plain, text/html"
        yield Finding(line, 1, "not-alternative", f"its parts are {found}", near, kind.text if kind else "")
    for part in message.parts:
        if part.kind.startswith("text/"):
            yield from _part(part)


def _part(part: Part) -> Iterator[Finding]:
    named = "HTML part" if part.kind == "text/html" else "text part"
    try:
        part.decoded.decode("utf-8")
        if part.charset != "utf-8" and not part.decoded.isascii():
            yield Finding(part.line, 1, "not-utf-8", f"the {named} does not say that it is UTF-8", "charset=utf-8")
    except UnicodeDecodeError:
        yield Finding(part.line, 1, "not-utf-8", f"the {named} is not UTF-8", "charset=utf-8")
    if not part.decoded.strip():
        yield Finding(part.line, 1, "empty-part", f"the {named} is empty")


def alike(message: Message, page: Page | None) -> Iterator[Finding]:
    """What the HTML part says and the text part does not: links, dates, articles (point 7)."""
    text = message.part("text/plain")
    if text is None or page is None:
        return
    plain = " ".join(text.text.split())
    for link in page.links:
        target = link.href.removeprefix("mailto:")
        if target and not target.startswith("#") and target not in plain:
            yield Finding(text.line, 1, "text-without-link", f"{link.href} is in the HTML part alone")
    here = {day for _, _, _, day in spoken(plain)}
    for day in sorted({day for _, _, _, day in spoken(page.text) if day} - {day for day in here if day}):
        yield Finding(text.line, 1, "text-without-date", f"{day} is in the HTML part alone")
    for article in sorted(set(ARTICLE.findall(page.text)) - set(ARTICLE.findall(plain))):
        yield Finding(text.line, 1, "text-without-article", f"{article} is in the HTML part alone")


def size(message: Message) -> Iterator[Finding]:
    """What Gmail would clip (point 11)."""
    part = message.part("text/html")
    if part is None:
        return
    if len(part.decoded) > LARGEST or len(part.raw) > LARGEST_ENCODED:
        said = f"{len(part.decoded):,} octets, {len(part.raw):,} as encoded"
        yield Finding(
            part.line, 1, "too-large", said, f"{LARGEST:,} and {LARGEST_ENCODED:,} at most; the first items, and a link"
        )
    header = message.first("List-Unsubscribe")
    addresses = re.findall(r"<([^<>\s]+)>", header.value) if header else []
    early = part.decoded[:EARLY].decode("utf-8", "replace").replace("&amp;", "&")
    if addresses and not any(address in early for address in addresses):
        said = "no address of List-Unsubscribe is among its links"
        yield Finding(part.line, 1, "late-unsubscribe", said, f"in the first {EARLY:,} octets")


def dates(message: Message, page: Page | None) -> Iterator[Finding]:
    """Dates whose weekday is another day's, in either part (point 16)."""
    text = message.part("text/plain")
    if text is not None:
        yield from _weekdays("text part", text.line, text.text)
    html = message.part("text/html")
    if html is not None and page is not None:
        yield from _weekdays("HTML part", html.line, page.text)


def _weekdays(named: str, line: int, text: str) -> Iterator[Finding]:
    for _, words, weekday, day in spoken(text):
        if day is None:
            yield Finding(line, 1, "wrong-weekday", f"{named}: there is no {words}")
        elif day.weekday() != weekday:
            names = _DAYS_ES if words[0].islower() else _DAYS_EN
            yield Finding(line, 1, "wrong-weekday", f"{named}: {words} is a {names[day.weekday()]}")


def spoken(text: str) -> Iterator[Spoken]:
    """Every date in words with its weekday, in English or Spanish."""
    for match in EN.finditer(text):
        month = next(n for n, name in enumerate(_ENGLISH, 1) if name.startswith(match[2]))
        weekday = next(n for n, name in enumerate(_DAYS_EN) if name.startswith(match[1]))
        yield match.start(), match[0], weekday, _day(int(match[4]), month, int(match[3]))
    for match in ES.finditer(text):
        month = _SPANISH.index(match[3].lower()) + 1
        yield match.start(), match[0], _DAYS_ES.index(match[1].lower()), _day(int(match[4]), month, int(match[2]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
