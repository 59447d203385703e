"""Overlays over an agreement: awards, side letters, waivers and orders; and what must hold between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from pathlib import Path

from deadlines.loading import card_words as words
from deadlines.loading.card_parts import in_force, shape_of
from deadlines.loading.cards import CardReader
from deadlines.model.card import Card, Change, Overlay, Role
from deadlines.model.problem import Place, Problem, Problems
from deadlines.reading.fields import Fields, day, items, one_of, string, strings
from deadlines.reading.nodes import Map, read_document
from deadlines.reading.show import nearest

KINDS = ("award", "side letter", "waiver", "order")


def read_overlay(
    path: Path,
    name: str,
    roles: Mapping[str, Role],
    documents: Mapping[str, str],
    cards: Mapping[str, Card],
    problems: Problems,
) -> Overlay | None:
    """Read one overlay; ``cards`` are those of its agreement. None when it has problems, which are added."""
    document = read_document(path, name, problems)
    if document is None:
        return None
    before = len(problems.found)
    reader = CardReader(document, problems, roles, documents)
    f = reader.fields("an overlay", {})
    rule = f.need("overlay", words.rule_name) or ""
    kind = f.need("kind", one_of(KINDS)) or ""
    titles, schools = f.get("titles", strings, ()), f.get("schools", strings, ())
    for index, title in enumerate(titles):
        if title not in roles:
            f.refuse(f.item_place("titles", index), f"`{title}` is not among the roles of agreement.yaml",
                     nearest(title, roles))  # fmt: skip
    if kind == "waiver" and len(schools) != 1:
        f.refuse(f.key_place("kind"), "a waiver is of one school, and names it", "schools: [Northside]")
    force = in_force(f)
    if force.first is None:
        f.refuse(f.place, "an overlay says from when it holds", "in force: {from: 2020-11-12}")
    elif kind == "waiver":  # it ends by itself with the school year
        end = date(force.first.year + (force.first.month >= 7), 6, 30)
        force = replace(force, last=min(force.last or end, end))
    suspends, changes = _suspends(f, cards), _changes(f, cards)
    # What it adds holds as long as it does.
    parts = tuple(replace(part, in_force=force) for part in reader.parts.added(f))
    card = reader.card(f, rule, parts)
    dated, over = f.get("dated", day, None), _over(f, rule)
    first = force.first
    if not (parts or any(key in f for key in ("adds", "suspends", "changes"))):
        f.refuse(f.place, "an overlay adds, changes or suspends something", "suspends: [13-3-activity-calendar]")
    reader.finish(f, card)
    if len(problems.found) > before or first is None:
        return None
    made = replace(card, kind=kind)
    return Overlay(made, dated or first, first, force.last, titles, schools, over, suspends, changes, force.ends_when)


def _over(f: Fields, rule: str) -> dict[str, Place]:
    """The overlays this one beats, each with the place where it says so."""
    found = {f.attempt(node, string) or "": node.place for node in f.get("over", items, ())}
    if rule in found:
        f.refuse(found[rule], "an overlay cannot be over itself", "the name of another")
    return found


def _named_part(f: Fields, place: Place, said: str, cards: Mapping[str, Card]) -> tuple[str, tuple[str, ...]]:
    """``RULE`` or ``RULE / part``: the rule and the parts meant. Problems are added."""
    rule, _, part = (word.strip() for word in said.partition(" / "))
    if rule not in cards:
        f.refuse(place, f"no rule of this agreement is called `{rule}`", nearest(rule, cards))
        return rule, ()
    names = tuple(p.name for p in cards[rule].parts)
    if part and part not in names:
        f.refuse(place, f"`{rule}` has no part `{part}`", nearest(part, names))
        return rule, ()
    return rule, (part,) if part else names


def _suspends(f: Fields, cards: Mapping[str, Card]) -> tuple[tuple[str, str, Place], ...]:
    found = []
    for node in f.get("suspends", items, ()):
        said = f.attempt(node, string) or ""
        rule, parts = _named_part(f, node.place, said, cards)
        found += [(rule, part, node.place) for part in parts]
    return tuple(found)


def _changes(f: Fields, cards: Mapping[str, Card]) -> tuple[Change, ...]:
    """``changes: {RULE / part: {due: …}}``: the new date of a part; nothing else of a card can be changed."""
    node = f.node("changes")
    if node is None:
        return ()
    if not isinstance(node, Map):
        f.refuse(node.place, "changes stand by rule", "{13-3-activity-calendar / first half: {due: …}}")
        return ()
    found = []
    for key, value in node:
        rule, parts = _named_part(f, key.place, key.value, cards)
        inner = Fields(value, f.document, f.problems, f"the change of `{key.value}`")
        shape = shape_of(inner)
        if shape is None:
            inner.refuse(inner.place, "a change says the new date", "due: no later than October 15")
            continue
        spec = shape.read(inner)
        inner.done()
        if spec is not None:
            kind = shape.__name__.rpartition(".")[2]
            found += [Change(rule, part, kind, spec, key.place) for part in parts]
    return tuple(found)


def check_conflicts(overlays: tuple[Overlay, ...], roles: Mapping[str, Role], problems: Problems) -> None:
    """Two overlays that touch one part of a rule on one day, for one school and title: one must name the other."""
    _check_over(overlays, problems)
    for one, other in combinations(overlays, 2):
        if one.name in other.over or other.name in one.over or not _meet(one, other, roles):
            continue
        for target in one.touches.keys() & other.touches.keys():
            here, there = sorted((one.touches[target], other.touches[target]))
            what = " / ".join(word for word in target if word)
            message = f"two overlays touch `{what}` on the same days, and neither is `over` the other"
            note = f"the other place: {there.file}:{there.line}:{there.column}"
            problems.add(Problem(here, message, nearest=f"over: [{one.name}]", notes=(note,)))


def _check_over(overlays: tuple[Overlay, ...], problems: Problems) -> None:
    """`over` names overlays that are there, and never goes round in a circle of two."""
    by_name = {overlay.name: overlay for overlay in overlays}
    for overlay in overlays:
        for name, place in overlay.over.items():
            if name not in by_name:
                message = f"no overlay of this agreement is called `{name}`"
                problems.add(Problem(place, message, nearest=nearest(name, by_name)))
            elif overlay.name in by_name[name].over and overlay.name < name:
                there = by_name[name].over[overlay.name]
                note = f"the other place: {there.file}:{there.line}:{there.column}"
                problems.add(Problem(place, f"`{overlay.name}` and `{name}` are each over the other", notes=(note,)))


def _meet(one: Overlay, other: Overlay, roles: Mapping[str, Role]) -> bool:
    days = one.first <= (other.last or date.max) and other.first <= (one.last or date.max)
    schools = not one.schools or not other.schools or set(one.schools) & set(other.schools)
    titles = (
        not one.titles
        or not other.titles
        or any(a == b or roles[a].group == b or roles[b].group == a for a, b in product(one.titles, other.titles))
    )
    return bool(days and schools and titles)
