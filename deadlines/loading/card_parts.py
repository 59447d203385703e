"""The parts of a rule card: how often each comes or what it follows, and the shape that says its date."""

from __future__ import annotations

import re
from types import ModuleType

from deadlines.loading import card_words as words
from deadlines.model.card import InForce, Part
from deadlines.model.problem import Problems
from deadlines.phrases.parse import ORDINALS, parse
from deadlines.reading.fields import Fields, day, one_of, string, strings, text
from deadlines.reading.nodes import Document, Map, Node
from deadlines.shapes import all_shapes, is_dated

EACH = (
    *("school year", "fiscal year", "semester", "quarter", "trimester", "month"),
    *("month with a student day", "week with a student day"),
)
SEVERAL = re.compile(r"[2-9] (weeks with a student day|school years)")
GOVERNED_BY = ("event", "start of year", "due date")
NO_PERIOD = ("the term before", "the term after", "not stated")
PART_KEYS = (
    *("each", "starts with", "also needs", "applies when", "in force", "if missed", "if no such period"),
    *("governed by", "counted from", "only through", "told by", "ended by"),
    *("counted by", "counted in a schedule", "also in a schedule"),
)


class PartReader:
    """Reads the parts of one card or one overlay, and remembers what it could not read."""

    def __init__(self, document: Document, problems: Problems) -> None:
        self.document, self.problems = document, problems
        self.names: tuple[str, ...] = ("",)  # also of parts that could not be read
        self.unread = False  # whether a part could not be read

    def read(self, f: Fields) -> tuple[Part, ...]:
        """The parts a card lists, or the one part the file itself is."""
        return self._parts(f, f.node("parts"))

    def added(self, f: Fields) -> tuple[Part, ...]:
        """The parts an overlay adds, listed or the one it is itself; none when it adds none."""
        node = f.node("adds")
        return self._parts(f, node) if node is not None or shape_of(f) else ()

    def _parts(self, f: Fields, node: Node | None) -> tuple[Part, ...]:
        if node is None:
            part = self._part(f, "", alone=True)
            return (part,) if part else ()
        if not isinstance(node, Map) or not node.entries:
            f.refuse(node.place, "parts are listed by name", "{first half: {each: school year, due: …}}")
            return ()
        found = []
        self.names = tuple(name.value for name, _ in node)
        for name, value in node:
            inner = Fields(value, self.document, self.problems, f"part `{name.value}`")
            part = self._part(inner, name.value, alone=False)
            inner.done()
            if part:
                found.append(part)
        return tuple(found)

    def _part(self, f: Fields, name: str, alone: bool) -> Part | None:
        shape = shape_of(f)
        if shape is None and f.partial:
            self.unread = True
            return None
        if shape is None:
            known = ", ".join(word for module in all_shapes() for word in module.WORDS)
            f.refuse(
                f.place,
                f"{f.what} says nothing a date could come from; one of: {known}",
                "undated: the text names no day",
            )
            self.unread = True
            for key in (*PART_KEYS, "who must"):  # known, if nothing could be made of them
                f.node(key)
            return None
        spec = shape.read(f)
        place = f.key_place(next(word for word in shape.WORDS if word in f))
        starts = f.get("starts with", words.event_name, "")
        needs = f.get("also needs", words.needs, {})
        each = f.get("each", _each, "")
        kind = shape.__name__.rpartition(".")[2]
        if is_dated(shape) and "each" not in f and "starts with" not in f:
            f.refuse(f.place, f"{f.what} has neither `each` nor `starts with`", "each: school year")
        if each and starts:
            f.refuse(f.key_place("each"), "a part either recurs (`each`) or follows an event (`starts with`)",
                     "one of the two")  # fmt: skip
        missed = f.inside("if missed", "`if missed`")
        advice, starts_rules = "", tuple[str, ...]()
        if missed:
            advice = missed.get("delegate should", string, "")
            starts_rules = missed.get("starts", strings, ())
            missed.done()
        told = f.get("told by", words.fact_name, "")
        part = Part(
            name=name, each=each, shape=kind, spec=spec, place=place, starts_with=starts, also_needs=needs,
            applies_when=f.get("applies when", string, ""), who_must="" if alone else f.get("who must", string, ""),
            in_force=in_force(f), missed_advice=advice, missed_starts=starts_rules,
            no_such_period=f.get("if no such period", one_of(NO_PERIOD), ""),
            governed_by=f.get("governed by", one_of(GOVERNED_BY), ""),
            counted_from=f.get("counted from", string, ""),
            only_through=f.get("only through", lambda n: parse(text(n)), None),
            told_by=told.removeprefix(words.NOT), told_no=told.startswith(words.NOT),
            ended_by=f.get("ended by", words.event_names, ()),
        )  # fmt: skip
        _check_part(f, part)
        self.unread = self.unread or spec is None
        return part if spec is not None else None


def _check_part(f: Fields, part: Part) -> None:
    """What a part says goes together."""
    if part.each.endswith("school years") and not part.counted_from:
        which = ORDINALS[int(part.each[0]) - 1]
        f.refuse(f.key_place("each"), f"every {which} school year, counted from which?", "counted from: 2017-18")
    if part.told_by and not (part.starts_with and part.applies_when):
        f.refuse(f.key_place("told by"), "`told by` is the fact of an event that says whether `applies when` holds",
                 "starts with: … and applies when: …")  # fmt: skip
    if part.ended_by and not part.starts_with:
        f.refuse(f.key_place("ended by"), "`ended by` is for what follows an event; what recurs is settled by hand",
                 "starts with: …")  # fmt: skip
    if part.only_through and not ("week" in part.each or "month" in part.each):
        f.refuse(f.key_place("only through"), "`only through` ends what recurs by weeks or months in the year",
                 "each: month with a student day")  # fmt: skip


def shape_of(f: Fields) -> ModuleType | None:
    """The shape whose word stands in a mapping; two are refused."""
    shapes = all_shapes()
    found = [module for module in shapes if any(word in f for word in module.WORDS)]
    named = [word for module in shapes for word in module.WORDS if word in f]
    if len(named) > 1:
        f.refuse(
            f.key_place(named[1]),
            f"`{named[0]}` and `{named[1]}` are two duties; give each a part of its own",
            f"parts: {{first: {{{named[0]}: …}}, second: {{{named[1]}: …}}}}",
        )
        for word in named[1:]:
            f.node(word)
    return found[0] if found else None


def in_force(f: Fields) -> InForce:
    """From when to when something holds; asked twice (a part that is the whole file) it gives the same."""
    inner = f.inside("in force", "`in force`")
    if inner is None:
        return InForce()
    said = inner.get("from", string, "")
    found = InForce(
        inner.get("from", words.from_day, None), inner.get("until", words.until_day, None),
        inner.get("ends when", words.ending, ""), inner.get("look again", day, None), said,
    )  # fmt: skip
    if found.first and found.last and found.last < found.first:
        message = f"in force until {found.last}, but only from {found.first}"
        inner.refuse(inner.key_place("until"), message, "the two the other way round")
    inner.done()
    return found


def _each(node: Node) -> str:
    """How often a duty comes: one of the words, or a number of school weeks or school years."""
    written = string(node)
    return written if SEVERAL.fullmatch(written) else one_of(EACH)(node)
