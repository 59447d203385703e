"""docs/errors.md, made from the folders of tests/problems: what was written, what the program says, what to do."""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Iterator

from tests.problem_folders import ProblemFolder, clean_local, problem_folders
from tests.support import ROOT

PAGE = ROOT / "docs/errors.md"
CHAPTERS = {
    "command": "Commands",
    "folder": "The folder",
    "file": "Any file",
    "year": "A year file",
    "agreement": "An agreement",
    "card": "A card",
    "phrase": "A date phrase",
    "example": "An example",
    "overlay": "An overlay",
    "template": "Wording of your own",
    "sources": "Your own copy of the text",
    "ledger": "What was published",
    "import": "A calendar of the district",
    "rollover": "A new school year",
    "book": "The book of events",
    "mail": "Mail",
    "roster": "The roster",
    "language": "Mails in other languages",
    "several": "Several at once",
}
HEAD = """# Errors

Every mistake the program knows, each with what was written, what the program says and what to do. The page is made
by `make docs` from the folders of `tests/problems`, whose tests compare every word of it.

All problems of a folder are told at once, in file order: the file with line and column, your own line with a caret
under the fault, notes, the nearest right form, and the article a card is about. The exit code is 1 for your files and
2 for a mistyped command. Nothing is written while anything is wrong. `deadlines check --format json` prints the same
for an editor.

In what was written, a line with `-` is the right one and the line with `+` below it is what stood there instead. All
examples are mistakes in one small made-up local.
"""
LONGEST_NEW_FILE = 12  # lines that are shown of a file with no line of the clean local
SHOWN_LINE = 120


def page() -> str:
    """The whole page."""
    parts = [HEAD, "\n".join(f"- [{title}](#{_anchor(title)})" for title in CHAPTERS.values())]
    for chapter, title in CHAPTERS.items():
        parts.append(f"## {title}")
        parts += [_entry(problem) for problem in problem_folders() if problem.chapter == chapter]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _entry(problem: ProblemFolder) -> str:
    what, do = problem.about
    written = "\n".join(line[:SHOWN_LINE] for line in _written(problem))
    said = problem.expected.rstrip("\n")
    if not (problem.path / "command.txt").exists():
        shown = f"```diff\n{written}\n```\n\n```text\n{said}\n```"
    else:
        before = f"```diff\n{written}\n```\n\n" if written else ""
        commands = [f"$ deadlines {shlex.join(command)}" for command in (*problem.before, problem.command)]
        shown = "\n".join((f"{before}```text", *commands, said, "```"))
    return f"### {what.rstrip('.')}\n\n{shown}\n\n{do}"


def _written(problem: ProblemFolder) -> Iterator[str]:
    """The lines that differ from the clean local, file by file."""
    clean, files = {} if problem.bare else clean_local(), problem.files()
    for name in sorted({*clean, *files}):
        if clean.get(name) == files.get(name):
            continue
        if name not in files:
            yield f"- {name} (the whole file)"
        elif name not in clean:
            yield f"  {name} (not in the clean local)"
            yield from _head(files[name])
        else:
            yield f"  {name}"
            before, after = (data.decode("utf-8", "replace").splitlines() for data in (clean[name], files[name]))
            changed = [line for line in difflib.ndiff(before, after) if line[:2] in ("- ", "+ ")]
            yield from changed if len(changed) < len(before) else _head(files[name])


def _head(data: bytes) -> Iterator[str]:
    lines = data.decode("utf-8", "replace").splitlines()
    yield from (f"+ {line}" for line in lines[:LONGEST_NEW_FILE])
    if len(lines) > LONGEST_NEW_FILE:
        yield f"+ … ({len(lines):,} lines)"
