"""A rule card from its YAML file to a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from deadlines.loading import card_words as words
from deadlines.loading.card_readings import read_readings
from deadlines.loading.examples import read_example
from deadlines.model.card import Card, Citation, Example, InForce, Part, Role, Side, Status
from deadlines.model.problem import Problems
from deadlines.reading.fields import Fields, day, items, one_of, string, strings
from deadlines.reading.nodes import Document, Map, read_document
from deadlines.reading.show import nearest
from deadlines.shapes import all_shapes, is_dated
from deadlines.shapes import shape as find_shape

EACH = ("school year", "fiscal year", "semester", "quarter", "trimester", "month with a student day")
STAKES = ("right lost", "money", "safety", "process")
WEIGHTS = ("controlling", "summary", "report", "practice")
ROLLS = ("not stated", "it stays", "the work day before", "the next work day")
GOVERNED_BY = ("event", "start of year", "due date")
NO_PERIOD = ("the term before", "the term after", "not stated")
NEEDED_EXAMPLES = 3
# Keys of rules.md that later kinds of card use; known here so that their absence is said plainly.
LATER = (
    "overlay",
    "kind",
    "adds",
    "changes",
    "suspends",
    "over",
    "builds on",
    "same as",
    "positions",
    "our position",
)


def read_card(
    path: Path, name: str, roles: Mapping[str, Role], documents: Mapping[str, str], problems: Problems
) -> Card | None:
    """Read one card; None when it has problems, which are added."""
    document = read_document(path, name, problems)
    if document is None:
        return None
    before = len(problems.found)
    card = _CardReader(document, problems, roles, documents).read()
    return card if len(problems.found) == before else None


class _CardReader:
    def __init__(
        self, document: Document, problems: Problems, roles: Mapping[str, Role], documents: Mapping[str, str]
    ) -> None:
        self.document, self.problems, self.roles, self.documents = document, problems, roles, documents
        self.shapes = tuple(all_shapes())

    def read(self) -> Card | None:
        f = Fields(self.document.root, self.document, self.problems, "a card")
        rule = f.need("rule", words.rule_name) or ""
        self.document.article = _article(self.document)
        for key in LATER:
            if f.node(key) is not None:
                f.refuse(f.key_place(key), f"`{key}` belongs to overlays, which this version does not read yet")
        sources = self._sources(f)
        side, who = self._owner(f)
        status = f.need("status", one_of(s.value for s in Status))
        parts = self._parts(f)
        readings, settlement = read_readings(f)
        examples = self._examples(f, parts)
        missing = [f.need(key, string) for key in ("title", "summary", "contact")]
        title, summary, contact = (value or "" for value in missing)
        tell = f.need("tell", strings) or ()
        self._known_roles(f, "tell", tell)
        card = Card(
            rule=rule, title=title, summary=summary, status=Status(status or "draft"), file=self.document.file,
            sources=sources, parts=parts, who_must=who, side=side, tell=tell,
            stakes=f.need("stakes", one_of(STAKES)) or "process", contact=contact,
            counterpart=f.get("counterpart", string, ""), owed_to=f.get("owed to", string, ""),
            applies_to=f.get("applies to", string, ""), received_by=f.get("received by", string, ""),
            roll=f.get("if that is not a work day", one_of(ROLLS), "not stated"),
            readings=readings, settlement=settlement, soft_words=f.get("soft words", string, ""),
            remedy=f.get("remedy", string, ""), advice=f.get("delegate should", string, ""),
            done_when=f.get("done when", string, ""), remind=f.get("remind", strings, ()),
            questions=f.get("questions", strings, ()), link=f.get("link", words.link, ""), examples=examples,
        )  # fmt: skip
        f.done()
        self._proof(f, card)
        return card

    # ---- proof and people ---------------------------------------------------------------------

    def _sources(self, f: Fields) -> tuple[Citation, ...]:
        nodes = f.need("sources", items) or ()
        found = []
        for node in nodes:
            s = Fields(node, self.document, self.problems, "a source")
            document, place = s.need("document", string), s.need("place", string)
            if document and document not in self.documents:
                s.refuse(s.key_place("document"), f"`{document}` is not among the documents of agreement.yaml",
                         nearest(document, self.documents))  # fmt: skip
            weight = s.need("weight", one_of(WEIGHTS)) or ""
            cited = Citation(document or "", place or "", weight, s.get("compared", words.compared, ""),
                             s.get("differs", string, ""), s.get("words", string, ""))  # fmt: skip
            s.done()
            found.append(cited)
        return tuple(found)

    def _owner(self, f: Fields) -> tuple[Side, str]:
        node = f.node("who must")
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
        for name in names:
            if name not in self.roles:
                f.refuse(
                    f.key_place(key),
                    f"`{name}` is not among the roles of agreement.yaml",
                    nearest(name, self.roles),
                )

    def _proof(self, f: Fields, card: Card) -> None:
        """What a status promises must be there: a checked card was compared, and a dated one has three examples."""
        if card.status is not Status.CHECKED:
            return
        if not any(s.weight == "controlling" and s.compared for s in card.sources):
            f.refuse(f.key_place("status"), "`checked` means compared with a controlling text on a recorded day",
                     "status: unverified")  # fmt: skip
        dated = any(is_dated(find_shape(part.shape)) for part in card.parts)
        if dated and len(card.examples) < NEEDED_EXAMPLES:
            message = f"a checked card with dates has {NEEDED_EXAMPLES} examples; this has {len(card.examples)}"
            f.refuse(f.key_place("status"), message, "status: unverified")

    # ---- parts ----------------------------------------------------------------------------------

    def _parts(self, f: Fields) -> tuple[Part, ...]:
        node = f.node("parts")
        if node is None:
            part = self._part(f, "", alone=True)
            return (part,) if part else ()
        if not isinstance(node, Map):
            f.refuse(node.place, "parts are listed by name", "first half: {each: school year, due: …}")
            return ()
        found = []
        for key, value in node:
            inner = Fields(value, self.document, self.problems, f"part `{key.value}`")
            part = self._part(inner, key.value, alone=False)
            inner.done()
            if part:
                found.append(part)
        return tuple(found)

    def _part(self, f: Fields, name: str, alone: bool) -> Part | None:
        shape = self._shape(f)
        if shape is None:
            known = ", ".join(word for module in self.shapes for word in module.WORDS)
            f.refuse(
                f.place,
                f"{f.what} says nothing a date could come from; one of: {known}",
                "undated: the text names no day",
            )
            return None
        spec = shape.read(f)
        starts = f.get("starts with", words.event_name, "")
        needs = f.get("also needs", words.needs, {})
        each = f.get("each", one_of(EACH), "")
        kind = shape.__name__.rpartition(".")[2]
        if is_dated(shape) and not each and not starts:
            f.refuse(f.place, f"{f.what} has neither `each` nor `starts with`", "each: school year")
        if each and starts:
            f.refuse(f.key_place("each"), "a part either recurs (`each`) or follows an event (`starts with`)")
        in_force = self._in_force(f)
        missed = f.inside("if missed", "`if missed`")
        advice, starts_rules = "", tuple[str, ...]()
        if missed:
            advice = missed.get("delegate should", string, "")
            starts_rules = missed.get("starts", strings, ())
            missed.done()
        part = Part(
            name=name, each=each, shape=kind, spec=spec, place=f.place, starts_with=starts, also_needs=needs,
            applies_when=f.get("applies when", string, ""), who_must="" if alone else f.get("who must", string, ""),
            in_force=in_force, missed_advice=advice, missed_starts=starts_rules,
            no_such_period=f.get("if no such period", one_of(NO_PERIOD), ""),
            governed_by=f.get("governed by", one_of(GOVERNED_BY), ""),
        )  # fmt: skip
        return part if spec is not None else None

    def _shape(self, f: Fields) -> ModuleType | None:
        found = [module for module in self.shapes if any(word in f for word in module.WORDS)]
        named = [word for module in self.shapes for word in module.WORDS if word in f]
        if len(named) > 1:
            f.refuse(
                f.key_place(named[1]),
                f"`{named[0]}` and `{named[1]}` are two duties; give each a part of its own",
            )
            for word in named[1:]:
                f.node(word)
        return found[0] if found else None

    def _in_force(self, f: Fields) -> InForce:
        inner = f.inside("in force", "`in force`")
        if inner is None:
            return InForce()
        said = inner.get("from", string, "")
        found = InForce(inner.get("from", words.from_day, None), inner.get("until", words.until_day, None),
                        inner.get("look again", day, None), said)  # fmt: skip
        inner.done()
        return found

    # ---- examples -------------------------------------------------------------------------------

    def _examples(self, f: Fields, parts: tuple[Part, ...]) -> tuple[Example, ...]:
        found = []
        events = {name for part in parts for name in (part.starts_with, *part.also_needs) if name}
        more = tuple(key for part in parts for key in getattr(find_shape(part.shape), "GIVEN", ()))
        for number, node in enumerate(f.get("examples", items, ()), 1):
            inner = Fields(node, self.document, self.problems, f"example {number}")
            example = read_example(inner, number, tuple(part.name for part in parts), events, more)
            if example:
                found.append(example)
        return tuple(found)


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
