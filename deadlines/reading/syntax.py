"""What is wrong with a file that is no YAML: a steward's words instead of the parser's."""

from __future__ import annotations

import re

OPEN = re.compile(r"parsing a flow (sequence|mapping)")


def explain(what: str, context: str, line: str, column: int) -> tuple[str, str, bool]:  # noqa: PLR0911, PLR0912 - one a mistake
    """What happened, what to do, and whether it is told where it began instead of where the parser gave up.

    ``what`` and ``context`` are the parser's own words, ``line`` and ``column`` (from 0) where it stopped.
    """
    before, rest = line[:column].strip(), line[column:].strip()
    if "nesting depth" in what:
        return "too many brackets inside one another", "take them out", False
    if "mapping values" in what:
        if ": " in before:
            return "a colon inside the text of this line", "put the text in double quotes", False
        message = "this line is read as the rest of the line above it"
        return message, "give that line its colon, or begin both in the same column", False
    if "scanning a simple key" in context:
        return "this line has no colon followed by a space", "key: value", True
    if match := OPEN.search(context):
        mark = "]" if match[1] == "sequence" else "}"
        return f"what begins here is not closed by `{mark}`, or a comma is missing", f"… {mark}", True
    if "quoted scalar" in context and "end of stream" in what:
        return "the quotation mark that begins here is not closed", "another of the same kind at the end", True
    if "escape" in what:
        return "a `\\` in double quotes", "write two of them, or use single quotes", False
    if "alias" in what + context or "anchor" in context:
        return "`*` or `&` at the beginning of a text", "put the text in double quotes", True
    if "cannot start" in what or ("node content" in what and rest[:1] not in ("", "-")):
        return f"a text may not begin with `{rest[:1]}`", "put the text in double quotes", False
    if "another document" in what or ("document start" in what and not before):
        if rest.startswith("---"):
            return "a second document begins here", "one file, one document", False
        return "this line stands further left than the first", "begin all keys in the first column", False
    if "tag" in what:
        return "a tag; values here are plain text", "remove the `!` word", False
    if before:
        return "something follows a value that has already ended", "put the whole text in double quotes", False
    return "this line does not line up with the block it belongs to", "begin all keys of a block in one column", False
