"""Contrast of the colours a message names, as they are and inverted, as some programs show them in the dark (13).

What a page would look like takes a browser; this takes each rule's colour against its own background or the page's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deadlines.mail.lint.finding import Finding
from deadlines.mail.lint.html import Page

ENOUGH = 4.5  # WCAG 2.2, 1.4.3
DARK = re.compile(r"@media[^{]*prefers-color-scheme\s*:\s*dark[^{]*\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}", re.IGNORECASE)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COLOUR = re.compile(r"(?:^|;)\s*(color|background(?:-color)?)\s*:\s*(#[0-9a-f]{3,6}\b|white|black)", re.IGNORECASE)
NAMES = {"white": "#ffffff", "black": "#000000"}
Colour = tuple[int, int, int]
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def colours(page: Page, line: int) -> Iterator[Finding]:
    """Each pair that does not reach 4.5 to 1; ``line`` is where the part begins in the file."""
    css = re.sub(r"/\*.*?\*/", "", "".join(text for text, _ in page.styles), flags=re.DOTALL)
    dark = "".join(DARK.findall(css))
    light = DARK.sub("", css)
    told = set()
    for name, rules in (("", light), (" in the dark", dark)):
        for selector, ink, paper in _pairs(rules, [text for text, _ in page.inline] if not name else []):
            for how, first, second in (("", ink, paper), (" inverted", _inverted(ink), _inverted(paper))):
                ratio = contrast(first, second)
                if ratio < ENOUGH and (selector, name) not in told:
                    told.add((selector, name))
                    said = f"HTML part: {selector}{name}{how}: {_hex(first)} on {_hex(second)} is {ratio:.1f} to 1"
                    yield Finding(line, 1, "low-contrast", said, "4.5 to 1 at least")


def _pairs(rules: str, inline: list[str]) -> Iterator[tuple[str, Colour, Colour]]:
    """Selector, colour and background of each rule that names a colour; what it does not name is the body's."""
    every = [(selector.strip(), _named(body)) for selector, body in RULE.findall(rules)]
    body = next((found for selector, found in every if re.search(r"\bbody\b", selector)), {})
    paper, ink = body.get("background", WHITE), body.get("color", BLACK)
    every += [("a style of an element", _named(text)) for text in inline]
    for selector, found in every:
        if found:
            yield selector, found.get("color", ink), found.get("background", paper)


def _named(body: str) -> dict[str, Colour]:
    found = {}
    for name, written in COLOUR.findall(body):
        digits = NAMES.get(written.lower(), written)[1:]
        full = "".join(letter * 2 for letter in digits) if len(digits) == 3 else digits
        if len(full) == 6:
            found[name.lower().partition("-")[0]] = (int(full[:2], 16), int(full[2:4], 16), int(full[4:], 16))
    return found


def contrast(first: Colour, second: Colour) -> float:
    """The ratio of WCAG 2.2 between two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(value / 255) for value in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _inverted(colour: Colour) -> Colour:
    """Lightness turned over and hue kept, as Gmail and Outlook do about it."""
    high, low = max(colour), min(colour)
    shift = 255 - high - low
    return (colour[0] + shift, colour[1] + shift, colour[2] + shift)


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
