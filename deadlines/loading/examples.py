"""The examples of a card: given, then, because."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from deadlines.model.card import Example
from deadlines.reading.fields import Bad, Fields, day, string, text
from deadlines.reading.nodes import Map, Node, Text
from deadlines.reading.show import nearest

GIVEN = ("school year", "as known on", "work calendar", "appointed", "level", "period")


def read_example(f: Fields, number: int, parts: tuple[str, ...], events: set[str]) -> Example | None:
    """One example; events in ``given`` must be declared by the card."""
    given = f.inside("given", "`given`")
    then = f.need("then", _then)
    because = f.need("because", string)
    f.done()
    if given is None:
        f.refuse(
            f.place,
            f"example {number} has no `given`",
            "given: {school year: 2018-19, as known on: 2018-09-01}",
        )
        return None
    known_on = given.need("as known on", day)
    written: dict[str, str] = {}
    recorded: dict[str, date] = {}
    for key in given.keys:
        if key in GIVEN:
            written[key] = given.get(key, string, "")
        elif key in events:
            when = given.get(key, day, None)
            written[key] = given.get(key, string, "")
            if when:
                recorded[key] = when
        else:
            given.node(key)
            message = f"`{key}` is neither an event of this card nor something an example gives"
            given.refuse(given.key_place(key), message, nearest(key, (*events, *GIVEN)))
    if "appointed" in written:
        given.get("appointed", day, None)
    if isinstance(then, Mapping) and parts != ("",):
        for part in then:
            if part not in parts:
                f.refuse(f.key_place("then"), f"`then` names no part of this card: `{part}`", nearest(part, parts))
    year = written.get("school year", "")
    if not year and not recorded:
        given.refuse(given.place, "an example gives a school year or an event", "school year: 2018-19")
    if known_on is None or then is None or because is None:
        return None
    return Example(written, then, because, f.place, number, known_on, year, recorded)


def _then(node: Node) -> object:
    """``nothing``, or the dates by name; with parts, one level deeper."""
    if isinstance(node, Text):
        if node.value != "nothing":
            raise Bad(node.place, "`then` gives dates by name, or `nothing`", "{stated: 2018-09-30}")
        return "nothing"
    if not isinstance(node, Map):
        raise Bad(node.place, "`then` gives dates by name, or `nothing`", "{stated: 2018-09-30}")
    return {k.value: _then_values(v) if isinstance(v, Map) else text(v).value for k, v in node}


def _then_values(node: Map) -> dict[str, str]:
    return {key.value: text(value).value for key, value in node}
