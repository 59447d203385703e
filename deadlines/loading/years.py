"""A year file: the revisions of one school year, read with positions and checked for sense."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from calendars.days import ONE_DAY, DateSpan, is_weekend
from calendars.facts import (
    DAYS_NOT_LISTED,
    FIRST_STUDENT_DAY,
    FIRST_TEACHER_DAY,
    LAST_STUDENT_DAY,
    LAST_TEACHER_DAY,
    NOT_CONFIRMED,
    OFFICE_DAYS,
    Announcement,
    Doubt,
    Mark,
    MarkKind,
    Origin,
    TermEnds,
    ends_not_known,
)
from calendars.revisions import Revision, YearHistory
from deadlines.loading.year_checks import check_days, check_levels, check_names, check_points, check_terms
from deadlines.loading.year_days import check_inside, listed, point
from deadlines.model.problem import Place, Problems
from deadlines.reading.fields import (
    Bad,
    Fields,
    day,
    items,
    parse_day,
    school_year,
    string,
    strings,
    text,
    whole_number,
)
from deadlines.reading.nodes import Document, Map, Node, Seq, read_document
from deadlines.reading.show import nearest

EDGES = {"first day": FIRST_STUDENT_DAY, "last day": LAST_STUDENT_DAY}
ByLevel = dict[str, tuple[date, Origin]]
TERM_KINDS = ("quarter", "semester", "trimester", "term")
LISTED = tuple(kind for kind in MarkKind if kind is not MarkKind.PROPOSED)
SPECIAL_UNKNOWNS = (
    *(FIRST_STUDENT_DAY, LAST_STUDENT_DAY, FIRST_TEACHER_DAY, LAST_TEACHER_DAY, OFFICE_DAYS, DAYS_NOT_LISTED),
    *(ends_not_known(kind) for kind in TERM_KINDS),
)


def read_year(path: Path, name: str, problems: Problems) -> YearHistory | None:
    """Read one year file; None when it has problems, which are added."""
    document = read_document(path, name, problems)
    if document is None:
        return None
    before = len(problems.found)
    history = _YearReader(document, problems).read()
    return history if len(problems.found) == before else None


class _YearReader:
    def __init__(self, document: Document, problems: Problems) -> None:
        self.document, self.problems = document, problems
        self.year = ""
        self.levels: tuple[str, ...] = ()
        self.unconfirmed: list[Doubt] = []  # the points of the revision being read that nobody has confirmed

    def read(self) -> YearHistory | None:
        before = len(self.problems.found)
        fields = Fields(self.document.root, self.document, self.problems, "a year file")
        self.year = fields.need("school year", school_year) or ""
        self.levels = fields.get("levels", strings, ())
        nodes = fields.need("revisions", _a_list)
        fields.done()
        if not self.year or not nodes:
            return None
        revisions = tuple(r for r in (self._revision(node, not index) for index, node in enumerate(nodes)) if r)
        if len(revisions) != len(nodes):
            return None
        for earlier, later, node in zip(revisions, revisions[1:], nodes[1:], strict=False):
            if later.announced < earlier.announced:
                message = f"announced {later.announced}, but it stands after a revision of {earlier.announced}"
                fields.refuse(node.place, message, "revisions in the order they were announced")
        history = YearHistory(self.year, self.levels, revisions, self.document.file)
        if len(self.problems.found) == before:  # else what could not be read would be missed a second time
            self._check(history, nodes)
        return history

    # ---- one revision -----------------------------------------------------------------------

    def _revision(self, node: Node, is_first: bool) -> Revision | None:
        f = Fields(node, self.document, self.problems, "a revision")
        announced = f.get("announced", day, None)
        adopted = None if _is_not_yet(f) else f.get("adopted", day, None)
        source = f.need("source", string) or ""
        origin = Origin(self.document.file, node.place.line, source)
        if announced is None and adopted is None:
            if "adopted" not in f or _is_not_yet(f):
                f.refuse(f.place, "a revision says when it was announced or adopted", "adopted: 2018-01-24")
            return None
        if announced and adopted and adopted < announced:
            message = f"adopted ({adopted}) before it was announced ({announced})"
            f.refuse(f.key_place("adopted"), message, f"announced: {adopted}")
        self.unconfirmed = []
        first_day, last_day = self._students(f, is_first, source)
        doubts = self._doubts(f, source)
        marks = tuple(mark for kind in LISTED for mark in self._marks(f, kind, source))
        said = LAST_STUDENT_DAY in {d.anchor for d in doubts} or ("in doubt" in f and not doubts)
        if adopted is None and not is_first and not said:
            closing = next((m.kind.value for m in marks if m.kind in (MarkKind.CLOSED, MarkKind.STRIKE)), "")
            if closing:
                f.refuse(f.key_place(closing), "a closure not yet adopted says where the last student day may now fall",
                         "in doubt: {last student day: 2019-06-18 to 2019-06-20} (or `cannot say`)")  # fmt: skip
        terms = self._terms(f, source)
        revision = Revision(
            announced=announced or adopted or date.min,
            adopted=adopted,
            source=source,
            origin=origin,
            first_day=first_day,
            last_day=last_day,
            terms=terms,
            marks=marks,
            doubts=(*doubts, *self.unconfirmed),
            not_known=self._not_known(f, source),
            now_known=self._now_known(f),
            announcements=self._announcements(f, source),
            printed=self._printed(f, source),
        )
        f.done()
        return revision

    def _origin(self, node: Node, source: str) -> Origin:
        return Origin(self.document.file, node.place.line, source)

    def _students(self, f: Fields, is_first: bool, source: str) -> tuple[ByLevel, ByLevel]:
        """The first and the last student day; of the first revision the edges of the year where they are not known."""
        start = int(self.year[:4])
        inside = f.inside("students", "`students`")
        not_known = dict(self._not_known(f, source))
        found = []
        stand_in = {FIRST_STUDENT_DAY: date(start, 7, 1), LAST_STUDENT_DAY: date(start + 1, 6, 30)}
        for key, anchor in EDGES.items():
            given = inside is not None and key in inside
            days = self._by_level(inside, key, anchor, source) if inside else {}
            if given and anchor in not_known:
                message = f"`{anchor}` is not known, it says here, and its day is given above"
                f.refuse(f.key_place("not known"), message, "one of the two, or the day marked `(not confirmed)`")
            if not given and is_first and anchor in not_known:
                days = {"": (stand_in[anchor], not_known[anchor])}
            elif not given and is_first:
                f.refuse(f.place, "the first revision gives the first and the last student day",
                         "students: {first day: 2018-09-04, last day: 2019-06-18}")  # fmt: skip
            found.append(days)
        if inside:
            inside.done()
        return found[0], found[1]

    def _by_level(self, f: Fields, key: str, anchor: str, source: str) -> ByLevel:
        node = f.node(key)
        if node is None:
            return {}
        if isinstance(node, Map):
            found = {}
            for level, value in node:
                self._known_level(f, level.value, level.place)
                when = f.attempt(value, lambda node: self._point(node, anchor, source))
                if when:
                    found[level.value] = (when, self._origin(value, source))
            return found
        when = f.attempt(node, lambda node: self._point(node, anchor, source))
        return {"": (when, self._origin(node, source))} if when else {}

    def _point(self, node: Node, anchor: str, source: str) -> date:
        """The day of an anchor; one that is not confirmed leaves the anchor in doubt without bounds."""
        found, confirmed = point(node, self.year)
        if not confirmed:
            self.unconfirmed.append(Doubt(anchor, None, self._origin(node, source), NOT_CONFIRMED))
        return found

    def _known_level(self, f: Fields, level: str, place: Place) -> None:
        if level not in self.levels:
            f.refuse(place, f"`{level}` is not one of the levels of this year", nearest(level, self.levels))

    def _marks(self, f: Fields, kind: MarkKind, source: str) -> list[Mark]:
        node = f.node(kind.value)
        if node is None:
            return []
        if not isinstance(node, Map):
            return self._mark_list(f, node, kind, (), source)
        marks = []
        for level, value in node:
            self._known_level(f, level.value, level.place)
            marks += self._mark_list(f, value, kind, (level.value,), source)
        return marks

    def _mark_list(self, f: Fields, node: Node, kind: MarkKind, levels: tuple[str, ...], source: str) -> list[Mark]:
        marks = []
        for item in f.attempt(node, items) or ():
            found = f.attempt(item, lambda node: listed(node, self.year))
            if found:
                name, span, confirmed = found
                marks.append(Mark(kind, name, span, levels, self._origin(item, source), confirmed))
        return marks

    def _announcements(self, f: Fields, source: str) -> tuple[Announcement, ...]:
        found = []
        for item in f.get("dates announced", items, ()):
            named = f.attempt(item, lambda node: listed(node, self.year))
            if named:
                name, span, confirmed = named
                found.append(Announcement(name, span, self._origin(item, source), confirmed))
        return tuple(found)

    def _terms(self, f: Fields, source: str) -> tuple[TermEnds, ...]:
        outer = f.inside("terms", "`terms`")
        if outer is None:
            return ()
        ends = []
        for kind in TERM_KINDS:
            inner = outer.inside(kind, f"`{kind}`")
            if inner is None:
                continue
            for number in inner.keys:
                if not number.isdigit() or number == "0":
                    inner.refuse(inner.key_place(number), f"`{number}` is not the number of a {kind}", "1")
                    inner.node(number)
                    continue
                one = inner.inside(number, f"{kind} {number}")
                assert one is not None
                ends.append(self._term(one, kind, int(number), source))
            inner.done()
        outer.done()
        return tuple(ends)

    def _term(self, f: Fields, kind: str, number: int, source: str) -> TermEnds:
        other = f.get("ends with", _term_name, None)
        name = f"{kind} {number}"
        student = f.get("student end", lambda node: self._point(node, f"student end of {name}", source), None)
        staff = f.get("staff end", lambda node: self._point(node, f"staff end of {name}", source), None)
        f.done()
        if student and staff and staff < student:
            f.refuse(f.key_place("staff end"), f"the staff end ({staff}) is before the student end ({student})",
                     "the two the other way round")  # fmt: skip
        return TermEnds(kind, number, student, staff, other, Origin(self.document.file, f.place.line, source))

    def _doubts(self, f: Fields, source: str) -> tuple[Doubt, ...]:
        node = f.node("in doubt")
        if node is None:
            return ()
        if not isinstance(node, Map):
            f.refuse(
                node.place,
                "points in doubt are listed by name",
                "{last student day: 2019-06-18 to 2019-06-19}",
            )
            return ()
        doubts = []
        for key, value in node:
            bounds = f.attempt(value, self._bounds)
            doubts.append(Doubt(key.value, bounds or None, self._origin(value, source)))
        return tuple(doubts)

    def _bounds(self, node: Node) -> DateSpan | tuple[()]:
        written = text(node)
        if written.value == "cannot say":
            return ()
        match = re.fullmatch(r"(\S+) to (\S+)", written.value)
        if not match:
            raise Bad(written.place, "bounds are two dates, or `cannot say`", "2019-06-18 to 2019-06-20")
        first = parse_day(match[1], written.part(0, len(match[1])))
        last = parse_day(match[2], written.part(match.start(2), len(match[2])))
        if last < first:
            raise Bad(written.place, f"{last} is before {first}", f"{last} to {first}")
        check_inside(DateSpan(first, last), written.place, self.year)
        if all(is_weekend(day) for day in DateSpan(first, last)):
            raise Bad(
                written.place,
                "the bounds hold no weekday, and no end can fall on a weekend",
                f"{first - ONE_DAY} to {last}",
            )
        return DateSpan(first, last)

    def _not_known(self, f: Fields, source: str) -> tuple[tuple[str, Origin], ...]:
        found = []
        for item in f.get("not known", items, ()):
            what = f.attempt(item, string)
            if what is None:
                continue
            near = what if what in SPECIAL_UNKNOWNS else nearest(what, SPECIAL_UNKNOWNS)
            if near in SPECIAL_UNKNOWNS and near != what and len(what) < len(near) + 4:
                f.refuse(item.place, f"`{what}` is not a point the program knows", near)
            found.append((what, self._origin(item, source)))
        return tuple(found)

    def _now_known(self, f: Fields) -> tuple[str, ...]:
        """What is taken back of `not known`; an edge of the students' year is known only when its day is given."""
        found = f.get("now known", strings, ())
        for key, anchor in EDGES.items():
            if anchor in found:
                message = f"`{anchor}` is known when its day is given, not when it is said to be"
                f.refuse(f.item_place("now known", found.index(anchor)), message, f"students: {{{key}: …}}")
        return found

    def _printed(self, f: Fields, source: str) -> Mapping[str, Mapping[str, tuple[int, Origin]]]:
        inner = f.inside("printed counts", "`printed counts`")
        if inner is None:
            return {}
        found = {}
        for key in ("student days", "work days"):
            node = inner.node(key)
            by_level: dict[str, tuple[int, Origin]] = {}
            for level, value in node if isinstance(node, Map) else [(None, node)] if node else ():
                if level:
                    self._known_level(f, level.value, level.place)
                number = inner.attempt(value, whole_number)
                if number is not None:
                    by_level[level.value if level else ""] = (number, self._origin(value, source))
            if by_level:
                found[key] = by_level
        inner.done()
        return found

    # ---- the year as a whole ----------------------------------------------------------------

    def _check(self, history: YearHistory, nodes: tuple[Node, ...]) -> None:
        """The merged year after every revision must make sense, for every level; the first fault is told."""
        before = len(self.problems.found)
        for index, (revision, node) in enumerate(zip(history.revisions, nodes, strict=True)):
            refuse = self._refuser(node)
            check_levels(history, index, refuse)
            check_points(history, index, refuse)
            check_names(history, revision, refuse)
            check_days(revision, self.levels, refuse)
            for level in self.levels or ("",):
                if len(self.problems.found) > before:
                    return
                year = history.known_on(revision.announced, level)
                assert year is not None
                check_terms(year, refuse)

    def _refuser(self, node: Node) -> Callable[..., None]:
        def refuse(line: int, message: str, near: str = "") -> None:
            """A problem of one line of the file; of the revision itself when ``line`` is 0."""
            place = node.place
            if line:
                written = self.document.lines[line - 1]
                indent = len(written) - len(written.lstrip(" -"))
                place = Place(self.document.file, line, indent + 1, len(written.rstrip()) - indent)
            self.problems.add(self.document.problem(place, message, near))

        return refuse


def _term_name(node: Node) -> tuple[str, int]:
    written = text(node)
    kind, _, number = written.value.rpartition(" ")
    if kind not in TERM_KINDS or not number.isdigit():
        raise Bad(written.place, f"`{written.value}` is not a term", "quarter 2")
    return kind, int(number)


def _a_list(node: Node) -> tuple[Node, ...]:
    if not isinstance(node, Seq) or not node.items:
        raise Bad(node.place, "a list with at least one revision is expected here", "- adopted: 2018-01-24")
    return node.items


def _is_not_yet(f: Fields) -> bool:
    node = f.node("adopted")
    return node is not None and getattr(node, "value", "") == "not yet"
