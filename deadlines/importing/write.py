"""A guessed school year as the text of a year file: every guess marked, every line with where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from calendars.facts import (
    DAYS_NOT_LISTED,
    FIRST_STUDENT_DAY,
    FIRST_TEACHER_DAY,
    LAST_STUDENT_DAY,
    LAST_TEACHER_DAY,
    NOT_CONFIRMED,
    OFFICE_DAYS,
    MarkKind,
    ends_not_known,
)
from deadlines.importing.draft import Draft
from deadlines.importing.guesses import shown
from deadlines.importing.lines import Line
from deadlines.importing.stretches import Entry
from deadlines.importing.terms import End
from deadlines.importing.text import comment, flow, scalar
from deadlines.importing.words import ANNOUNCED

MARK = f"({NOT_CONFIRMED})"
KEYS = {FIRST_STUDENT_DAY: "first day", LAST_STUDENT_DAY: "last day"}
HEAD = """\
# School year {year}, guessed from {file} by `deadlines import-year`. “(not confirmed)” stands where nobody has
# compared a line with the district's calendar yet: no date rests on it, and none of it is published. Take the mark
# away from each line that is right, and correct or delete the others. Above each line stands where it comes from."""
WHY_NOT_KNOWN = {
    DAYS_NOT_LISTED: "Delete this when every day off stands above: any other weekday is a school day then.",
    FIRST_TEACHER_DAY: "Delete these two when the staff days before the first and after the last student day do.",
}


def year_text(made: Draft, file: str, source: str, announced: date, term_kinds: tuple[str, ...]) -> str:
    """The year file. ``term_kinds`` are those the local has had; whose ends are not in the file are not known."""
    lines = [HEAD.format(year=made.year, file=shown(file)), f"school year: {made.year}"]
    lines += [f"levels: {flow(made.levels)}"] if made.levels else []
    lines += [
        "revisions:",
        f"  - announced: {announced}",
        "    adopted: not yet  # or the day it was adopted",
        f"    source: {scalar(source)}",
    ]
    lines += _students(made)
    lines += _terms(made)
    for kind in (kind.value for kind in MarkKind):
        lines += _kind(kind, made.of(kind), made.levels)
    lines += _announced(made.of(ANNOUNCED))
    lines += ["    not known:"]
    for what in not_known(made, term_kinds):
        lines += [comment(WHY_NOT_KNOWN[what], 6)] if what in WHY_NOT_KNOWN else []
        lines.append(f"      - {what}")
    return "\n".join([*lines, *_left(made)]) + "\n"


def not_known(made: Draft, term_kinds: tuple[str, ...]) -> list[str]:
    """What the file leaves open, besides each line that is not confirmed."""
    edges = [name for name in KEYS if name not in made.points]
    ends = [ends_not_known(kind) for kind in term_kinds if kind not in made.terms]
    return [*edges, DAYS_NOT_LISTED, *ends, FIRST_TEACHER_DAY, LAST_TEACHER_DAY, OFFICE_DAYS]


def said(lines: Iterable[Line]) -> str:
    """Where lines stand and what they say: ``calendar.csv:14 and 15 “Report Card Pick-Up”``."""
    numbers: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        numbers.setdefault((shown(line.file), shown(line.name)), []).append(str(line.place.line))
    return "; ".join(f"{file}:{_in_words(found)} “{name}”" for (file, name), found in numbers.items())


def _in_words(numbers: list[str]) -> str:
    return numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} and {numbers[-1]}"


def _students(made: Draft) -> Iterator[str]:
    if made.points:
        yield "    students:"
    for name, days in made.points.items():
        yield comment(said(dict.fromkeys(line for _, lines in days.values() for line in lines)), 6)
        if len({day for day, _ in days.values()}) == 1:
            yield f"      {KEYS[name]}: {next(iter(days.values()))[0]} {MARK}"
        else:
            by_level = [f"{scalar(level, True)}: {day} {MARK}" for level, (day, _) in days.items()]
            yield f"      {KEYS[name]}: {{{', '.join(by_level)}}}"


def _terms(made: Draft) -> Iterator[str]:
    if made.terms:
        yield "    terms:"
    for kind, ends in made.terms.items():
        yield f"      {kind}:"
        for number, end in ends.items():
            if end.lines:
                yield comment(said(end.lines), 8)
            yield f"        {number}: {_end(made, kind, number, end)}"


def _end(made: Draft, kind: str, number: int, end: End) -> str:
    """``{student end: 2018-11-01 (not confirmed)}``; a semester ends with the quarter that ends on its day."""
    quarters = made.terms.get("quarter", {}) if kind == "semester" else {}
    same = [n for n, quarter in quarters.items() if quarter.student == end.student]
    if same:
        return f"{{ends with: quarter {same[0]}}}"
    parts = [f"student end: {end.student} {MARK}"] if end.student else []
    parts += [f"staff end: {end.staff} {MARK}"] if end.staff else []
    return f"{{{', '.join(parts)}}}"


def _kind(kind: str, entries: list[Entry], levels: tuple[str, ...]) -> Iterator[str]:
    """The days of one kind: for all levels, or as soon as one is for some only, level by level."""
    if not entries:
        return
    yield f"    {kind}:"
    if not any(entry.levels for entry in entries):
        yield from _entries(entries, 6)
        return
    for level in levels:
        own = [entry for entry in entries if level in entry.levels or not entry.levels]
        if own:
            yield f"      {scalar(level)}:"
            yield from _entries(own, 8)


def _announced(entries: list[Entry]) -> Iterator[str]:
    if entries:
        yield f"    {ANNOUNCED}:"
        yield from _entries(entries, 6)


def _entries(entries: list[Entry], indent: int) -> Iterator[str]:
    for entry in entries:
        also = f"; also {said(entry.also)}" if entry.also else ""
        yield comment(said(entry.lines) + also, indent)
        yield f"{'':{indent}}- {scalar(f'{entry.days} {entry.name} {MARK}')}"


def _left(made: Draft) -> Iterator[str]:
    if made.left:
        yield comment("Not understood: nothing comes of these lines. What belongs above, write there.")
    for line, why in made.left:
        days = f"{line.days} " if line.days else ""
        yield comment(f"  {line.origin} {days}“{shown(line.name)}”: {shown(why)}")
    for year, count in sorted(made.outside.items()):
        yield comment(f"{count} line{'s are' if count > 1 else ' is'} of school year {year}.")
