"""What must hold between the cards of an agreement: every name one of them uses is declared somewhere."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Set
from pathlib import Path
from typing import Any

from calendars.neighbours import year_name
from calendars.revisions import YearHistory
from deadlines.loading.card_words import NOT
from deadlines.model.card import Card, Contract, Part
from deadlines.model.missed import MISSED, circle, opening
from deadlines.model.problem import Place, Problem, Problems
from deadlines.phrases import tree as t
from deadlines.reading.show import nearest
from deadlines.shapes import shape

NEARLY = 0.85  # how like an event that starts something a name is that can be nothing but a slip of the pen
Refuser = Callable[..., None]  # the word it is about, the message, the nearest right form, the key it stands under


def check_cards(
    contract: Contract, unread: Set[str], root: Path, calendar_names: frozenset[str] | None, problems: Problems
) -> None:
    """``unread`` are the rules of cards that have problems of their own; ``root`` is the local's folder."""
    seen: dict[str, Card] = {}
    for card in contract.cards:
        if card.rule in seen:
            refuse = refuser(root, card, problems)
            message = f"the rule `{card.rule}` is already in {seen[card.rule].file}"
            refuse(card.rule, message, "a name of its own", "rule")
        seen.setdefault(card.rule, card)
    every = [part for card in contract.all_cards for part in card.parts]
    started_elsewhere = {name for part in every for name in part.missed_starts}
    events = {part.starts_with for part in every if part.starts_with}
    for card in contract.all_cards:
        for part in card.parts:
            refuse = refuser(root, card, problems, part.place)
            _check_missed(card, part, seen, unread, refuse)
            _check_circle(card, part, seen, refuse)
            _check_names(part, calendar_names, refuse)
            _check_due_of(card, part, seen, unread, refuse)
            _check_told_no(card, part, refuse)
            other, parts = part.starts_with.removesuffix(MISSED), {p.name for p in card.parts}
            elsewhere = unread or card.rule in started_elsewhere  # what was missed may be on another card
            if part.starts_with.endswith(MISSED) and other not in parts and not elsewhere:
                refuse(part.starts_with, f"`{other}` is no part of this card, so it cannot be missed",
                       nearest(other, parts), "starts with")  # fmt: skip
            for ending in () if unread else set(part.ended_by) - events:  # may be declared here alone
                if near := difflib.get_close_matches(ending, events, 1, NEARLY):
                    refuse(ending, f"`ended by` names `{ending}`, which is nearly an event that starts something",
                           near[0], "ended by")  # fmt: skip


def _check_missed(card: Card, part: Part, rules: Mapping[str, Card], unread: Set[str], refuse: Refuser) -> None:
    """What `if missed` starts is there, and follows an event: what has days of its own cannot be started."""
    parts = {p.name: p for p in card.parts}
    for started in part.missed_starts:
        if started not in {*rules, *unread, *parts}:
            if "" not in unread:
                refuse(started, f"`if missed` starts `{started}`, which is no rule and no part of this card",
                       nearest(started, [*rules, *parts]))  # fmt: skip
        elif started in parts and not parts[started].starts_with:
            refuse(started, f"`if missed` starts `{started}`, which follows no event and has days of its own",
                   f"starts with: {part.name or 'make up'}{MISSED}")  # fmt: skip
        elif started not in parts and started in rules and not opening(rules[started]):
            refuse(started, f"`if missed` starts `{started}`, a card that follows no event and has days of its own",
                   "a card with `starts with`")  # fmt: skip


def _check_circle(card: Card, part: Part, rules: Mapping[str, Card], refuse: Refuser) -> None:
    """A chain of missed duties must have an end; each circle is told once."""
    way = circle(card, part, rules)
    if way and min(way) == way[0]:
        named = next((name for name in part.missed_starts if name in way[1].split(" / ")), "")
        where = (named, "starts") if named else (part.name + MISSED, "starts with")
        message = f"`if missed` goes round in a circle: {' → '.join(way)}"
        refuse(where[0], message, "let one of them start nothing", where[1])


def _check_names(part: Part, calendar_names: frozenset[str] | None, refuse: Refuser) -> None:
    declared = {part.starts_with, *part.also_needs} - {""}
    for fact, stand_in in part.also_needs.items():
        if stand_in != part.starts_with:
            message = f"`{stand_in}`, whose day stands in for `{fact}`, is not the event this part starts with"
            refuse(stand_in, message, part.starts_with or "starts with: …")
    for node in part_nodes(part):
        if calendar_names is None or not isinstance(node, t.Named):
            continue
        if node.name not in declared and node.name not in calendar_names:
            message = f"no event of this part, and no break or holiday of any year, is called `{node.name}`"
            refuse(node.name, message, nearest(node.name, declared | calendar_names) or f"starts with: {node.name}")


def _check_told_no(card: Card, part: Part, refuse: Refuser) -> None:
    """What a no decides is told where somebody reads what a yes does."""
    same = [p for p in card.parts if p.starts_with == part.starts_with and p.told_by and not p.told_no]
    if part.told_no and part.told_by not in {p.told_by for p in same}:
        near = nearest(part.told_by, [p.told_by for p in same])
        refuse(f"{NOT}{part.told_by}", f"no part of this card that starts with `{part.starts_with}` says what a yes to "
               f"`{part.told_by}` means", f"told by: {NOT}{near}" if near else f"told by: {part.told_by}",
               "told by")  # fmt: skip


def _check_due_of(card: Card, part: Part, rules: Mapping[str, Card], unread: Set[str], refuse: Refuser) -> None:
    for node in part_nodes(part):
        if not isinstance(node, t.DueOf) or node.rule in unread:
            continue
        target = rules.get(node.rule)
        names = {p.name: p for p in target.parts} if target else {}
        if target is None and "" in unread:
            continue
        if target is None:
            refuse(node.rule, f"no rule of this agreement is called `{node.rule}`", nearest(node.rule, rules))
        elif node.part not in names:
            near = " or ".join(f"{node.rule} / {n}" if n else node.rule for n in names)
            refuse(node.rule, f"`{node.rule}` has no part `{node.part}`" if node.part else
                   f"`{node.rule}` has several parts; say which", near)  # fmt: skip
        elif names[node.part].shape != "due":
            other = names[node.part]
            message = f"`{node.rule}` has no single due date: it is a {other.shape}"
            refuse(node.rule, message, shape(other.shape).in_words(other.spec))
        elif path := _circle(rules, card.rule, part.name, (node.rule, node.part), ()):
            refuse(node.rule, f"the due dates go round in a circle: {' → '.join(path)}",
                   "let one of them hang on something else")  # fmt: skip


def _circle(
    rules: Mapping[str, Card], rule: str, part: str, at: tuple[str, str], seen: tuple[str, ...]
) -> tuple[str, ...]:
    name = " / ".join(word for word in at if word)
    start = " / ".join(word for word in (rule, part) if word)
    if at == (rule, part):
        return (start, *seen, name)
    if name in seen or at[0] not in rules:
        return ()
    for candidate in rules[at[0]].parts:
        if candidate.name == at[1]:
            for node in part_nodes(candidate):
                if isinstance(node, t.DueOf):
                    found = _circle(rules, rule, part, (node.rule, node.part), (*seen, name))
                    if found:
                        return found
    return ()


def check_contacts(root: Path, contracts: tuple[Contract, ...], contacts: Set[str], problems: Problems) -> None:
    """Whom to call: a contact of deadlines.yaml."""
    for contract in contracts:
        for card in contract.all_cards:
            if card.contact not in contacts:
                refuse = refuser(root, card, problems)
                message = f"`{card.contact}` is not among the contacts of deadlines.yaml"
                refuse(card.contact, message, nearest(card.contact, contacts), "contact")


def check_terms(
    root: Path, contracts: tuple[Contract, ...], years: tuple[YearHistory, ...], problems: Problems
) -> None:
    """The terms a card speaks of, of those each year of its agreement has; a card of events may meet them late."""
    for contract in contracts:
        inside = [year for year in years if year_name(contract.first) <= year.name <= year_name(contract.last)]
        for card in contract.all_cards:
            for part in card.parts:
                for kind, number in dict.fromkeys(terms_named(part)):
                    for year in inside:
                        _check_term(refuser(root, card, problems, part.place), year, kind, number)


def _check_term(refuse: Refuser, year: YearHistory, kind: str, number: int) -> None:
    terms = dict.fromkeys((e.kind, e.number) for r in year.revisions for e in r.terms)
    not_known = any(kind in what for r in year.revisions for what, _ in r.not_known)
    if not_known or (kind, number) in terms or (not number and any(kind == has for has, _ in terms)):
        return
    name = f"{kind} {number}" if number else kind
    near = nearest(name, [f"{has} {n}" if number else has for has, n in terms])
    refuse(name, f"school year {year.name} has no {name}", near)


def part_nodes(part: Part) -> Iterator[Any]:
    """Every node of every phrase of a part."""
    for phrase in shape(part.shape).phrases(part.spec):
        yield from t.nodes(phrase)


def terms_named(part: Part) -> Iterator[tuple[str, int]]:
    """The kinds of term a part speaks of, with the number it names or 0."""
    if part.each in ("semester", "quarter", "trimester"):
        yield part.each, 0
    for node in part_nodes(part):
        if isinstance(node, t.NumberedTerm):
            yield node.kind, node.number
        elif (
            isinstance(node, t.FramedTerm | t.TermContaining | t.TermNext | t.TermAfter) and node.kind != "school year"
        ):
            yield node.kind, 0


def refuser(root: Path, card: Card, problems: Problems, start: Place | None = None) -> Refuser:
    """Reports a problem where a word stands in the card's file: from a place on, else at its first place.

    With ``key`` it is the word in the value of that key.
    """

    def refuse(word: str, message: str, near: str = "", key: str = "") -> None:
        lines = (root / card.file).read_text(encoding="utf-8").split("\n")
        before = rf"\b{re.escape(key)}:.*?" if key else ""
        whole = re.compile(rf"{before}(?<![\w-])({re.escape(word)})(?![\w-])", re.IGNORECASE)
        found = [
            Place(card.file, number, match.start(1) + 1, len(word))
            for number, line in enumerate(lines, 1)
            for match in whole.finditer(line)
            if not line.lstrip().startswith("#")
        ]
        after = [place for place in found if start and place >= start]
        place = next(iter((*after, *found)), Place(card.file))
        text = lines[place.line - 1].rstrip("\r") if place.line else ""
        problems.add(Problem(place, message, text, near, card.citation.place))

    return refuse
