"""Where a number comes from: the events of a book, or the lines of a schedule. The card says it, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from deadlines.model.event import Fact
from deadlines.reading.fields import Bad, Fields, text
from deadlines.reading.nodes import Map, Node, Text

EVENT = re.compile(r"[a-z][a-z0-9'.-]*( [a-z][a-z0-9'.-]*)*")
RANGE = re.compile(r"([0-9]{1,4}) to ([0-9]{1,4})")
MEASURE = re.compile(r"(minutes in one piece|minutes|periods) of (\S.*)")
LARGEST = 9999  # that a number of an event may be, unless the card says less


@dataclass(frozen=True, slots=True)
class ByEvent:
    """Counted by an event: each day it happened on once or, with ``adds``, the sum of that number of each."""

    event: str
    adds: str = ""
    least: int = 1
    most: int = LARGEST

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The number the event must tell, if any."""
        return (Fact(self.adds, numbers=(self.least, self.most)),) if self.adds else ()


@dataclass(frozen=True, slots=True)
class InSchedule:
    """Counted in a schedule: ``minutes``, ``minutes in one piece`` or ``periods`` of some activities.

    ``beside`` are activities a schedule may also have, which are not counted.
    """

    measure: str
    of: tuple[str, ...]
    beside: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.measure} of {' or '.join(self.of)}"


def event(node: Node) -> str:
    """The event by which something is counted. No phrase names it, so it may hold any word."""
    written = text(node)
    if not EVENT.fullmatch(written.value):
        message = f"`{written.value}` is not an event name: small letters and words only"
        raise Bad(written.place, message, "personal day taken")
    return written.value


def number_name(node: Node) -> str:
    """The name of a number an event tells, such as ``days``."""
    written = text(node)
    if not EVENT.fullmatch(written.value):
        raise Bad(written.place, f"`{written.value}` is not the name of a number: small letters and words only", "days")
    return written.value


def numbers(node: Node) -> tuple[int, int]:
    """``1 to 200``: the least and the most a number may be."""
    written = text(node)
    match = RANGE.fullmatch(written.value)
    if not match or int(match[1]) > int(match[2]):
        raise Bad(written.place, f"`{written.value}` does not say from which number to which", "1 to 200")
    return int(match[1]), int(match[2])


def by_event(node: Node, fields: Fields) -> ByEvent | None:
    """``building day``, or ``{event: sick days given, adds up: days, from: 1 to 200}``. Problems are added."""
    if not isinstance(node, Map):
        found = fields.attempt(node, event)
        return ByEvent(found) if found else None
    inner = Fields(node, fields.document, fields.problems, "what is counted")
    name, adds = inner.need("event", event), inner.need("adds up", number_name)
    least, most = inner.get("from", numbers, (1, LARGEST))
    inner.done()
    return ByEvent(name, adds, least, most) if name and adds else None


def in_schedule(node: Node) -> InSchedule:
    """``minutes of teaching``, ``periods of teaching or advisory``."""
    written = text(node)
    match = MEASURE.fullmatch(written.value)
    if not match:
        message = (
            f"`{written.value}` is not counted in a schedule: minutes, minutes in one piece, or periods of something"
        )
        raise Bad(written.place, message, "minutes of teaching")
    return InSchedule(match[1], tuple(word.strip() for word in re.split(r",| or ", match[2])))


def by_name(fields: Fields, key: str, node: Node | None) -> tuple[tuple[Text, Node], ...]:
    """The entries of a table of quantities. Problems are added."""
    if node is None:
        return ()
    if not isinstance(node, Map) or not node.entries:
        near = "{building days: building day}" if key == "counted by" else "{teaching periods: periods of teaching}"
        fields.refuse(node.place, f"`{key}` says of each thing the limits count where it is found", near)
        return ()
    return tuple(node)


def together(events: tuple[ByEvent, ...]) -> Mapping[str, tuple[Fact, ...]]:
    """The events with the facts they must tell, each event once."""
    found: dict[str, dict[str, Fact]] = {}
    for one in events:
        found.setdefault(one.event, {}).update({fact.name: fact for fact in one.facts})
    return {name: tuple(facts.values()) for name, facts in found.items()}
