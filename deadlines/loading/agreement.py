"""An agreement folder: agreement.yaml, its rule cards and its overlays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from deadlines.loading.between_cards import check_cards
from deadlines.loading.cards import Roots, read_card
from deadlines.loading.carried import carried_cards, read_carried
from deadlines.loading.overlays import check_conflicts, read_overlay
from deadlines.model.card import Card, Contract, Overlay, Role, Side
from deadlines.model.problem import Problems
from deadlines.reading.fields import Bad, Fields, day, items, one_line, one_of, parse_day, string, strings, text
from deadlines.reading.nodes import Map, Node, read_document, yaml_files
from deadlines.reading.show import nearest

SIDES = {"ours": Side.OURS, "employer": Side.EMPLOYER, "third party": Side.THIRD}
WORK_DAYS = ("teacher", "student", "office")
RESERVED = ("all", "calendar")


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement as read, and the keys of its cards by rule, which a successor's cards may take over."""

    contract: Contract
    roots: Mapping[str, Map]


def read_agreement(
    folder: Path,
    name: str,
    calendar_names: frozenset[str] | None,
    problems: Problems,
    earlier: Mapping[str, Agreement] = MappingProxyType({}),
) -> Agreement | None:
    """Read ``agreement.yaml``, every card in ``rules/`` and every overlay in ``overlays/``.

    What can be read is checked, whatever else cannot. ``calendar_names`` are the breaks and holidays of the years
    (None when a year could not be read), ``earlier`` the agreements before this one by name.
    """
    by_name = {other: agreement.roots for other, agreement in earlier.items()}
    document = read_document(folder / "agreement.yaml", f"{name}/agreement.yaml", problems)
    if document is None:
        _read_cards(folder, name, AnyRole(), AnyText(), by_name, problems)
        return None
    before = len(problems.found)
    f = Fields(document.root, document, problems, "agreement.yaml")
    title, term = f.need("title", one_line), f.need("term", _term)
    called, dated = f.need("agreement", one_line), f.get("dated", day, None)
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
            place = f.item_place("delegates", delegates.index(role))
            f.refuse(place, f"`{role}` is not among the roles", nearest(role, roles))
    questions = f.get("questions", strings, ())
    f.done()
    if len(problems.found) > before or term is None or title is None or called is None:
        _read_cards(folder, name, AnyRole(), AnyText(), by_name, problems)
        return None
    read, unread = _read_cards(folder, name, roles, documents, by_name, problems)
    roots = {card.rule: root for card, root in read}
    cards = [*(card for card, _ in read), *(carried_cards(carried, roots) if carried else ())]
    overlays = () if unread else _overlays(folder, name, roles, documents, cards, problems)
    contract = Contract(called, title, term[0], term[1], said, documents, roles, tuple(cards), name, delegates,
                        dated, overlays, questions)  # fmt: skip
    check_cards(contract, unread, folder.parent.parent, calendar_names, problems)
    return Agreement(contract, roots)


class AnyRole(dict[str, Role]):
    """The roles of an agreement that could not be read: no card is blamed for naming one."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> Role:
        return Role(name, Side.EMPLOYER)


class AnyText(dict[str, str]):
    """Its documents, likewise."""

    def __contains__(self, name: object) -> bool:
        return True


def _read_cards(
    folder: Path,
    name: str,
    roles: Mapping[str, Role],
    documents: Mapping[str, str],
    earlier: Roots,
    problems: Problems,
) -> tuple[list[tuple[Card, Map]], set[str]]:
    """The cards that can be read, and the rules of those that cannot."""
    cards, unread = [], set[str]()
    for path in yaml_files(folder / "rules", f"{name}/rules", problems):
        found = read_card(path, f"{name}/rules/{path.name}", roles, documents, problems, earlier)
        if found:
            cards.append(found)
        else:
            unread.add(_rule_of(path))
    return cards, unread


def _rule_of(path: Path) -> str:
    """The rule name of a card that has problems, so that a card that names it is not blamed; empty: not to be told."""
    text = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    match = re.search(r"(?m)^\s*(?:- )?rule:\s*([0-9]+[a-z]?(?:-[0-9a-z]+)+)", text)
    return match[1] if match else ""


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
    for path in yaml_files(folder / "overlays", f"{name}/overlays", problems):
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
        raise Bad(written.place, f"the term ends ({last}) before it begins ({first})", f"{last} to {first}")
    return first, last


def _texts(node: Node) -> dict[str, str]:
    if not isinstance(node, Map):
        raise Bad(node.place, "names with a text each are expected here", "{agreement: the agreement as printed}")
    return {key.value: string(value) for key, value in node}


def _role_names(node: Node) -> tuple[str, ...]:
    """Role names: each names a feed, so it must be able to name a file."""
    names = strings(node)
    for item, name in zip(items(node), names, strict=True):
        if not re.fullmatch(r"[^\W_][\w .&'()-]*", name):
            raise Bad(item.place, f"`{name}` cannot name a feed: letters, figures and spaces only", "delegate")
        if name in RESERVED:
            raise Bad(item.place, f"`{name}` is the name of a feed of its own; a role is called otherwise", "delegate")
    return names


def _by_side(f: Fields) -> dict[str, Role]:
    roles: dict[str, Role] = {}
    for key, side in SIDES.items():
        for name in f.get(key, _role_names, ()):
            if name in roles and roles[name].side is not side:
                message = f"`{name}` stands on two sides; which date leads depends on the side"
                f.refuse(f.key_place(key), message, "one of the two")
            roles[name] = Role(name, side)
    f.done()
    return roles


def _roles(f: Fields, has_earlier: bool) -> dict[str, Role]:
    """The roles by name, with their side, group and work days; those of the agreement carried over may stand."""
    outer = f.inside("roles", "`roles`")
    if outer is None:
        for key in () if has_earlier else ("work days", "called", "groups"):
            f.node(key)
        if not has_earlier:
            f.refuse(f.place, "agreement.yaml has no `roles`", "roles: {ours: [delegate], employer: [principal]}")
        return {}
    roles = _by_side(outer)
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
