"""A rule card from its YAML file to a frozen value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from deadlines.loading import card_words as words
from deadlines.loading.card_readings import read_readings
from deadlines.loading.examples import read_example
from deadlines.loading.reminders import reminders
from deadlines.model.card import Card, Citation, Example, InForce, Part, Role, Side, Status
from deadlines.model.problem import Problems
from deadlines.phrases.parse import ORDINALS, parse
from deadlines.reading.fields import (
    Fields,
    day,
    items,
    one_line,
    one_of,
    some_items,
    some_strings,
    string,
    strings,
    text,
)
from deadlines.reading.nodes import Document, Map, Node, Seq, read_document
from deadlines.reading.show import nearest
from deadlines.shapes import all_shapes, is_dated
from deadlines.shapes import shape as find_shape

EACH = (
    *("school year", "fiscal year", "semester", "quarter", "trimester", "month"),
    *("month with a student day", "week with a student day"),
)
SEVERAL = re.compile(r"[2-9] (weeks with a student day|school years)")
STAKES = ("right lost", "money", "safety", "process")
WEIGHTS = ("controlling", "summary", "report", "practice")
SIDES = ("union", "employer")
ROLLS = ("not stated", "it stays", "the work day before", "the next work day")
GOVERNED_BY = ("event", "start of year", "due date")
NO_PERIOD = ("the term before", "the term after", "not stated")
YES_OR_NO = ("yes", "no")
NEEDED_EXAMPLES = 3
OVERLAY_KEYS = ("overlay", "kind", "adds", "changes", "suspends", "over", "titles", "schools", "dated")
# What a card that is the `same as` an earlier one must say anew.
NOT_CARRIED = ("status", "sources", "examples", "same as")
PART_KEYS = (
    *("each", "starts with", "also needs", "applies when", "in force", "if missed", "if no such period"),
    *(
        "governed by",
        "counted from",
        "only through",
        "told by",
        "ended by",
        "counted by",
        "counted in a schedule",
        "also in a schedule",
    ),
)

Roots = Mapping[str, Mapping[str, Map]]  # the cards of earlier agreements as read: by agreement, by rule


def read_card(
    path: Path, name: str, roles: Mapping[str, Role], documents: Mapping[str, str], problems: Problems, earlier: Roots
) -> tuple[Card, Map] | None:
    """Read one card, and the keys it was made of; None when it has problems, which are added.

    A card that is the `same as` one of an earlier agreement takes from it every key it does not write.
    """
    document = read_document(path, name, problems)
    if document is None:
        return None
    before = len(problems.found)
    reader = CardReader(document, problems, roles, documents)
    f = reader.fields("a card", earlier)
    for key in OVERLAY_KEYS:
        if f.node(key) is not None:
            f.refuse(f.key_place(key), f"`{key}` belongs to an overlay", "a file in overlays/, not in rules/")
    card = reader.card(f, f.need("rule", words.rule_name) or "", reader.parts(f, "parts"))
    reader.finish(f, card)
    assert isinstance(document.root, Map)
    return (card, document.root) if len(problems.found) == before else None


class CardReader:
    """Reads one card or one overlay's card: its fields, its parts, then all that must hold of it."""

    def __init__(
        self, document: Document, problems: Problems, roles: Mapping[str, Role], documents: Mapping[str, str]
    ) -> None:
        self.document, self.problems, self.roles, self.documents = document, problems, roles, documents
        self.shapes = all_shapes()
        self.part_names: tuple[str, ...] = ("",)  # also of parts that could not be read
        self.unread = False  # whether a part could not be read

    def fields(self, what: str, earlier: Roots) -> Fields:
        """The keys of the file, with those of the card it is the same as."""
        self.document.article = _article(self.document)
        f = Fields(self.document.root, self.document, self.problems, what)
        base = f.get("same as", string, "")
        if not base:
            return f
        rules = earlier.get(base, {})
        rule = f.get("rule", string, "")
        if base not in earlier:
            message = f"no earlier agreement on file is called `{base}`"
            f.refuse(f.key_place("same as"), message, nearest(base, earlier))
        elif rule not in rules:
            f.refuse(f.key_place("same as"), f"{base} has no rule `{rule}`", nearest(rule, rules))
        else:
            assert isinstance(self.document.root, Map)
            left = self._said_anew({key.value for key, _ in self.document.root})
            more = tuple((key, value) for key, value in rules[rule] if key.value not in left)
            self.document.root = Map((*self.document.root.entries, *more), self.document.root.place)
        f = Fields(self.document.root, self.document, self.problems, what)
        f.partial = rule not in rules
        f.node("same as")
        return f

    def _said_anew(self, own: set[str]) -> set[str]:
        """The keys a card does not take over: its own, and what its own parts or date put aside."""
        shapes = {word for module in self.shapes for word in module.WORDS}
        left = own | set(NOT_CARRIED)
        if "parts" in own:
            left |= shapes | set(PART_KEYS)
        elif own & shapes:
            left |= shapes | {"parts"}
        return left

    def card(self, f: Fields, rule: str, parts: tuple[Part, ...]) -> Card:
        """The card of a file whose parts were read."""
        sources = self._sources(f)
        side, who = self._owner(f)
        status = f.need("status", one_of(s.value for s in Status))
        readings, settlement = read_readings(f)
        examples = self._examples(f, parts)
        title, summary, contact = f.need("title", one_line), f.need("summary", string), f.need("contact", string)
        tell = f.need("tell", some_strings) or ()
        self._known_roles(f, "tell", tell)
        self._misspelt_roles(f)
        return Card(
            rule=rule, title=title or "", summary=summary or "", status=Status(status or "draft"),
            file=self.document.file, sources=sources, parts=parts, who_must=who, side=side, tell=tell,
            stakes=f.need("stakes", one_of(STAKES)) or "process", contact=contact or "",
            counterpart=f.get("counterpart", string, ""), owed_to=f.get("owed to", string, ""),
            applies_to=f.get("applies to", string, ""), received_by=f.get("received by", string, ""),
            roll=f.get("if that is not a work day", one_of(ROLLS), "not stated"),
            readings=readings, settlement=settlement, soft_words=f.get("soft words", string, ""),
            remedy=f.get("remedy", string, ""), advice=f.get("delegate should", string, ""),
            done_when=f.get("done when", string, ""), remind=f.get("remind", reminders, ()),
            counted_back=f.get("counted back", one_of(YES_OR_NO), "yes") == "yes",
            questions=f.get("questions", strings, ()), link=f.get("link", words.link, ""), examples=examples,
            builds_on=f.get("builds on", string, ""), positions=self._positions(f),
            our_position=f.get("our position", string, ""),
        )  # fmt: skip

    def finish(self, f: Fields, card: Card) -> None:
        """Refuse the keys nobody asked for, and a status the file does not bear out."""
        f.done()
        self._proof(f, card)

    # ---- proof and people ---------------------------------------------------------------------

    def _sources(self, f: Fields) -> tuple[Citation, ...]:
        nodes = f.need("sources", some_items) or ()
        found = []
        for node in nodes:
            s = Fields(node, self.document, self.problems, "a source")
            document, place = s.need("document", string), s.need("place", string)
            if document and document not in self.documents:
                s.refuse(s.key_place("document"), f"`{document}` is not among the documents of agreement.yaml",
                         nearest(document, self.documents))  # fmt: skip
            weight = s.need("weight", one_of(WEIGHTS)) or ""
            cited = Citation(document or "", place or "", weight, s.get("compared", words.compared, ""),
                             s.get("differs", string, ""), s.get("words", words.few_words, ""),
                             s.value_place("words"))  # fmt: skip
            s.done()
            found.append(cited)
        return tuple(found)

    def _owner(self, f: Fields) -> tuple[Side, str]:
        node = f.node("who must")
        if node is None and f.partial:
            return Side.OURS, ""
        if node is None:
            f.refuse(
                f.place,
                "a card has no `who must`; which date leads depends on who owes it",
                "who must: principal",
            )
            return Side.OURS, ""
        who = f.attempt(node, string) or ""
        if who not in self.roles:
            f.refuse(node.place, f"`{who}` is not among the roles of agreement.yaml", nearest(who, self.roles))
            return Side.OURS, who
        return self.roles[who].side, who

    def _known_roles(self, f: Fields, key: str, names: tuple[str, ...]) -> None:
        for index, name in enumerate(names):
            if name not in self.roles:
                message = f"`{name}` is not among the roles of agreement.yaml"
                f.refuse(f.item_place(key, index), message, nearest(name, self.roles))

    def _misspelt_roles(self, f: Fields) -> None:
        """These may be anybody; but one that is nearly a role is meant to be it, and its work days would be lost."""
        for key in ("received by", "applies to"):
            who = f.get(key, string, "")
            if who and who not in self.roles and (near := nearest(who, self.roles)) in self.roles:
                f.refuse(f.key_place(key), f"`{who}` is nearly a role of agreement.yaml, and its work days count", near)

    def _positions(self, f: Fields) -> dict[str, str]:
        inner = f.inside("positions", "`positions`")
        if inner is None:
            return {}
        found = {side: inner.get(side, string, "") for side in SIDES}
        inner.done()
        return {side: said for side, said in found.items() if said}

    def _proof(self, f: Fields, card: Card) -> None:
        """What a status promises must be there: a checked card was compared, and a dated one has three examples."""
        if card.status is Status.DISPUTED and not (len(card.positions) == len(SIDES) and card.our_position):
            f.refuse(f.key_place("status"), "`disputed` needs both sides' positions, and ours for the members",
                     "positions: {union: …, employer: …} and our position: …")  # fmt: skip
        if card.status is not Status.CHECKED:
            return
        if not any(s.weight == "controlling" and s.compared for s in card.sources):
            f.refuse(f.key_place("status"), "`checked` means compared with a controlling text on a recorded day",
                     "status: unverified")  # fmt: skip
        dated = any(is_dated(find_shape(part.shape)) for part in card.parts)
        node = f.node("examples")
        written = len(node.items) if isinstance(node, Seq) else 0  # one that has problems is there all the same
        if dated and written < NEEDED_EXAMPLES:
            message = f"a checked card with dates has {NEEDED_EXAMPLES} examples; this has {written}"
            f.refuse(f.key_place("status"), message, "status: unverified")

    # ---- parts ----------------------------------------------------------------------------------

    def parts(self, f: Fields, key: str) -> tuple[Part, ...]:
        """The parts listed under a key, or the one part the file itself is; none for an overlay that adds none."""
        node = f.node(key)
        if node is None and key == "adds" and self.shape_of(f) is None:
            return ()
        if node is None:
            part = self._part(f, "", alone=True)
            return (part,) if part else ()
        if not isinstance(node, Map) or not node.entries:
            f.refuse(node.place, "parts are listed by name", "{first half: {each: school year, due: …}}")
            return ()
        found = []
        self.part_names = tuple(name.value for name, _ in node)
        for name, value in node:
            inner = Fields(value, self.document, self.problems, f"part `{name.value}`")
            part = self._part(inner, name.value, alone=False)
            inner.done()
            if part:
                found.append(part)
        return tuple(found)

    def _part(self, f: Fields, name: str, alone: bool) -> Part | None:
        shape = self.shape_of(f)
        if shape is None and f.partial:
            self.unread = True
            return None
        if shape is None:
            known = ", ".join(word for module in self.shapes for word in module.WORDS)
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
        in_force = self.in_force(f)
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
            in_force=in_force, missed_advice=advice, missed_starts=starts_rules,
            no_such_period=f.get("if no such period", one_of(NO_PERIOD), ""),
            governed_by=f.get("governed by", one_of(GOVERNED_BY), ""),
            counted_from=f.get("counted from", string, ""),
            only_through=f.get("only through", lambda n: parse(text(n)), None),
            told_by=told.removeprefix(words.NOT), told_no=told.startswith(words.NOT),
            ended_by=f.get("ended by", words.event_names, ()),
        )  # fmt: skip
        if each.endswith("school years") and not part.counted_from:
            which = ORDINALS[int(each[0]) - 1]
            f.refuse(f.key_place("each"), f"every {which} school year, counted from which?", "counted from: 2017-18")
        if part.told_by and not (starts and part.applies_when):
            f.refuse(f.key_place("told by"), "`told by` is the fact of an event that says whether `applies when` holds",
                     "starts with: … and applies when: …")  # fmt: skip
        if part.ended_by and not starts:
            f.refuse(f.key_place("ended by"), "`ended by` is for what follows an event; what recurs is settled by hand",
                     "starts with: …")  # fmt: skip
        if part.only_through and not ("week" in each or "month" in each):
            f.refuse(f.key_place("only through"), "`only through` ends what recurs by weeks or months in the year",
                     "each: month with a student day")  # fmt: skip
        self.unread = self.unread or spec is None
        return part if spec is not None else None

    def shape_of(self, f: Fields) -> ModuleType | None:
        """The shape whose word stands in a mapping; two are refused."""
        found = [module for module in self.shapes if any(word in f for word in module.WORDS)]
        named = [word for module in self.shapes for word in module.WORDS if word in f]
        if len(named) > 1:
            f.refuse(
                f.key_place(named[1]),
                f"`{named[0]}` and `{named[1]}` are two duties; give each a part of its own",
                f"parts: {{first: {{{named[0]}: …}}, second: {{{named[1]}: …}}}}",
            )
            for word in named[1:]:
                f.node(word)
        return found[0] if found else None

    def in_force(self, f: Fields) -> InForce:
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

    # ---- examples -------------------------------------------------------------------------------

    def _examples(self, f: Fields, parts: tuple[Part, ...]) -> tuple[Example, ...]:
        if self.unread:  # what an example may name is not known
            f.node("examples")
            return ()
        found = []
        events = {
            name for part in parts for name in (part.starts_with, *part.also_needs, part.in_force.ends_when) if name
        }
        more = tuple(key for part in parts for key in getattr(find_shape(part.shape), "GIVEN", ()))
        more += ("counted from",) if any(part.counted_from for part in parts) else ()
        for number, node in enumerate(f.get("examples", items, ()), 1):
            inner = Fields(node, self.document, self.problems, f"example {number}")
            example = read_example(inner, number, self.part_names, events, more)
            if example:
                found.append(example)
        return tuple(found)


def _each(node: Node) -> str:
    """How often a duty comes: one of the words, or a number of school weeks or school years."""
    written = string(node)
    return written if SEVERAL.fullmatch(written) else one_of(EACH)(node)


def _article(document: Document) -> str:
    """The first place named in the file, so that even a broken card's errors say which article it is."""
    root = document.root
    for key, value in root if isinstance(root, Map) else ():
        if key.value == "sources":
            for node in getattr(value, "items", ()):
                for k, v in node if isinstance(node, Map) else ():
                    if k.value == "place" and hasattr(v, "value"):
                        return str(v.value)
    return ""
