"""The words of a local that its mails say, to be translated: those of its cards, roles, contacts and calendars."""

from __future__ import annotations

from collections.abc import Iterator

from deadlines.model.card import Card, Contract, Status
from deadlines.model.local import Local


def words_of(local: Local) -> dict[str, list[str]]:
    """Each text once, with where it is said: the rule of a card, or what else it belongs to; in the order of files."""
    found: dict[str, list[str]] = {}
    for text, where in _words(local):
        places = found.setdefault(text, [])
        if where not in places:
            places.append(where)
    found.pop("", None)
    return found


def _words(local: Local) -> Iterator[tuple[str, str]]:
    for role in local.roles:
        yield local.called(role), "roles"
    for level in local.levels:
        yield level, "levels"
    for name, contact in local.contacts.items():
        yield str(contact), f"contact {name}"
    for contract in local.contracts:
        yield from _of_contract(contract)
    for year in local.years:
        for revision in year.revisions:
            yield from ((mark.name, f"calendar {year.name}") for mark in revision.marks)


def _of_contract(contract: Contract) -> Iterator[tuple[str, str]]:
    overlays = (overlay.card for overlay in contract.overlays)
    for card in (*contract.all_cards, *overlays):
        if card.status not in (Status.DRAFT, Status.RETIRED):
            yield from ((text, card.rule) for text in _of_card(card))


def _of_card(card: Card) -> Iterator[str]:
    yield from (card.title, card.who_must, card.received_by, card.advice, card.done_when, card.our_position)
    for part in card.parts:
        yield from (part.name, part.who_must, part.starts_with, part.missed_advice, part.applies_when)
