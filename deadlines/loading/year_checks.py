"""What must hold of a school year as a whole: terms follow on one another, entries have names of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from calendars.facts import Mark
from calendars.revisions import OPENING, Revision, YearHistory
from calendars.schoolyear import SchoolYear


def check_terms(year: SchoolYear, refuse: Callable[..., None]) -> None:  # noqa: PLR0911 - one return a fault
    if year.last_day[0] < year.first_day[0]:
        refuse("the last student day is before the first", line=year.last_day[1].line)
        return
    for kind in year.term_kinds:
        ends = sorted((e for e in year.term_ends if e.kind == kind), key=lambda e: e.number)
        missing = sorted(set(range(1, ends[-1].number + 1)) - {e.number for e in ends})
        if missing:
            refuse(
                f"{kind} {missing[0]} is missing: {kind} {ends[-1].number} is listed",
                line=ends[-1].origin.line,
            )
            return
        for entry in ends[:-1]:
            if entry.student_end is None and entry.ends_with is None:
                refuse(f"{kind} {entry.number} has no student end", "student end: 2018-11-01", entry.origin.line)
                return
        try:
            terms = year.terms(kind)
        except KeyError as error:
            refuse(f"a {kind} ends with {error.args[0]}, which this year does not have", line=ends[0].origin.line)
            return
        last_of_kind = ends[-1]
        if last_of_kind.student_end and last_of_kind.student_end != year.last_day[0]:
            refuse(
                f"{kind} {last_of_kind.number} ends on {last_of_kind.student_end}; "
                f"the last student day is {year.last_day[0]}",
                "leave the student end of the last term out", last_of_kind.origin.line,
            )  # fmt: skip
            return
        previous = year.first_day[0] - timedelta(days=1)
        for entry, term in zip(ends, terms, strict=False):
            if term.student_end.day <= previous:
                refuse(f"{term.name} ends before or while the term before it does", line=entry.origin.line)
                return
            previous = term.staff_end.day
        if len(terms) < len(ends):
            refuse(f"{kind} {ends[-1].number} would have no student day", line=ends[-1].origin.line)
            return


def check_names(history: YearHistory, revision: Revision, refuse: Callable[..., None]) -> None:
    """Entries of one year need names of their own: a feed tells them apart by name, not by date.

    A staff day of the same name in a later revision is that day moved; a closure never moves by its name.
    """
    seen: dict[tuple[str, str], tuple[Mark, Revision]] = {}
    for other_revision in history.revisions[: history.revisions.index(revision) + 1]:
        for mark in other_revision.marks:
            for level in mark.levels or ("",):
                key = (mark.kind.value, f"{mark.name}|{level}")
                other, at = seen.get(key, (mark, revision))
                moved = mark.kind in OPENING and at is not other_revision
                if other.origin.line != mark.origin.line and other.span != mark.span and not moved:
                    message = f"`{mark.name}` is already the name of {other.span} on line {other.origin.line}"
                    refuse(message, f"{mark.name}, second day", mark.origin.line)
                    return
                seen[key] = (mark, other_revision)
