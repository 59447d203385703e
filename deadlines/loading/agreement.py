"""An agreement folder: agreement.yaml and its rule cards, and what must hold between the cards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from deadlines.loading.cards import read_card
from deadlines.loading.carried import carried_cards, read_carried
from deadlines.loading.overlays import check_conflicts, read_overlay
from deadlines.model.card import Card, Contract, Overlay, Part, Role, Side
from deadlines.model.problem import Place, Problem, Problems
from deadlines.phrases import tree as t
from deadlines.reading.fields import Bad, Fields, day, one_of, parse_day, string, strings, text
from deadlines.reading.nodes import Map, Node, read_document
from deadlines.reading.show import nearest
from deadlines.shapes import shape

SIDES = {"ours": Side.OURS, "employer": Side.EMPLOYER, "third party": Side.THIRD}
WORK_DAYS = ("teacher", "student", "office")


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement as read, and the keys of its cards by rule, which a successor's cards may take over."""

    contract: Contract
    roots: Mapping[str, Map]


def read_agreement(
    folder: Path,
    name: str,
    calendar_names: frozenset[str],
    problems: Problems,
    earlier: Mapping[str, Agreement] = MappingProxyType({}),
) -> Agreement | None:
    """Read ``agreement.yaml``, every card in ``rules/`` and every overlay in ``overlays/``.

    ``calendar_names`` are the breaks and holidays of the years, ``earlier`` the agreements before this one by name.
    """
    document = read_document(folder / "agreement.yaml", f"{name}/agreement.yaml", problems)
    if document is None:
        return None
    before = len(problems.found)
    f = Fields(document.root, document, problems, "agreement.yaml")
    title, term = f.need("title", string), f.need("term", _term)
    called, dated = f.need("agreement", string), f.get("dated", day, None)
    successor = f.inside("successor", "`successor`")
    said = ""
    if successor:
        follows = successor.need("dated", day)
        successor.get("agreement", string, "")
        successor.done()
        said = follows.isoformat() if follows else ""
    carried = read_carried(f, earlier)
    documents = {**(carried.base.documents if carried else {}), **(f.need("documents", _texts) or {})}
    roles = {**(carried.base.roles if carried else {}), **_roles(f, bool(carried))}
    delegates = f.get("delegates", strings, ("delegate",))
    for role in delegates:
        if "delegates" in f and role not in roles:
            f.refuse(f.key_place("delegates"), f"`{role}` is not among the roles", nearest(role, roles))
    questions = f.get("questions", strings, ())
    f.done()
    cards: list[Card] = []
    roots: dict[str, Map] = {}
    by_name = {other: agreement.roots for other, agreement in earlier.items()}
    for path in sorted((folder / "rules").glob("*.yaml")):
        found = read_card(path, f"{name}/rules/{path.name}", roles, documents, problems, by_name)
        if found:
            cards.append(found[0])
            roots[found[0].rule] = found[1]
    cards += carried_cards(carried, roots) if carried else ()
    if len(problems.found) > before or term is None or title is None or called is None:
        return None
    overlays = _overlays(folder, name, roles, documents, cards, problems)
    contract = Contract(called, title, term[0], term[1], said, documents, roles, tuple(cards), name, delegates,
                        dated, overlays, questions)  # fmt: skip
    _check_cards(contract, folder, calendar_names, problems)
    return Agreement(contract, roots)


def _overlays(
    folder: Path,
    name: str,
    roles: Mapping[str, Role],
    documents: Mapping[str, str],
    cards: list[Card],
    problems: Problems,
) -> tuple[Overlay, ...]:
    rules = {card.rule: card for card in cards}
    found = []
    for path in sorted((folder / "overlays").glob("*.yaml")):
        overlay = read_overlay(path, f"{name}/overlays/{path.name}", roles, documents, rules, problems)
        if overlay:
            found.append(overlay)
    check_conflicts(tuple(found), roles, problems)
    return tuple(found)


def _term(node: Node) -> tuple[date, date]:
    written = text(node)
    match = re.fullmatch(r"(\S+) to (\S+)", written.value)
    if not match:
        raise Bad(written.place, "a term runs from a day to a day", "2015-07-01 to 2019-06-30")
    first = parse_day(match[1], written.part(0, len(match[1])))
    last = parse_day(match[2], written.part(match.start(2), len(match[2])))
    if last < first:
        raise Bad(written.place, f"the term ends ({last}) before it begins ({first})")
    return first, last


def _texts(node: Node) -> dict[str, str]:
    if not isinstance(node, Map):
        raise Bad(node.place, "names with a text each are expected here")
    return {key.value: string(value) for key, value in node}


def _roles(f: Fields, has_earlier: bool) -> dict[str, Role]:
    """The roles by name, with their side, group and work days; those of the agreement carried over may stand."""
    roles: dict[str, Role] = {}
    outer = f.inside("roles", "`roles`")
    if outer is None:
        if has_earlier:
            return roles
        f.refuse(f.place, "agreement.yaml has no `roles`", "roles: {ours: [delegate], employer: [principal]}")
        return roles
    for key, side in SIDES.items():
        for name in outer.get(key, strings, ()):
            roles[name] = Role(name, side)
    outer.done()
    work = f.inside("work days", "`work days`")
    for name in work.keys if work else ():
        assert work
        kind = work.get(name, one_of(WORK_DAYS), "teacher")
        # A receiver such as an office need not be a role of its own.
        roles[name] = Role(name, roles[name].side if name in roles else Side.EMPLOYER, kind)
    called = f.inside("called", "`called`")
    for name in called.keys if called else ():
        assert called
        said = called.get(name, string, "")
        if name in roles:
            roles[name] = replace(roles[name], called=said)
        else:
            called.refuse(called.key_place(name), f"`{name}` is not among the roles", nearest(name, roles))
    groups = f.inside("groups", "`groups`")
    for group in groups.keys if groups else ():
        assert groups
        for name in groups.get(group, strings, ()):
            if name not in roles or group not in roles:
                missing = name if name not in roles else group
                groups.refuse(groups.key_place(group), f"`{missing}` is not among the roles", nearest(missing, roles))
            else:
                roles[name] = replace(roles[name], group=group)
    return roles


# ---- between the cards ---------------------------------------------------------------------------


def _check_cards(contract: Contract, folder: Path, calendar_names: frozenset[str], problems: Problems) -> None:
    seen: dict[str, Card] = {}
    for card in contract.cards:
        refuse = _refuser(folder, contract, card, problems)
        if card.rule in seen:
            refuse("rule", f"the rule `{card.rule}` is already in {seen[card.rule].file}")
        seen.setdefault(card.rule, card)
    rules = {card.rule: card for card in contract.cards}
    for card in contract.cards:
        refuse = _refuser(folder, contract, card, problems)
        for part in card.parts:
            for started in part.missed_starts:
                if started not in rules and started not in {p.name for p in card.parts}:
                    refuse(started, f"`if missed` starts `{started}`, which is no rule and no part of this card",
                           nearest(started, [*rules, *(p.name for p in card.parts)]))  # fmt: skip
            _check_names(card, part, calendar_names, refuse)
            _check_due_of(card, part, rules, refuse)
            if part.starts_with.endswith(" missed"):
                other = part.starts_with.removesuffix(" missed")
                if other not in {p.name for p in card.parts}:
                    refuse(part.starts_with, f"`{other}` is no part of this card, so it cannot be missed",
                           nearest(other, [p.name for p in card.parts]))  # fmt: skip


def _check_names(card: Card, part: Part, calendar_names: frozenset[str], refuse: Any) -> None:
    declared = {part.starts_with, *part.also_needs} - {""}
    for node in part_nodes(part):
        if isinstance(node, t.Named) and node.name not in declared and node.name not in calendar_names:
            message = f"no event of this part, and no break or holiday of any year, is called `{node.name}`"
            refuse(node.name, message, nearest(node.name, declared | calendar_names))


def _check_due_of(card: Card, part: Part, rules: Mapping[str, Card], refuse: Any) -> None:
    for node in part_nodes(part):
        if not isinstance(node, t.DueOf):
            continue
        target = rules.get(node.rule)
        if target is None:
            refuse(node.rule, f"no rule of this agreement is called `{node.rule}`", nearest(node.rule, rules))
        elif node.part not in {p.name for p in target.parts}:
            names = [p.name for p in target.parts]
            refuse(
                node.rule,
                f"`{node.rule}` has no part `{node.part}`",
                " or ".join(f"{node.rule} / {n}" for n in names),
            )
        elif path := _circle(rules, card.rule, part.name, (node.rule, node.part), ()):
            refuse(node.rule, f"the due dates go round in a circle: {' → '.join(path)}")


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


def part_nodes(part: Part) -> Iterator[Any]:
    """Every node of every phrase of a part."""
    for phrase in shape(part.shape).phrases(part.spec):
        yield from t.nodes(phrase)


def _refuser(folder: Path, contract: Contract, card: Card, problems: Problems) -> Any:
    """Reports a problem at the first place in the card's file where a word stands."""
    path = folder.parent.parent / card.file  # a card carried over stands in the earlier agreement's folder

    def refuse(word: str, message: str, near: str = "") -> None:
        lines = path.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines, 1):
            at = line.lower().find(word.lower())
            if at >= 0 and not line.lstrip().startswith("#"):
                place = Place(card.file, number, at + 1, len(word))
                problems.add(Problem(place, message, line, near, card.citation.place))
                return
        problems.add(Problem(Place(card.file), message, "", near, card.citation.place))

    return refuse
