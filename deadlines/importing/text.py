"""Plain texts as YAML takes them back, and the comments of a year file."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What begins a plain scalar of YAML, or ends one early, means something else there.
PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`](?:[^:#]|:(?=\S)|(?<=\S)#)*")
IN_BRACKETS = re.compile(r"[,\[\]{}]")


def scalar(text: str, in_brackets: bool = False) -> str:
    """A text as a YAML scalar that is read back as it is: plain where that is safe, else in single quotes."""
    safe = PLAIN.fullmatch(text) and text == text.strip() and not text.endswith(":")
    if safe and not (in_brackets and IN_BRACKETS.search(text)):
        return text
    return "'" + text.replace("'", "''") + "'"


def flow(values: Iterable[str]) -> str:
    """A list on one line: ``[elementary, high school]``."""
    return f"[{', '.join(scalar(value, in_brackets=True) for value in values)}]"


def comment(text: str, indent: int = 0) -> str:
    """A line of comment."""
    return f"{'':{indent}}# {text}".rstrip()
