"""The HTML part: language, headings, tables, pictures, link words (point 12), what it fetches (14), addresses (15)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from deadlines.mail.lint.finding import Finding

VAGUE_WORDS = frozenset(
    [
        "here",
        "click here",
        "click",
        "this",
        "link",
        "this link",
        "more",
        "read more",
        "aquí",
        "haga clic aquí",
        "este enlace",
        "más",
    ]
)
RUNS = frozenset(("script", "form", "iframe", "frame", "object", "embed", "applet", "input", "button", "base"))
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
SILENT = frozenset(("style", "script", "title", "head"))
REFUSED = re.compile(
    r"(?:^|[;{\s])(position|float|background-image|filter|clip-path|behavior)\s*:|@import|@font-face|url\(|expression\(",
    re.I,
)
SCHEMES = ("https", "mailto", "webcal", "tel")
MAIL = re.compile(r"[^\s/?&=#:]+@[^\s/?&=#]+\.[A-Za-z]{2,}")


@dataclass(slots=True)
class Link:
    """A link, its words, and the line of the part it begins on."""

    href: str
    line: int
    words: str = ""


@dataclass(slots=True)
class Page:
    """What a browser would make of the part, as far as the checks ask."""

    text: str = ""
    title: str = ""
    html: dict[str, str] | None = None
    headings: list[tuple[int, int]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[tuple[dict[str, str], int]] = field(default_factory=list)
    tables: list[tuple[dict[str, str], int, list[bool]]] = field(default_factory=list)
    runs: list[tuple[str, int]] = field(default_factory=list)
    sheets: list[tuple[str, int]] = field(default_factory=list)
    styles: list[tuple[str, int]] = field(default_factory=list)
    inline: list[tuple[str, int]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[str] = []
        self._words: list[str] = []
        self._links: list[Link] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        page, line = self.page, self.getpos()[0]
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if tag == "html" and page.html is None:
            page.html = given
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            page.headings.append((int(tag[1]), line))
        elif tag == "a" and "href" in given:
            self._links.append(Link(given["href"].strip(), line))
        elif tag == "img":
            page.pictures.append((given, line))
        elif tag == "table":
            page.tables.append((given, line, []))
        elif tag == "th" and page.tables:
            page.tables[-1][2].append("scope" in given)
        elif tag == "link":
            page.sheets.append((given.get("href", ""), line))
        if tag in RUNS:
            page.runs.append((tag, line))
        page.runs += [(name, line) for name, _ in attrs if name.startswith("on")]
        if given.get("style"):
            page.inline.append((given["style"], line))
        if tag in ("p", "li", "br", "tr", "td", "h1", "h2", "h3", "h4", "div"):
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "a" and self._links:
            self.page.links.append(self._links.pop())

    def handle_data(self, data: str) -> None:
        within = set(self._open)
        if "style" in within:
            self.page.styles.append((data, self.getpos()[0]))
        if "title" in within:
            self.page.title += data
        if not within & SILENT:
            self._words.append(data)
            if self._links:
                self._links[-1].words += data

    def done(self) -> Page:
        self.page.links += self._links
        self.page.text = " ".join("".join(self._words).split())
        return self.page


def read_page(text: str) -> Page:
    """What the HTML of a part says. Whatever the text, never raises."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.done()


def page_findings(page: Page, line: int, hosts: Collection[str]) -> Iterator[Finding]:
    """What is wrong with it; ``line`` is where the part begins, ``hosts`` where links may go (none: anywhere)."""
    for code, inside, said, near in (*_structure(page), *_links(page, hosts), *_fetches(page), *_styles(page)):
        yield Finding(line, 1, code, f"HTML part, line {inside}: {said}" if inside else f"HTML part: {said}", near)


Said = tuple[str, int, str, str]


def _structure(page: Page) -> Iterator[Said]:
    given = page.html or {}
    missing = [name for name in ("lang", "dir") if not given.get(name)]
    if missing:
        yield "no-language", 0, f"html has no {' and no '.join(missing)}", '<html lang="en" dir="ltr">'
    if not page.title.strip():
        yield "no-title", 0, "there is no title", "<title>…</title>"
    ones = sum(level == 1 for level, _ in page.headings)
    if ones != 1:
        yield "headings", 0, f"{ones} headings are h1", "one"
    before = 0
    for level, line in page.headings:
        if level > before + 1 and before:
            yield "headings", line, f"h{level} follows h{before}", f"h{before + 1}"
        before = level
    for given, line, scopes in page.tables:
        if given.get("role") not in ("presentation", "none") and not (scopes and all(scopes)):
            yield "table-without-role", line, "a table that is neither layout nor data", 'role="presentation"'
    for given, line in page.pictures:
        if "alt" not in given:
            yield "picture-without-words", line, "a picture without alt", 'alt=""'


def _links(page: Page, hosts: Collection[str]) -> Iterator[Said]:
    by_words: dict[str, set[str]] = defaultdict(set)
    for link in page.links:
        words = " ".join(link.words.split()).lower()
        if words in VAGUE_WORDS or not words:
            yield "vague-link", link.line, f"the words of a link are “{words}”", "words that say where it goes"
        else:
            by_words[words].add(link.href)
        yield from _address(link, hosts)
    for words, addresses in by_words.items():
        if len(addresses) > 1:
            yield "vague-link", 0, f"“{words}” goes to {len(addresses)} addresses", "other words for each"


def _address(link: Link, hosts: Collection[str]) -> Iterator[Said]:
    if link.href.startswith("#"):
        return
    try:
        parts = urlsplit(link.href)
        host = parts.hostname or ""
    except ValueError:
        yield "not-https", link.line, "a link that is no address", "https://…"
        return
    if parts.scheme.lower() not in SCHEMES:
        yield "not-https", link.line, f"a link with {parts.scheme or 'no scheme'}", "https://…"
    if parts.scheme.lower() != "mailto" and MAIL.search(unquote(link.href)):
        yield "address-in-link", link.line, "a mail address in a link", "an id that says nothing"
    if hosts and host and host.lower() not in hosts:
        yield "foreign-host", link.line, f"a link to {host}", ", ".join(sorted(hosts))


def _fetches(page: Page) -> Iterator[Said]:
    for what, line in page.runs:
        yield "runs-code", line, f"{what} in a mail", "leave it out"
    for given, line in page.pictures:
        if re.match(r"\s*(https?:)?//", given.get("src", ""), re.IGNORECASE):
            yield "remote-picture", line, "a picture from elsewhere", "no picture, or one in the message"
    for _, line in page.sheets:
        yield "remote-picture", line, "a style sheet from elsewhere", "style in the message"


def _styles(page: Page) -> Iterator[Said]:
    for css, line in (*page.styles, *page.inline):
        plain = re.sub(r"/\*.*?\*/", lambda match: "\n" * match[0].count("\n"), css, flags=re.DOTALL)
        for match in REFUSED.finditer(plain):
            at = line + plain.count("\n", 0, match.start())
            yield "refused-style", at, f"“{match[0].strip(' ;{:')}” in a style", "padding, border, colour, font"
