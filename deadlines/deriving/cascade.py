"""The cascade: a duty that was not done by its day starts what its card says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from deadlines.deriving.standing import OVERDUE, Standing, Start
from deadlines.model.card import Card, Side
from deadlines.model.local import Local
from deadlines.model.missed import MISSED, when_missed
from deadlines.model.obligation import Row


def missed(standings: Iterable[Standing], local: Local, on: date) -> Iterator[Start]:
    """What starts because duties were not done by their day: a day that is past on ``on``, settled by nobody.

    A clock of ours runs from the earliest day that may have been the last one, another's duty from the day as
    stated. Day 0 of a clock is that last day itself: whoever had until then can be late no sooner. Nothing is
    started twice in one chain. What was answered late starts clocks of ours all the same: that an answer makes up for
    the days before it is for a text to say, and the earlier day is the safe one.
    """
    duties: dict[str, list[Standing]] = {}
    for one in standings:
        if one.state == OVERDUE or _answered_late(one):
            duties.setdefault(one.id_on_all_levels, []).append(one)
    for same in duties.values():  # levels may differ in the day: any of them may be the one
        yield from _starts(same, _cards(local, same[0]), on)


def _starts(same: list[Standing], cards: dict[str, Card], on: date) -> Iterator[Start]:
    first = same[0]
    been = {(one.found.card.rule, one.found.part.name) for one in (*first.chain, first)}
    days = sorted({day for one in same for day in last_days(one)})
    stated = min(one.due for one in same if one.due)
    targets: dict[tuple[str, str, bool], set[tuple[str, str]]] = {}
    for card, part in when_missed(first.found.card, first.found.part, cards):
        if (card.rule, part.name) not in been:
            key = (card.rule, part.starts_with, card.side is Side.OURS)
            targets.setdefault(key, set()).add((card.rule, part.name))
    for (rule, name, ours), parts in targets.items():
        day, *later = days if ours else [stated]
        if day < on and (ours or first.state == OVERDUE):
            facts = _facts(first) if rule == first.found.card.rule else {}
            id = f"{first.start.id}, {_name(first)}{MISSED}"
            yield Start(first.event, id, name, day, facts, first, frozenset(parts), tuple(later))


def _answered_late(one: Standing) -> bool:
    """Whether an event of its case ended it after its day; what a person settled is settled, however late."""
    return bool(one.ended_by and not one.settlement and one.due and one.ended_by.told.day > max(last_days(one)))


def last_days(one: Standing) -> tuple[date, ...]:
    """The days that may have been the last one in time: of every reading, and the one it is late after beyond doubt.

    An extension in writing leaves one.
    """
    assert one.due
    if one.settlement or isinstance(one.found, Row):
        return (one.due,)
    outcome = one.found.outcome
    told = [row.values.get("stated") for row in outcome.readings]
    told += [outcome.values.get("stated"), outcome.values.get("late beyond doubt after")]
    return tuple(sorted({day for day in told if isinstance(day, date)})) or (one.due,)


def _facts(first: Standing) -> dict[str, str]:
    """What the other parts of its card know: the facts of its start, and the day of that."""
    return {**first.start.facts, first.start.name: first.start.day.isoformat()}


def _name(one: Standing) -> str:
    return " ".join(word for word in (one.found.card.rule, one.found.part.name) if word)


def _cards(local: Local, one: Standing) -> dict[str, Card]:
    """The cards of the agreement a duty is owed under: it also governs what its being missed starts."""
    agreement = next(contract for contract in local.contracts if contract.name == one.found.agreement)
    return {card.rule: card for card in agreement.all_cards}
