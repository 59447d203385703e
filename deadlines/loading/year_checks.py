"""What must hold of a school year as a whole: terms follow on one another, entries have names of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from calendars.days import is_weekend
from calendars.facts import LAST_STUDENT_DAY, YEAR_STAFF_END, Announcement, Mark, MarkKind, Term, TermEnds
from calendars.revisions import OPENING, Revision, YearHistory
from calendars.schoolyear import SchoolYear
from deadlines.reading.show import nearest

Refuse = Callable[..., None]  # the line (0: the revision itself), the message, the nearest right form
OFFICE = (MarkKind.OFFICE_OPEN, MarkKind.OFFICE_CLOSED)


def check_levels(history: YearHistory, index: int, refuse: Refuse) -> None:
    """The first revision gives the student year of every level."""
    revision = history.revisions[index]
    for name, days in (("first day", revision.first_day), ("last day", revision.last_day)):
        missing = [level for level in history.levels if level not in days and "" not in days]
        if not index and missing:
            message = f"`{name}` says nothing of the level `{missing[0]}`"
            refuse(next(iter(days.values()))[1].line, message, f"{{…, {missing[0]}: 2018-09-04}}")


def check_points(history: YearHistory, index: int, refuse: Refuse) -> None:
    """The points that a revision names, of those the year has by then."""
    terms = {(e.kind, e.number): e for r in history.revisions[: index + 1] for e in r.terms}
    for (kind, last), term in terms.items():
        missing = next((n for n in range(1, last) if (kind, n) not in terms), 0)
        if missing:
            message = f"{kind} {missing} is missing: {kind} {last} is listed"
            refuse(term.origin.line, message, f"{missing}: {{student end: …}}")
            return
    for ends in history.revisions[index].terms:
        if ends.ends_with and ends.ends_with not in terms:
            message = f"{ends.kind} {ends.number} ends with {_name(ends.ends_with)}, which this year does not have"
            refuse(ends.origin.line, message, nearest(_name(ends.ends_with), map(_name, terms)))
        elif ends.ends_with and _goes_round(ends, terms):
            refuse(ends.origin.line, f"{ends.kind} {ends.number} ends with a term that ends with it", "student end: …")
    points = [LAST_STUDENT_DAY, "student end of the school year", YEAR_STAFF_END]
    points += [f"{side} end of {_name(term)}" for term in terms for side in ("student", "staff")]
    for doubt in history.revisions[index].doubts:
        if doubt.anchor not in points and not doubt.because:
            message = f"this year has no point called `{doubt.anchor}` that could be in doubt"
            refuse(doubt.origin.line, message, nearest(doubt.anchor, points))


def _name(term: tuple[str, int]) -> str:
    return f"{term[0]} {term[1]}"


def _goes_round(ends: TermEnds, terms: dict[tuple[str, int], TermEnds]) -> bool:
    seen, at = set[tuple[str, int]](), ends
    while at.ends_with:
        if at.ends_with in seen:
            return True
        seen.add(at.ends_with)
        at = terms.get(at.ends_with, TermEnds("", 0, None, None, None, at.origin))
    return False


def check_days(revision: Revision, levels: tuple[str, ...], refuse: Refuse) -> None:
    """Within one revision a day is one thing; a later revision may say otherwise."""
    seen: dict[tuple[object, str, bool], Mark] = {}
    for mark in revision.marks:
        for level in mark.levels or levels or ("",):
            for day in mark.span:
                other = seen.setdefault((day, level, mark.kind in OFFICE), mark)
                if other.kind is not mark.kind:
                    message = f"{day} is `{mark.kind.value}` here and `{other.kind.value}` on line {other.origin.line}"
                    refuse(mark.origin.line, message, "one of the two")
                    return


def check_terms(year: SchoolYear, refuse: Refuse) -> None:
    if year.last_day[0] < year.first_day[0]:
        message = f"the last student day ({year.last_day[0]}) is before the first ({year.first_day[0]})"
        refuse(year.last_day[1].line, message, "the two the other way round")
        return
    for kind in year.term_kinds:
        ends = sorted((e for e in year.term_ends if e.kind == kind), key=lambda e: e.number)
        for entry in ends[:-1]:
            if entry.student_end is None and entry.ends_with is None:
                refuse(entry.origin.line, f"{kind} {entry.number} has no student end", "student end: 2018-11-01")
                return
        terms = year.terms(kind)
        last_of_kind = ends[-1]
        ends_elsewhere = last_of_kind.student_end not in (None, year.last_day[0])
        if ends_elsewhere and LAST_STUDENT_DAY not in year.not_known:
            message = (
                f"{kind} {last_of_kind.number} ends on {last_of_kind.student_end}; "
                f"the last student day is {year.last_day[0]}"
            )
            refuse(last_of_kind.origin.line, message, "leave the student end of the last term out")
            return
        previous = year.first_day[0] - timedelta(days=1)
        for entry, term in zip(ends, terms, strict=False):
            if term.student_end.day <= previous:
                message = f"{term.name} ends on {term.student_end.day}, when the term before it has not ended"
                refuse(entry.origin.line, message, f"a day after {previous}")
                return
            previous = term.staff_end.day
        _check_staff_ends(year, ends, terms, refuse)
        if len(terms) < len(ends):
            refuse(ends[-1].origin.line, f"{kind} {ends[-1].number} would have no student day", "leave it out")
            return


def _check_staff_ends(year: SchoolYear, ends: list[TermEnds], terms: tuple[Term, ...], refuse: Refuse) -> None:
    """A staff day on the weekday after a term's last student day closes it, or does not: the file says which."""
    for entry, term in zip(ends, terms, strict=False):
        if entry.staff_end or entry.ends_with or term.student_end.because:
            continue
        last = term.student_end.day
        following = next(day for n in (1, 2, 3) if not is_weekend(day := last + timedelta(days=n)))
        mark = year.marks.get(following)
        if mark and mark.kind is MarkKind.TEACHERS_ONLY and mark.confirmed:
            message = (
                f"students end {term.name} on {last}, and on {following} only staff come (line {mark.origin.line}): "
                "say whether it ends for them that day"
            )
            refuse(entry.origin.line, message, f"staff end: {following}; or, if it does not, staff end: {last}")
            return


def check_names(history: YearHistory, revision: Revision, refuse: Refuse) -> None:
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
                    refuse(mark.origin.line, message, f"{mark.name}, second day")
                    return
                seen[key] = (mark, other_revision)
    announced: dict[str, Announcement] = {}
    for entry in revision.announcements:
        other_entry = announced.setdefault(entry.name, entry)
        if other_entry is not entry:
            message = f"`{entry.name}` is already the name of {other_entry.span} on line {other_entry.origin.line}"
            refuse(entry.origin.line, message, f"{entry.name}, second day")
