"""Cards carried over from an earlier agreement that nobody has compared with this one: CHECK FIRST."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from deadlines.model.card import Card, Contract, Status
from deadlines.reading.fields import Fields, string, strings
from deadlines.reading.show import nearest


class _Read(Protocol):
    """An agreement that was read before this one."""

    @property
    def contract(self) -> Contract: ...


@dataclass(frozen=True, slots=True)
class Carried:
    """The agreement carried over, which of its rules (empty: all), and which not."""

    base: Contract
    because: str
    rules: tuple[str, ...]
    without: tuple[str, ...]


def read_carried(f: Fields, earlier: Mapping[str, _Read]) -> Carried | None:
    """``carried over: {from: 2015-19, because: …, rules: all, except: […]}``; None when the key is absent."""
    inner = f.inside("carried over", "`carried over`")
    if inner is None:
        return None
    base, because = inner.need("from", string), inner.need("because", string)
    rules, without = inner.need("rules", strings) or (), inner.get("except", strings, ())
    inner.done()
    if base is None or base not in earlier:
        near = nearest(base or "", earlier)
        inner.refuse(inner.key_place("from"), f"no earlier agreement on file is called `{base}`", near)
        return None
    contract = earlier[base].contract
    known = {card.rule for card in contract.cards}
    for key, named in (("rules", rules if rules != ("all",) else ()), ("except", without)):
        for rule in named:
            if rule not in known:
                inner.refuse(inner.key_place(key), f"{base} has no rule `{rule}`", nearest(rule, known))
    return Carried(contract, because or "", () if rules == ("all",) else rules, without)


def carried_cards(carried: Carried, own: Iterable[str]) -> Iterator[Card]:
    """The cards carried over, each unverified: nobody has compared it, so delegates alone see it, with a warning."""
    for card in carried.base.cards:
        wanted = not carried.rules or card.rule in carried.rules
        if wanted and card.rule not in (*own, *carried.without) and card.status is not Status.RETIRED:
            yield _unverified(card, carried)


def _unverified(card: Card, carried: Carried) -> Card:
    name = carried.base.name
    sources = tuple(
        replace(source, place=f"{source.place} of {name}, not compared since", weight="carried", compared="",
                differs=carried.because) if source.weight == "controlling" else source
        for source in card.sources
    )  # fmt: skip
    return replace(card, status=Status.UNVERIFIED, sources=sources, examples=())
