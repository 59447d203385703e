"""A made-up year as the text of a year file."""

from __future__ import annotations

from datetime import date

from tests.phrases.madeup import MadeTerm, MadeYear, Marked

IN_ONE_REVISION = ("closed", "teachers only", "conferences", "student days", "strike", "unsure for students",
                   "unsure for teachers", "office open", "office closed")  # fmt: skip


def year_file(year: MadeYear) -> str:
    """The file's text. A line that overrides an earlier one stands in a later revision, adopted the same day."""
    head = f"{{first day: {year.first_day}, last day: {year.last_day}}}"
    lines = [f"school year: {year.name}", "revisions:", *_revision(), f"    students: {head}"]
    if year.terms:
        lines.append("    terms:")
        for kind in dict.fromkeys(term.kind for term in year.terms):
            lines.append(f"      {kind}:")
            lines += [f"        {term.number}: {_ends(term, year)}" for term in year.terms if term.kind == kind]
    if year.not_known:
        lines.append(f"    not known: [{', '.join(year.not_known)}]")
    for number, group in enumerate(_groups(year.marks)):
        lines += _revision() if number else []
        for kind in dict.fromkeys(mark.kind for mark in group):
            marks = [f"{_span(mark.first, mark.last)} {mark.name}" for mark in group if mark.kind == kind]
            lines.append(f"    {kind}: [{', '.join(marks)}]")
    if year.doubts:
        lines += [*_revision(), "    in doubt:"]
        lines += [f"      {name}: {_bounds(bounds)}" for name, bounds in year.doubts]
    return "\n".join(lines) + "\n"


def _revision() -> list[str]:
    return ["  - adopted: 2010-01-01", "    source: made up"]


def _groups(marks: tuple[Marked, ...]) -> list[list[Marked]]:
    """In one revision the kinds are read in their own order and a day is one thing; else the next begins."""
    groups: list[list[Marked]] = [[]]
    for mark in marks:
        last = groups[-1]
        out_of_order = last and IN_ONE_REVISION.index(mark.kind) < IN_ONE_REVISION.index(last[-1].kind)
        if out_of_order or any(other.kind != mark.kind and _touch(other, mark) for other in last):
            groups.append([])
        groups[-1].append(mark)
    return groups


def _touch(one: Marked, other: Marked) -> bool:
    return one.first <= other.last and other.first <= one.last


def _span(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first} to {last}"


def _bounds(bounds: tuple[date, date] | None) -> str:
    return f"{bounds[0]} to {bounds[1]}" if bounds else "cannot say"


def _ends(term: MadeTerm, year: MadeYear) -> str:
    if term.ends_with:
        return f"{{ends with: {term.ends_with[0]} {term.ends_with[1]}}}"
    if term.student_end is None:
        return f"{{staff end: {year.staff_end}}}"
    staff = f", staff end: {term.staff_end}" if term.staff_end else ""
    return f"{{student end: {term.student_end}{staff}}}"
