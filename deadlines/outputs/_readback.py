"""A card read back in plain sentences, to be compared with the article by somebody who knows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from calendars.days import long_date
from deadlines.model.card import Card, Contract, Example, Part, Status
from deadlines.shapes import is_dated, shape

STATUS = {
    Status.CHECKED: "compared with the text",
    Status.UNVERIFIED: "NOT COMPARED with the text: delegates see CHECK FIRST",
    Status.DISPUTED: "disputed: members see our position",
    Status.DRAFT: "a draft: nobody sees it",
    Status.RETIRED: "retired: history only",
}


def read_back(card: Card, contract: Contract) -> str:
    """The whole card in sentences: who must do what by when, what it rests on, what is open, and its examples."""
    lines = [
        f"{card.citation.place}: {card.title}",
        f"{card.rule}, agreement {contract.name}; {STATUS[card.status]}.",
        "",
        card.summary,
        *(_part(card, part) for part in card.parts),
        *_conventions(card),
        *_consequences(card),
        *(_example(example) for example in card.examples),
    ]
    return "\n".join(lines)


def _part(card: Card, part: Part) -> str:
    """One duty as a sentence: ``make up: for each “prep cancelled”, the principal must: no later than …``."""
    words = shape(part.shape).in_words(part.spec)
    often = f"each {part.each}" if part.each else f"for each “{part.starts_with}”" if part.starts_with else ""
    if part.counted_from:
        often += f", counted from {part.counted_from}"
    if part.only_through:
        from deadlines.phrases.words import say

        often += f", only through {say(part.only_through)}"
    if part.applies_when:
        often += f", when {part.applies_when}"
    who = part.who_must or card.who_must
    said = ", ".join(word for word in (who, often) if word)
    name = f"{part.name}: " if part.name else ""
    more = [f"Further facts: {name} (else the day of {other})." for name, other in part.also_needs.items()]
    if part.no_such_period:
        more.append(f"If there is no such period: {part.no_such_period}.")
    if part.in_force.first:
        more.append(f"In force from {part.in_force.words or long_date(part.in_force.first)}.")
    if part.in_force.last:
        more.append(f"In force until {long_date(part.in_force.last)}.")
    if part.in_force.ends_when:
        more.append(f"It ends when: {part.in_force.ends_when}.")
    if part.governed_by:
        more.append(f"Which agreement holds is decided by the {part.governed_by}.")
    if part.ended_by:
        more.append(f"It ends with {' or '.join(f'“{name}”' for name in part.ended_by)}.")
    if part.missed_starts:
        more.append(f"If it is missed, it starts {', '.join(part.missed_starts)}.")
    return " ".join((f"- {name}{said}: {words}.", *more))


def _conventions(card: Card) -> Iterator[str]:
    dated = any(part.shape in ("due",) for part in card.parts)
    if dated:
        yield f"- If that is not a work day: {card.roll}."
    if card.received_by:
        yield f"- It must be received by: {card.received_by}."
    for reading in card.readings:
        answers = "; ".join(f"{letter}: {answer}" for letter, answer in reading.answers.items())
        leads = "; the safe date leads" if any(is_dated(shape(part.shape)) for part in card.parts) else ""
        used = f" {reading.use} is used." if reading.use else f" It stays open{leads}."
        yield f"- {reading.question} {answers}.{used}"
    if card.settlement:
        by = card.settlement
        yield f"- Settled by {by.kind}: {by.what} ({by.place}; recorded by {by.recorded_by})."
    yield from (f"- Open question: {question}" for question in card.questions)
    if card.soft_words:
        yield f"- Soft words: {card.soft_words}."
    yield from (f"- The {side}'s position: {said}" for side, said in card.positions.items())
    if card.our_position:
        yield f"- What members see: {card.our_position}"


def _consequences(card: Card) -> Iterator[str]:
    yield f"- Told to: {', '.join(card.tell)}. At stake: {card.stakes}."
    if card.advice:
        yield f"- Delegate should: {card.advice}"
    if card.remedy:
        yield f"- Remedy: {card.remedy}."
    for source in card.sources:
        compared = f", compared with {source.compared}" if source.compared else ""
        differs = f"; {'' if source.weight == 'carried' else 'it '}{source.differs}" if source.differs else ""
        yield f"- Source: {source.place} in {source.document} ({source.weight}{compared}){differs}."


def _example(example: Example) -> str:
    """``Given …, then …, because …``: with the weekday of every date."""
    given = ", ".join(f"{key} {_dated(value)}" for key, value in example.given.items())
    if isinstance(example.then, str):
        then = example.then
    else:
        then = "; ".join(
            f"{name} {_dated(value) if isinstance(value, str) else _values(value)}"
            for name, value in example.then.items()
        )
    return f"- Given {given}: {then}. Because {example.because}"


def _values(values: dict[str, str]) -> str:
    return ", ".join(f"{name} {_dated(value)}" for name, value in values.items())


def _dated(value: str) -> str:
    try:
        return long_date(date.fromisoformat(value))
    except ValueError:
        return value
