"""The examples of a card: given, then, because."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from deadlines.model.card import Example
from deadlines.reading.fields import (
    Bad,
    Fields,
    day,
    items,
    one_of,
    school_year,
    string,
    strings,
    text,
    whole_number,
)  # fmt: skip
from deadlines.reading.nodes import Map, Node, Text
from deadlines.reading.show import nearest

WORK = ("teacher", "student", "office")
GIVEN = ("school year", "as known on", "level", "period")


def read_example(
    f: Fields, number: int, parts: tuple[str, ...], events: set[str], more: tuple[str, ...] = ()
) -> Example | None:
    """One example; events in ``given`` must be declared by the card, ``more`` is what its shapes may be given."""
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
    unknown = False
    for key in given.keys:
        if key in (*GIVEN, *more):
            written[key] = ", ".join(given.get(key, strings, ()))
        elif key in events:
            when = given.get(key, day, None)
            written[key] = given.get(key, string, "")
            if when:
                recorded[key] = when
        else:
            given.node(key)
            unknown = True
            message = f"`{key}` is neither an event of this card nor something an example gives"
            given.refuse(given.key_place(key), message, nearest(key, (*events, *GIVEN, *more)))
    _check_forms(given, written)
    if isinstance(then, Mapping) and parts != ("",):
        for part in then:
            if part not in parts:
                f.refuse(f.key_place("then"), f"`then` names no part of this card: `{part}`", nearest(part, parts))
    year = written.get("school year", "")
    if not year and not recorded and not unknown:
        given.refuse(given.place, "an example gives a school year or an event", "school year: 2018-19")
    if known_on is None or then is None or because is None:
        return None
    return Example(written, then, because, f.place, number, known_on, year, recorded)


def _check_forms(given: Fields, written: Mapping[str, str]) -> None:
    """What is not plain text has a form of its own; a wrong one is told here, with its place."""
    forms: Mapping[str, Callable[[Node], object]] = {
        "school year": school_year, "appointed": day, "week of": day, "work calendar": one_of(WORK), "days": _days,
        "part of a day": _part, "counted": _counted, "done in": _years, "counted from": _years,
        "unused": whole_number, "days worked": whole_number,
    }  # fmt: skip
    for key, read in forms.items():
        if key in written:
            given.get(key, read, None)


def _days(node: Node) -> tuple[date, ...]:
    return tuple(day(item) for item in items(node))


def _counted(node: Node) -> tuple[Text, ...]:
    """``2 building days``, one or several."""
    found = tuple(text(item) for item in items(node))
    for written in found:
        for piece in written.value.split(","):
            if not re.fullmatch(r"[0-9]+ \S.*", piece.strip()):
                raise Bad(written.place, f"`{piece.strip()}` does not say how many of what", "2 building days")
    return found


def _years(node: Node) -> tuple[Text, ...]:
    """School years, one or several."""
    found = tuple(text(item) for item in items(node))
    for written in found:
        match = re.fullmatch(r"(\d{4})-(\d{2})", written.value)
        if not match or (int(match[1]) + 1) % 100 != int(match[2]):
            raise Bad(written.place, f"`{written.value}` is not a school year", "2018-19")
    return found


def _part(node: Node) -> Fraction:
    written = text(node)
    if not re.fullmatch(r"[0-9]+/[1-9][0-9]*", written.value):
        raise Bad(written.place, f"`{written.value}` is not a part of a day", "1/4")
    return Fraction(written.value)


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
