"""A rule card from its YAML file to a frozen value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import ModuleType

from deadlines.loading.examples import read_example
from deadlines.model.card import Card, Citation, InForce, Part, Reading, Role, Settlement, Side, Status
from deadlines.model.problem import Problems
from deadlines.phrases.frame import BUILT_IN
from deadlines.phrases.parse import PHRASE_WORDS
from deadlines.reading.fields import Bad, Fields, day, items, one_of, string, strings, text
from deadlines.reading.nodes import Document, Map, Node, read_document
from deadlines.reading.show import nearest
from deadlines.shapes import all_shapes

EACH = ("school year", "fiscal year", "semester", "quarter", "trimester", "month with a student day")
STAKES = ("right lost", "money", "safety", "process")
WEIGHTS = ("controlling", "summary", "report", "practice")
ROLLS = ("not stated", "it stays", "the work day before", "the next work day")
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
        rule = f.need("rule", _rule_name) or ""
        self.document.article = _article(self.document)
        for key in LATER:
            if f.node(key) is not None:
                f.refuse(f.key_place(key), f"`{key}` belongs to overlays, which this version does not read yet")
        sources = self._sources(f)
        side, who = self._owner(f)
        status = f.need("status", one_of(s.value for s in Status))
        parts = self._parts(f)
        readings, settlement = self._readings(f)
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
            questions=f.get("questions", strings, ()), link=f.get("link", _link, ""), examples=examples,
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
            cited = Citation(document or "", place or "", weight, s.get("compared", _compared, ""),
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
        dated = any(part.shape not in ("undated", "audit") for part in card.parts)
        if dated and len(card.examples) < NEEDED_EXAMPLES:
            have = len(card.examples)
            f.refuse(f.key_place("status"), f"a checked card with dates has {NEEDED_EXAMPLES} examples; this has {have}",
                     "status: unverified")  # fmt: skip

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
            words = ", ".join(word for module in self.shapes for word in module.WORDS)
            f.refuse(
                f.place,
                f"{f.what} says nothing a date could come from; one of: {words}",
                "undated: the text names no day",
            )
            return None
        spec = shape.read(f)
        starts = f.get("starts with", _event_name, "")
        needs = f.get("also needs", _needs, {})
        each = f.get("each", one_of(EACH), "")
        kind = shape.__name__.rpartition(".")[2]
        if kind not in ("undated", "audit") and not each and not starts:
            f.refuse(f.place, f"{f.what} has neither `each` nor `starts with`", "each: school year")
        if each and starts:
            f.refuse(f.key_place("each"), "a part either recurs (`each`) or follows an event (`starts with`)")
        in_force = self._in_force(f)
        missed = f.inside("if missed", "`if missed`")
        advice, starts_rules = "", ()
        if missed:
            advice, starts_rules = (
                missed.get("delegate should", string, ""),
                missed.get("starts", strings, ()),
            )
            missed.done()
        part = Part(
            name=name, each=each, shape=kind, spec=spec, place=f.place, starts_with=starts, also_needs=needs,
            applies_when=f.get("applies when", string, ""), who_must="" if alone else f.get("who must", string, ""),
            in_force=in_force, missed_advice=advice, missed_starts=starts_rules,
            no_such_period=f.get("if no such period", one_of(NO_PERIOD), ""), governed_by=f.get("governed by", string, ""),
        )  # fmt: skip
        return part if spec is not None else None

    def _shape(self, f: Fields) -> ModuleType | None:
        found = [module for module in self.shapes if any(word in f for word in module.WORDS)]
        words = [word for module in self.shapes for word in module.WORDS if word in f]
        if len(words) > 1:
            f.refuse(
                f.key_place(words[1]),
                f"`{words[0]}` and `{words[1]}` are two duties; give each a part of its own",
            )
            for word in words[1:]:
                f.node(word)
        return found[0] if found else None

    def _in_force(self, f: Fields) -> InForce:
        inner = f.inside("in force", "`in force`")
        if inner is None:
            return InForce()
        words = inner.get("from", string, "")
        found = InForce(inner.get("from", _from_day, None), inner.get("until", _until_day, None),
                        inner.get("look again", day, None), words)  # fmt: skip
        inner.done()
        return found

    # ---- readings ------------------------------------------------------------------------------

    def _readings(self, f: Fields) -> tuple[tuple[Reading, ...], Settlement | None]:
        uses = f.inside("use", "`use`")
        used = {key: uses.get(key, string, "") for key in uses.keys} if uses else {}
        settled = self._settlement(f)
        found = []
        node = f.node("readings")
        for key, value in node if isinstance(node, Map) else ():
            inner = Fields(value, self.document, self.problems, f"reading `{key.value}`")
            if key.value not in BUILT_IN:
                f.refuse(key.place, f"no question is called `{key.value}`; an open point goes under `questions`",
                         nearest(key.value, BUILT_IN))  # fmt: skip
                continue
            question = inner.need("question", string) or ""
            answers = {letter: inner.get(letter, string, "") for letter in inner.keys if letter != "question"}
            self._answers(inner, key.value, answers)
            letter = used.pop(key.value, "")
            if letter and letter not in answers:
                assert uses
                uses.refuse(
                    uses.key_place(key.value),
                    f"`{letter}` is not an answer of `{key.value}`",
                    next(iter(answers), ""),
                )
            found.append(Reading(key.value, question, answers, letter if letter in answers else ""))
        for name in used:
            assert uses
            uses.refuse(uses.key_place(name), f"`use` settles `{name}`, which is not among the readings")
        if any(r.use for r in found) and settled is None and "settled by" not in f:
            f.refuse(
                f.key_place("use"),
                "a reading is settled only by somebody, with a citation",
                "settled by: {practice: …}",
            )
        return tuple(found), settled

    def _answers(self, f: Fields, name: str, answers: dict[str, str]) -> None:
        fair = BUILT_IN[name].answers
        if len(answers) < 2:
            f.refuse(f.place, f"`{name}` has one answer; a question with one answer is none", " / ".join(fair))
        for letter, answer in answers.items():
            if answer not in fair:
                f.refuse(
                    f.key_place(letter),
                    f"`{answer}` is not an answer to `{name}`",
                    nearest(answer, fair) or " / ".join(fair),
                )

    def _settlement(self, f: Fields) -> Settlement | None:
        inner = f.inside("settled by", "`settled by`")
        if inner is None:
            return None
        kind = "ruling" if "ruling" in inner else "practice"
        what, place = inner.need(kind, string), inner.need("place", string)
        who = inner.need("recorded by", string)
        inner.done()
        return Settlement(kind, what, place, who) if what and place and who else None

    # ---- examples -------------------------------------------------------------------------------

    def _examples(self, f: Fields, parts: tuple[Part, ...]) -> tuple:  # type: ignore[type-arg]
        found = []
        events = {name for part in parts for name in (part.starts_with, *part.also_needs) if name}
        for number, node in enumerate(f.get("examples", items, ()), 1):
            inner = Fields(node, self.document, self.problems, f"example {number}")
            example = read_example(inner, number, tuple(part.name for part in parts), events)
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


def _rule_name(node: Node) -> str:
    written = text(node)
    if not re.fullmatch(r"[0-9]+[a-z]?(-[0-9a-z]+)+", written.value):
        raise Bad(
            written.place,
            f"`{written.value}` is not a rule name: article, then words, joined by `-`",
            "35-4-transfer-window",
        )
    return written.value


def _event_name(node: Node) -> str:
    written = text(node)
    name = written.value
    if name.endswith(" missed"):
        return name
    if not re.fullmatch(r"[a-z][a-z0-9'.-]*( [a-z][a-z0-9'.-]*)*", name):
        raise Bad(written.place, f"`{name}` is not an event name: small letters and words only", "prep cancelled")
    for word in name.split():
        if word in PHRASE_WORDS:
            at = written.part(name.index(word), len(word))
            raise Bad(
                at,
                f"`{word}` is a word of the date phrases; an event needs a name without it",
                "prep cancelled",
            )
    return name


def _needs(node: Node) -> dict[str, str]:
    """``{should-have-known day: violation}``: a further fact, and the event whose day stands in when it is not recorded."""
    if not isinstance(node, Map):
        raise Bad(node.place, "each further fact names what stands in for it", "{should-have-known day: violation}")
    found = {}
    for key, value in node:
        found[_event_name(key)] = string(value)
    return found


def _compared(node: Node) -> str:
    written = text(node)
    if not re.search(r"\d{4}-\d{2}-\d{2}$", written.value):
        raise Bad(
            written.place,
            "`compared` says with what, and on which day",
            "the union's web edition, 2026-11-22",
        )
    return written.value


def _link(node: Node) -> str:
    written = text(node)
    if not written.value.startswith("https://"):
        raise Bad(written.place, "a link to a page begins with https://")
    return written.value


def _from_day(node: Node) -> date:
    written = text(node)
    match = re.fullmatch(r"school year (\d{4})-\d{2}", written.value)
    return date(int(match[1]), 7, 1) if match else day(node)


def _until_day(node: Node) -> date:
    written = text(node)
    match = re.fullmatch(r"school year (\d{4})-\d{2}", written.value)
    return date(int(match[1]) + 1, 6, 30) if match else day(node)
