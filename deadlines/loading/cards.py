"""A rule card from its YAML file to a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from deadlines.loading import card_words as words
from deadlines.loading.card_parts import PART_KEYS, PartReader
from deadlines.loading.card_readings import read_readings
from deadlines.loading.examples import read_example
from deadlines.loading.reminders import reminders
from deadlines.model.card import Card, Citation, Example, Part, Role, Side, Status
from deadlines.model.problem import Problems
from deadlines.reading.fields import (
    Fields,
    items,
    one_line,
    one_of,
    some_items,
    some_strings,
    string,
    strings,
)
from deadlines.reading.nodes import Document, Map, Seq, read_document
from deadlines.reading.show import nearest
from deadlines.shapes import all_shapes, is_dated
from deadlines.shapes import shape as find_shape

STAKES = ("right lost", "money", "safety", "process")
WEIGHTS = ("controlling", "summary", "report", "practice")
SIDES = ("union", "employer")
ROLLS = ("not stated", "it stays", "the work day before", "the next work day")
YES_OR_NO = ("yes", "no")
NEEDED_EXAMPLES = 3
OVERLAY_KEYS = ("overlay", "kind", "adds", "changes", "suspends", "over", "titles", "schools", "dated")
# What a card that is the `same as` an earlier one must say anew.
NOT_CARRIED = ("status", "sources", "examples", "same as")

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
    card = reader.card(f, f.need("rule", words.rule_name) or "", reader.parts.read(f))
    reader.finish(f, card)
    assert isinstance(document.root, Map)
    return (card, document.root) if len(problems.found) == before else None


class CardReader:
    """Reads one card or one overlay's card: its fields, its parts, then all that must hold of it."""

    def __init__(
        self, document: Document, problems: Problems, roles: Mapping[str, Role], documents: Mapping[str, str]
    ) -> None:
        self.document, self.problems, self.roles, self.documents = document, problems, roles, documents
        self.parts = PartReader(document, problems)

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
        shapes = {word for module in all_shapes() for word in module.WORDS}
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

    # ---- examples -------------------------------------------------------------------------------

    def _examples(self, f: Fields, parts: tuple[Part, ...]) -> tuple[Example, ...]:
        if self.parts.unread:  # what an example may name is not known
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
            example = read_example(inner, number, self.parts.names, events, more)
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
