"""The year file of a school year nobody has seen the calendar of: all of it not known, last year's as a reminder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from calendars.days import MONTHS, days_in_month, long_date, short_date, short_span, weekday_name
from calendars.facts import (
    DAYS_NOT_LISTED,
    FIRST_STUDENT_DAY,
    FIRST_TEACHER_DAY,
    LAST_STUDENT_DAY,
    LAST_TEACHER_DAY,
    OFFICE_DAYS,
    MarkKind,
    TermEnds,
    ends_not_known,
)
from calendars.revisions import YearHistory
from deadlines.importing.text import comment, flow

DAY = "____-__-__"
RANKS = ("first", "second", "third", "fourth", "fifth")
TERM_KINDS = ("quarter", "semester", "trimester", "term")
HEAD = """\
# School year {year}, begun by `deadlines new-year` on {on}. Nothing of it is known
# yet, and no date is given that needs it. When the district has its calendar, let the program read it:
#   deadlines import-year FILE --year {year} --replace
# or fill in what follows: take the # away, put the days in, and take out of `not known` what is known by then.
# Behind a second # is how it was in {before} ({last}); a day that is proposed there follows from last
# year's alone, and is no fact."""


def blank_year(year: str, last: YearHistory, on: date) -> str:
    """The file, which can be loaded as it stands."""
    kinds = term_kinds(last)
    lines = [HEAD.format(year=year, last=last.file, before=last.name, on=long_date(on)), f"school year: {year}"]
    lines += [f"levels: {flow(last.levels)}"] if last.levels else []
    lines += [
        "revisions:",
        f"  - announced: {on}",
        "    adopted: not yet",
        "    source: nobody yet; begun by new-year, and to be filled in from the district's calendar",
        "    not known:",
    ]
    unknown = [FIRST_STUDENT_DAY, LAST_STUDENT_DAY, DAYS_NOT_LISTED, *map(ends_not_known, kinds)]
    lines += [f"      - {what}" for what in (*unknown, FIRST_TEACHER_DAY, LAST_TEACHER_DAY, OFFICE_DAYS)]
    lines += [comment(line, 4) for line in _reminder(year, last)]
    return "\n".join(lines) + "\n"


def term_kinds(history: YearHistory) -> tuple[str, ...]:
    """The kinds of term a year has, or says it has though nobody has seen their ends."""
    listed = {ends.kind for revision in history.revisions for ends in revision.terms}
    said = {what for revision in history.revisions for what, _ in revision.not_known}
    return tuple(kind for kind in TERM_KINDS if kind in listed or ends_not_known(kind) in said)


def _reminder(year: str, last: YearHistory) -> Iterator[str]:
    """The keys to fill in, each as it was in the calendar first adopted: no closure for cold, no strike."""
    first = last.revisions[0]
    known = not {FIRST_STUDENT_DAY, LAST_STUDENT_DAY} & {what for what, _ in first.not_known}
    was = f"  # {_edges(last)}" if known else ""
    yield f"students: {{first day: {DAY}, last day: {DAY}}}{was}"
    kinds = dict.fromkeys(ends.kind for ends in first.terms)
    if kinds:
        yield "terms:"
    for kind in kinds:
        yield f"  {kind}:"
        of_kind = sorted((ends for ends in first.terms if ends.kind == kind), key=lambda ends: ends.number)
        yield from (f"    {_term(ends, ends is of_kind[-1])}" for ends in of_kind)
    for mark_kind in MarkKind:
        yield from _days(year, mark_kind, last)
    announced = [entry for revision in last.revisions for entry in revision.announcements]
    if announced:
        yield "dates announced:"
    yield from (f"  - {DAY} {entry.name}  # {short_span(entry.span)}" for entry in announced)
    yield "printed counts: {student days: ___}"


def _edges(last: YearHistory) -> str:
    """The students' year as first adopted, for the first level."""
    revision = last.revisions[0]
    level = last.levels[0] if last.levels else ""
    days = [(days.get(level) or days[""])[0] for days in (revision.first_day, revision.last_day)]
    return " to ".join(map(short_date, days))


def _term(ends: TermEnds, is_last: bool) -> str:
    if ends.ends_with:
        return f"{ends.number}: {{ends with: {ends.ends_with[0]} {ends.ends_with[1]}}}"
    parts = [] if is_last else [f"student end: {DAY}"]
    parts += [f"staff end: {DAY}"] if ends.staff_end else []
    was = [short_date(day) for day in (ends.student_end, ends.staff_end) if day]
    return f"{ends.number}: {{{', '.join(parts)}}}" + (f"  # {' and '.join(was)}" if was else "")


def _days(year: str, kind: MarkKind, last: YearHistory) -> Iterator[str]:
    marks = [mark for mark in last.revisions[0].marks if mark.kind is kind]
    if not marks:
        return
    yield f"{kind.value}:"
    by_level = any(mark.levels for mark in marks)
    for levels in dict.fromkeys(mark.levels for mark in marks):
        if by_level:
            yield f"  {', '.join(levels)}:"
        for mark in (mark for mark in marks if mark.levels == levels):
            day = DAY if len(mark.span) == 1 else f"{DAY} to {DAY}"
            hint = _hint(year, mark.span.first) if kind is MarkKind.CLOSED and len(mark.span) == 1 else ""
            yield f"{'    ' if by_level else '  '}- {day} {mark.name}  # {short_span(mark.span)}{hint}"


def _hint(year: str, before: date) -> str:
    """Where a holiday would fall by its weekday in the month, and by its date: which it is, the calendar says."""
    start = int(year[:4]) + (before.month < 7)
    rank = (before.day - 1) // 7
    is_last = before.day + 7 > days_in_month(before.year, before.month)
    first = date(start, before.month, 1)
    offset = 1 + (before.weekday() - first.weekday()) % 7
    longest = days_in_month(start, before.month)
    found = [(f"the {RANKS[rank]}", offset + 7 * rank)] if offset + 7 * rank <= longest else []
    if is_last:
        found.append(("the last", offset + 7 * ((longest - offset) // 7)))
    month, weekday = MONTHS[before.month - 1], weekday_name(before)
    days = {day: f"{rank_said} {weekday} of {month} is {short_date(date(start, before.month, day))}"
            for rank_said, day in found}  # fmt: skip
    if before.day <= longest and before.day not in days:
        days[before.day] = f"its date is {short_date(date(start, before.month, before.day))}"
    return f"; proposed: {'; '.join(days.values())}"
