"""The words of a local that its mails say, to be translated: those of its cards, roles, contacts and calendars."""

from __future__ import annotations

from collections.abc import Iterator

from deadlines.languages.forms import FORMS, pattern
from deadlines.model.card import Card, Contract, Status
from deadlines.model.local import Local

# Places that are said by their form: Article 44-17, Appendix H-3, Article 27-4, as the pamphlet tells it.
PLACES = tuple(pattern(form) for form in FORMS if form.startswith(("Article", "Appendix", "{article}")))


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
            for name in (
                *(one.name for one in revision.marks),
                *(_first_large(one.name) for one in revision.announcements),
            ):
                yield name, f"calendar {year.name}"


def _first_large(name: str) -> str:
    """An announcement as a mail shows it."""
    return name[:1].upper() + name[1:]


def _of_contract(contract: Contract) -> Iterator[tuple[str, str]]:
    overlays = (overlay.card for overlay in contract.overlays)
    for card in (*contract.all_cards, *overlays):
        if card.status not in (Status.DRAFT, Status.RETIRED):
            yield from ((text, card.rule) for text in _of_card(card))


def _of_card(card: Card) -> Iterator[str]:
    if not any(form.fullmatch(card.citation.place) for form in PLACES):
        yield card.citation.place
    yield from (card.title, card.who_must, card.received_by, card.advice, card.done_when, card.our_position)
    for part in card.parts:
        yield from (part.name, part.who_must, part.starts_with, part.missed_advice, part.applies_when)
