"""What every page must be, read with the standard library alone: whole, in order, and asking nobody for anything."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from tests.site.built import VOID

SVG_EMPTY = ("path", "rect", "circle")  # closed in the tag itself
BLOCKS = ("p", "ul", "ol", "div", "section", "table", "h1", "h2", "h3", "h4", "figure", "details", "nav", "article")
ONLY_IN = {"li": ("ul", "ol"), "tr": ("thead", "tbody"), "td": ("tr",), "th": ("tr",), "thead": ("table",),
           "tbody": ("table",), "caption": ("table",), "summary": ("details",), "figcaption": ("figure",)}  # fmt: skip
ONLY_OF = {"ul": ("li",), "ol": ("li",), "tr": ("td", "th"), "thead": ("tr",), "tbody": ("tr",),
           "table": ("caption", "thead", "tbody")}  # fmt: skip
LOADS = ("src", "srcset", "poster", "data", "action", "background", "xlink:href", "formaction", "ping", "manifest")


class _Reader(HTMLParser):
    """Reads a page and keeps what is wrong with its nesting, and every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.tags: list[tuple[str, dict[str, str], tuple[str, ...]]] = []
        self.style = ""
        self.title = ""

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html" or self.tags:
            self.wrong.append(f"doctype: {decl}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._seen(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._seen(tag, attrs)
        if "svg" not in self.open or tag not in SVG_EMPTY:
            self.wrong.append(f"<{tag}/> closes itself")

    def _seen(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.wrong += [f"<{tag}> has {name} twice" for name, n in Counter(names).items() if n > 1]
        above = self.open[-1] if self.open else ""
        if tag in ONLY_IN and above not in ONLY_IN[tag]:
            self.wrong.append(f"<{tag}> in <{above}>")
        if above in ONLY_OF and tag not in ONLY_OF[above]:
            self.wrong.append(f"<{above}> holds <{tag}>")
        if "p" in self.open and tag in BLOCKS:
            self.wrong.append(f"<{tag}> in <p>")
        if tag == "a" and "a" in self.open:
            self.wrong.append("a link in a link")
        self.tags.append((tag, {name: value or "" for name, value in attrs}, tuple(self.open)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> closes <{self.open[-1] if self.open else ''}>")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        if inside == "style":
            self.style += data
        elif inside == "title" and "svg" not in self.open:
            self.title += data
        elif inside in ONLY_OF and data.strip():
            self.wrong.append(f"text in <{inside}>: {data.strip()[:20]}")


def findings(text: str) -> list[str]:
    """Everything wrong with a page, in words; empty for a good one."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    left = [f"<{tag}> is never closed" for tag in reader.open]
    return [*reader.wrong, *left, *_head(reader), *_order(reader), *_named(reader), *_asked_for(reader, text)]


def _head(reader: _Reader) -> Iterator[str]:
    html = next((attrs for tag, attrs, _ in reader.tags if tag == "html"), {})
    if html.get("lang") != "en":
        yield "no language"
    if not reader.title.strip():
        yield "no title"
    metas = [attrs for tag, attrs, _ in reader.tags if tag == "meta"]
    if not metas or metas[0].get("charset") != "utf-8":
        yield "the encoding does not come first"
    if not any("width=device-width" in attrs.get("content", "") for attrs in metas):
        yield "no viewport"
    digest = b64encode(hashlib.sha256(reader.style.encode()).digest()).decode()
    policy = [attrs["content"] for attrs in metas if attrs.get("http-equiv") == "Content-Security-Policy"]
    wanted = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
    )
    if policy != [wanted]:
        yield f"policy: {policy}"


def _order(reader: _Reader) -> Iterator[str]:
    """One main, one h1 and first, no level of heading passed over."""
    count = Counter(tag for tag, _, _ in reader.tags)
    for tag in ("main", "h1", "title", "style"):
        if sum(1 for found, _, above in reader.tags if found == tag and "svg" not in above) != 1:
            yield f"{count[tag]} <{tag}>"
    before = 0
    for tag, _, _ in reader.tags:
        if re.fullmatch("h[1-6]", tag):
            if int(tag[1]) > before + 1:
                yield f"<{tag}> after <h{before}>"
            before = int(tag[1])


def _named(reader: _Reader) -> Iterator[str]:
    """Ids once, and what points at one finds it; pictures, tables and landmarks have names."""
    ids = Counter(attrs["id"] for _, attrs, _ in reader.tags if "id" in attrs)
    yield from (f"the id {name} stands {n} times" for name, n in ids.items() if n > 1)
    for tag, attrs, _ in reader.tags:
        pointed = [
            name for key in ("aria-labelledby", "aria-describedby", "for") for name in attrs.get(key, "").split()
        ]
        pointed += [attrs["href"][1:]] if attrs.get("href", "").startswith("#") else []
        yield from (f"nothing has the id {name}" for name in pointed if name not in ids)
        labelled = "aria-label" in attrs or "aria-labelledby" in attrs
        if tag == "svg" and attrs.get("aria-hidden") != "true" and not (attrs.get("role") == "img" and labelled):
            yield "a picture without a name"
        if tag in ("nav", "section") and not labelled and "article" not in _above(reader, attrs):
            yield f"a <{tag}> without a name"
        if tag == "th" and attrs.get("scope") not in ("col", "row"):
            yield "a head of a table without its direction"
        if tag == "img" and "alt" not in attrs:
            yield "an image without its words"


def _above(reader: _Reader, attrs: dict[str, str]) -> tuple[str, ...]:
    return next(above for _, found, above in reader.tags if found is attrs)


def _asked_for(reader: _Reader, text: str) -> Iterator[str]:
    """Whatever a browser would fetch, run, or take from elsewhere."""
    for tag, attrs, _ in reader.tags:
        if tag in ("script", "iframe", "object", "embed", "base", "form", "video", "audio", "image", "use"):
            yield f"<{tag}>"
        for name, value in attrs.items():
            if name in LOADS and not value.startswith("data:"):
                yield f"{name}={value}"
            if name.startswith("on") or name == "style":
                yield f"<{tag}> has {name}"
        href = attrs.get("href", "")
        if tag == "link" and not href.startswith("data:"):
            yield f"a link to {href}"
        if tag == "a" and not re.match(r"(?:\.\./)?[a-z#][\w./#-]*$|https://|webcal://", href):
            yield f"a link to {href!r}"
    for word in ("@import", "url(", "expression(", "javascript:"):
        if word in reader.style.lower() or word == "javascript:" in text.lower():
            yield word


def links(text: str) -> set[str]:
    """Every place a page leads to."""
    reader = _Reader()
    reader.feed(text)
    return {attrs["href"] for tag, attrs, _ in reader.tags if tag == "a"}


def ids(text: str) -> set[str]:
    """Every id of a page."""
    reader = _Reader()
    reader.feed(text)
    return {attrs["id"] for _, attrs, _ in reader.tags if "id" in attrs}
