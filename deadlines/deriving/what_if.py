"""A folder as it would be if days were closed: the same files, and one announcement nobody has made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from calendars.days import ONE_DAY, DateSpan, is_weekend
from calendars.facts import LAST_STUDENT_DAY, YEAR_STAFF_END, Doubt, Flag, Mark, MarkKind, Origin
from calendars.neighbours import year_name
from calendars.revisions import Revision, YearHistory
from calendars.schoolyear import SchoolYear
from deadlines.model.local import Local

SOURCE = "what if these days were closed"


class NoSuchDays(ValueError):
    """Days that cannot be closed in thought, and why."""


def closed(local: Local, span: DateSpan, known_on: date, made_up: bool | None = None) -> Local:
    """The folder if every day of ``span`` were announced as closed on ``known_on``.

    ``made_up`` None: nobody knows yet whether the lost days are taught at the end, so the end of the year may
    move by that many weekdays; False: they are not. Raises NoSuchDays for days of no year, or of two.
    """
    name = year_name(span.first)
    history = next((year for year in local.years if year.name == name), None)
    if year_name(span.last) != name:
        raise NoSuchDays("the days lie in two school years; ask about each by itself")
    known = history.known_on(known_on, history.levels[0] if history.levels else "") if history else None
    if history is None or known is None:
        raise NoSuchDays(f"no calendar of school year {name} was on file on that day")
    lost = [day for day in span if known.fact(day).students is Flag.YES]
    if not lost and not any(known.fact(day).teachers is Flag.YES for day in span):
        raise NoSuchDays("no student and no teacher comes on these days anyway")
    origin = Origin("--close", 1, SOURCE)
    doubts = (*_closed_ends(known, span, origin), *(() if made_up is False else _moved_ends(known, len(lost), origin)))
    mark = Mark(MarkKind.CLOSED, "closed (what if)", span, (), origin)
    revision = Revision(known_on, None, SOURCE, origin, marks=(mark,), doubts=doubts)
    return with_year(local, _inserted(history, revision))


def with_year(local: Local, history: YearHistory) -> Local:
    """The folder with another file for one school year."""
    others = tuple(year for year in local.years if year.name != history.name)
    return replace(local, years=tuple(sorted((*others, history), key=lambda year: year.name)))


def _inserted(history: YearHistory, revision: Revision) -> YearHistory:
    """In order of announcement, after all that was announced on the same day."""
    before = [r for r in history.revisions if r.announced <= revision.announced]
    after = [r for r in history.revisions if r.announced > revision.announced]
    return YearHistory(history.name, history.levels, (*before, revision, *after), history.file)


def _closed_ends(known: SchoolYear, span: DateSpan, origin: Origin) -> Iterator[Doubt]:
    """The ends of terms that fall on closed days: somewhere between the last student day before and the printed day."""
    ends = [f"{side} end of {ends.kind} {ends.number}" for ends in known.term_ends for side in ("student", "staff")]
    for name in dict.fromkeys(known.canonical(end) for end in ends):
        day = printed = known.anchor(name).day
        if printed not in span or name in (LAST_STUDENT_DAY, YEAR_STAFF_END):
            continue
        while day in span or known.fact(day).students is not Flag.YES:
            day -= ONE_DAY
        yield Doubt(name, DateSpan(day, printed), origin)


def _moved_ends(known: SchoolYear, lost: int, origin: Origin) -> Iterator[Doubt]:
    """Both ends of the year, from where they may stand now to as many weekdays later as were lost."""
    for name in (LAST_STUDENT_DAY, YEAR_STAFF_END) if lost else ():
        anchor = known.anchor(name)
        first, last = (anchor.bounds.first, anchor.bounds.last) if anchor.bounds else (anchor.day, anchor.day)
        for _ in range(lost):
            last += ONE_DAY
            while is_weekend(last):
                last += ONE_DAY
        yield Doubt(name, DateSpan(first, min(last, known.span.last)), origin)
