"""Reads the pages of the documentation: fenced blocks, tables, links, and the commands they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support import ROOT

NOTE = re.compile(r"<!-- (.+) -->")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)|(?:src|srcset|href)=\"([^\"]+)\"")
CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Block:
    """A fenced block: where it opens, its language, its lines, and the comment on the line above it."""

    page: Path
    line: int
    language: str
    lines: tuple[str, ...]
    note: str = ""

    @property
    def where(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


@dataclass(frozen=True)
class Shown:
    """A command of a console block, the output shown below it, and the line of the page the output begins on."""

    command: str
    output: tuple[str, ...]
    line: int


def pages() -> list[Path]:
    """Every page a reader may open: the README, the changelog, and docs/."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    lines = page.read_text(encoding="utf-8").split("\n")
    start, note = None, ""
    for number, line in enumerate(lines, 1):
        if not line.startswith("```"):
            continue
        if start is None:
            start = number
            above = NOTE.fullmatch(lines[number - 2].strip()) if number > 1 else None
            note = above[1] if above else ""
            continue
        yield Block(page, start, lines[start - 1].removeprefix("```"), tuple(lines[start : number - 1]), note)
        start = None
    assert start is None, f"{page}:{start}: this block is never closed"


def commands(block: Block) -> list[Shown]:
    """The commands of a console block, each with what is shown below it."""
    found: list[tuple[str, list[str], int]] = []
    for number, line in enumerate(block.lines, block.line + 1):
        if line.startswith("$ "):
            found.append((line.removeprefix("$ "), [], number + 1))
        else:
            assert found, f"{block.where}: a console block begins with a command"
            found[-1][1].append(line)
    return [Shown(command, tuple(output), line) for command, output, line in found]


def prose(page: Path) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"(?ms)^```.*?^```$", "", page.read_text(encoding="utf-8"))


def tables(page: Path, *head: str) -> list[list[str]]:
    """The rows of every table of a page whose head begins with these cells."""
    rows: list[list[str]] = []
    inside = False
    for line in prose(page).split("\n"):
        if not line.startswith("|"):
            inside = False
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if inside and not set(line) <= set("|-: "):
            rows.append(cells)
        inside = inside or tuple(cells[: len(head)]) == head
    return rows


def links(page: Path) -> list[str]:
    """Every target a page links to or shows."""
    return [next(filter(None, found)) for found in LINK.findall(prose(page))]


def anchors(page: Path) -> set[str]:
    """The names headings of a page can be linked by, as GitHub makes them."""
    heads = re.findall(r"(?m)^#+ (.+)$", prose(page))
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def named_commands(page: Path) -> set[str]:
    """Every command line a page names, in running text or in a block: those of ``deadlines`` and of make."""
    said = {code for code in CODE.findall(prose(page)) if re.match(r"(\.venv/bin/)?deadlines \w|make \w+$", code)}
    shown = {one.command for block in blocks(page) if block.language == "console" for one in commands(block)}
    return said | shown
