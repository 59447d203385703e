"""What the terminal says of an import: what was guessed, what was not understood, what is to be settled, and how."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from calendars.days import long_date
from calendars.facts import MarkKind
from deadlines.importing.draft import Draft
from deadlines.importing.guesses import shown
from deadlines.importing.words import ANNOUNCED
from deadlines.importing.write import not_known

MOST_TOLD = 25  # lines not understood; all of them stand in the year file


def told(made: Draft, lines: int, notes: list[str], term_kinds: tuple[str, ...]) -> Iterator[str]:
    """The result, line by line, under the name of the file that was written."""
    understood = lines - len({line for line, _ in made.left}) - made.outside.total()
    yield f"  lines: {lines}, {understood} of them understood"
    yield from (f"  dates: {note}" for note in notes)
    yield "  guessed, each marked “(not confirmed)”:"
    for name, days in made.points.items():
        yield f"    {name}: {_by_level({level: day for level, (day, _) in days.items()})}"
    for kind, ends in made.terms.items():
        yield f"    ends of the {kind}s: {', '.join(long_date(end.student) for end in ends.values() if end.student)}"
    for means in (*(kind.value for kind in MarkKind), ANNOUNCED):
        if entries := made.of(means):
            yield f"    {means}: {len(entries)} line{'s' if len(entries) > 1 else ''}"
    yield from _not_understood(made)
    yield f"  not known: {', '.join(not_known(made, term_kinds))}"


def _by_level(days: dict[str, date]) -> str:
    if len(set(days.values())) == 1:
        return long_date(next(iter(days.values())))
    return ", ".join(f"{long_date(day)} ({level})" for level, day in days.items())


def _not_understood(made: Draft) -> Iterator[str]:
    if made.left:
        yield f"  not understood, kept as comments at the end of the file: {len(made.left)}"
    for line, why in made.left[:MOST_TOLD]:
        days = f"{line.days} " if line.days else ""
        yield f"    {line.origin} {days}“{shown(line.name)}”: {shown(why)}"
    if len(made.left) > MOST_TOLD:
        yield f"    … and {len(made.left) - MOST_TOLD} more"
    for year, count in sorted(made.outside.items()):
        yield f"  of school year {year}, left out: {count} line{'s' if count > 1 else ''}"


def next_steps(target: str, folder: str) -> Iterator[str]:
    """What the steward does now. An empty ``folder``: the file was written elsewhere than among a folder's years."""
    yield "Nothing rests on it yet, and nothing of it is published. Next:"
    yield f"  1. Compare each line of {target} with the district's calendar. Where it is right,"
    yield "     take “(not confirmed)” away; correct or delete the others."
    yield "  2. Take away from `not known` what is known by then, and add what the district printed:"
    yield "     printed counts: {student days: 176}, or of one level: {student days: {elementary: 176}}"
    yield f"  3. deadlines check {folder}" if folder else "  3. Put it among the years of your folder: deadlines check"
