"""What a new school year asks of a steward: which agreements hold, and which cards are to be compared again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from textwrap import wrap

from calendars.days import long_date
from calendars.neighbours import next_year_name
from deadlines.model.card import Card, Contract, Status
from deadlines.model.local import Local

A_YEAR = timedelta(days=365)
WIDTH = 100
COMPARED_ON = re.compile(r"\d{4}-\d{2}-\d{2}(?!.*\d{4}-\d{2}-\d{2})")


def agreements(local: Local, year: str) -> Iterator[str]:
    """Which agreements hold in a school year, which end before it or in it, and which cards then go silent."""
    first, last = _span(year)
    before = [contract for contract in local.contracts if first - A_YEAR <= contract.last < first]
    inside = [contract for contract in local.contracts if contract.first <= last and contract.last >= first]
    for contract in (*before[-1:], *inside):
        yield f"{contract.name}: {_holds(contract, first, last)}"
        if contract.last <= last:
            yield from _names(f"{len(contract.cards)} cards go silent with it", contract.cards)
        following = next((c for c in local.contracts if c.first > contract.last), None)
        if contract.last <= last and following is None:
            dated = f"; its successor is dated {contract.successor}" if contract.successor else ""
            yield f"  No agreement after it is on file{dated}: clocks begun under it go on, and nothing else does."
    if not inside:
        yield f"No agreement on file holds in {year}: no date of it can be given until one is."


def _holds(contract: Contract, first: date, last: date) -> str:
    begins = f"begins on {long_date(contract.first)}, " if first < contract.first else ""
    if contract.last < first:
        return f"over before the year begins, on {long_date(contract.last)}"
    if contract.last <= last:
        return f"{begins}ends on {long_date(contract.last)}, {'with' if contract.last == last else 'within'} the year"
    return f"{begins}holds {'to its end' if begins else 'all year'}; it ends on {long_date(contract.last)}"


def to_compare(local: Local, year: str, on: date) -> Iterator[str]:
    """The cards somebody should look at again, of the agreements that hold in a school year; each kind with why."""
    first, last = _span(year)
    for contract in local.contracts:
        if contract.first > last or contract.last < first:
            continue
        cards = [card for card in contract.all_cards if card.status is not Status.RETIRED]
        unverified = [card for card in cards if card.status is Status.UNVERIFIED]
        carried = [card for card in unverified if any(source.weight == "carried" for source in card.sources)]
        first_time = [card for card in unverified if card not in carried]
        for why, found in (
            ("carried over and never compared (CHECK FIRST)", carried),
            ("resting on a summary or a report alone (CHECK FIRST)", first_time),
            ("compared more than a year ago", [card for card in cards if _compared_long_ago(card, on)]),
            ("to be looked at again by their own word", [card for card in cards if _look_again(card, last)]),
            (f"with values, and none for {year}", [card for card in cards if _no_value(card, year)]),
            ("drafts, shown nowhere", [card for card in cards if card.status is Status.DRAFT]),
        ):
            if found:
                yield from _names(f"{contract.name}: {len(found)} {why}", found)


def _compared_long_ago(card: Card, on: date) -> bool:
    """Whether the last comparison with a controlling text is more than 365 days back; carried cards had none."""
    days = [match[0] for source in card.sources if (match := COMPARED_ON.search(source.compared))]
    return bool(days) and on - date.fromisoformat(max(days)) > A_YEAR


def _look_again(card: Card, last: date) -> bool:
    return any(part.in_force.look_again and part.in_force.look_again <= last for part in card.parts)


def _no_value(card: Card, year: str) -> bool:
    return any(part.shape == "values" and year not in part.spec.by_year for part in card.parts)


def _names(head: str, cards: Iterable[Card]) -> Iterator[str]:
    """A head, and under it the rules by name."""
    yield f"  {head}:"
    yield from wrap(", ".join(card.rule for card in cards), WIDTH, initial_indent="    ", subsequent_indent="    ",
                    break_on_hyphens=False, break_long_words=False)  # fmt: skip


def _span(year: str) -> tuple[date, date]:
    start = int(year[:4])
    return date(start, 7, 1), date(start + 1, 6, 30)


def following(local: Local) -> str:
    """The school year after the last on file, but for those that are not kept."""
    name = next_year_name(max(year.name for year in local.years))
    while name in local.not_kept:
        name = next_year_name(name)
    return name
