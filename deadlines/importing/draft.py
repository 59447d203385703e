"""A school year as guessed from the lines of a district's file, and everything nothing was made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from calendars.days import ONE_DAY, DateSpan, is_weekend
from calendars.facts import FIRST_STUDENT_DAY, LAST_STUDENT_DAY, MarkKind
from calendars.neighbours import year_name
from deadlines.importing.guesses import TERM_END, Guess, NotUnderstood, guess
from deadlines.importing.lines import Line
from deadlines.importing.stretches import Entry, absorbed, joined, named_apart, one_thing_a_day
from deadlines.importing.terms import End, Ending, faults, how_many
from deadlines.importing.words import ANNOUNCED
from deadlines.reading.fields import LONGEST_RECESS

EDGES = (FIRST_STUDENT_DAY, LAST_STUDENT_DAY)


@dataclass
class Draft:
    """A school year as guessed. ``points`` are the edges of the students' year by level ("" for all alike);
    ``left`` are the lines nothing was made of, each with why; ``outside`` counts those of other school years.
    """

    year: str
    levels: tuple[str, ...]
    entries: list[Entry] = field(default_factory=list)
    points: dict[str, dict[str, tuple[date, tuple[Line, ...]]]] = field(default_factory=dict)
    terms: dict[str, dict[int, End]] = field(default_factory=dict)
    left: list[tuple[Line, str]] = field(default_factory=list)
    outside: Counter[str] = field(default_factory=Counter)

    def of(self, means: str) -> list[Entry]:
        """The entries of a kind, by day."""
        return [entry for entry in self.entries if entry.means == means]

    def leave(self, lines: Iterable[Line], why: str) -> None:
        """Say of lines why nothing is made of them."""
        self.left += [(line, why) for line in lines]

    def edge(self, name: str) -> list[date]:
        """The days an edge of the students' year has, over all levels; none where it is not known."""
        return sorted({day for day, _ in self.points.get(name, {}).values()})


def draft(lines: Iterable[Line], year: str, levels: tuple[str, ...]) -> Draft:
    """The school year that some lines speak of, as far as they are understood."""
    made = Draft(year, levels)
    guesses = [found for line in lines for found in _guess(made, line)]
    for name in EDGES:
        _add_edge(made, name, [g for g in guesses if g.means == name])
    _check_edges(made)
    days, overruled = one_thing_a_day(
        absorbed(joined(g for g in guesses if g.means not in (*EDGES, TERM_END, ANNOUNCED))), levels
    )
    for lost in overruled:
        why = f"taken for `{lost.entry.means}`; {lost.by.lines[0].origin} says that {lost.by.days} is `{lost.by.means}`"
        made.leave(lost.entry.lines, why)
    made.entries += [*named_apart(days), *named_apart(joined(g for g in guesses if g.means == ANNOUNCED))]
    for kind in dict.fromkeys(g.term[0] for g in guesses if g.term):
        _add_terms(made, kind, [g for g in guesses if g.term and g.term[0] == kind])
    made.left.sort(key=lambda pair: (pair[0].place.file, pair[0].place.line))
    return made


def _guess(made: Draft, line: Line) -> tuple[Guess, ...]:
    """What a line means; nothing when it is put aside, with why."""
    if line.days is None:
        made.leave([line], line.trouble)
        return ()
    within = _within(line.days, made.year)
    if within is None:
        made.outside[year_name(line.days.first)] += 1
        return ()
    if len(within) > LONGEST_RECESS:
        made.leave([line], f"it lasts {len(within)} days, and no recess does")
        return ()
    try:
        return guess(line, within, made.levels)
    except NotUnderstood as why:
        made.leave([line], str(why))
        return ()


def _within(days: DateSpan, year: str) -> DateSpan | None:
    """The part of some days that lies in a school year."""
    start = int(year[:4])
    first, last = max(days.first, date(start, 7, 1)), min(days.last, date(start + 1, 6, 30))
    return DateSpan(first, last) if first <= last else None


def _add_edge(made: Draft, name: str, guesses: list[Guess]) -> None:
    """The first or the last student day: of every level, or not at all; each line that says so is kept."""
    found: dict[str, tuple[date, tuple[Line, ...]]] = {}
    for level in made.levels or ("",):
        said = [g for g in guesses if level in g.levels] or [g for g in guesses if not g.levels]
        if len({g.days for g in said}) != 1 or len(said[0].days) > 1:
            for g in guesses:
                others = ", ".join(sorted({o.line.origin for o in guesses if o.days != g.days}))
                why = f"{others} gives another day" if others else f"no line gives it for {level}"
                made.leave([g.line], f"the {name} cannot be told: {'it is one day' if len(g.days) > 1 else why}")
            return
        found[level] = (said[0].days.first, tuple(g.line for g in said))
    made.points[name] = found
    used = {line for _, lines in found.values() for line in lines}
    made.leave([g.line for g in guesses if g.line not in used], f"each level has its own line for the {name}")


def _check_edges(made: Draft) -> None:
    first, last = made.edge(FIRST_STUDENT_DAY), made.edge(LAST_STUDENT_DAY)
    if first and last and first[-1] >= last[0]:
        for name in EDGES:
            lines = dict.fromkeys(line for _, said in made.points.pop(name).values() for line in said)
            made.leave(lines, "the last student day would not come after the first")


def _add_terms(made: Draft, kind: str, guesses: list[Guess]) -> None:
    """The ends of the terms of a kind: all of them or none, since a term begins where the one before it ends."""
    endings = [Ending(g.term, g.days.first, g.line) for g in guesses if g.term]
    first, last = made.edge(FIRST_STUDENT_DAY), made.edge(LAST_STUDENT_DAY)
    why = next(faults(kind, endings, first[-1] if first else None, last[0] if last else None), "")
    if any(g.levels or len(g.days) > 1 for g in guesses):
        why = f"the end of a {kind} is one day, the same for all levels"
    if why:
        made.leave([g.line for g in guesses], why)
        return
    by_number = {ending.term[1]: ending for ending in endings}
    count = how_many(kind, by_number)
    ends = {number: _end(made, by_number[number].day, by_number[number].line) for number in range(1, count)}
    at_last = _end(made, last[-1], *(e.line for e in endings if e.term[1] == count)) if last else End(None, None, ())
    made.terms[kind] = {**ends, count: End(None, at_last.staff, at_last.lines)}


def _end(made: Draft, day: date, *lines: Line) -> End:
    """An end with the staff day that follows it, if one is listed for all levels."""
    following = day + ONE_DAY
    while is_weekend(following):
        following += ONE_DAY
    staff = [
        entry
        for entry in made.of(MarkKind.TEACHERS_ONLY.value)
        if entry.days == DateSpan(following, following) and not entry.levels
    ]
    return End(day, following if staff else None, (*lines, *(line for entry in staff for line in entry.lines)))
