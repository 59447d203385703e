"""The reader of ``remind``: ``10 school days before``, ``2 weeks before it opens``, ``on the day``."""

from __future__ import annotations

import re

from calendars.days import Kind
from deadlines.model.card import Remind
from deadlines.reading.fields import Bad, text
from deadlines.reading.nodes import Node, Seq

KINDS = {
    "school day": Kind.STUDENT, "teacher day": Kind.TEACHER, "weekday": Kind.WEEKDAY,
    "calendar day": Kind.CALENDAR, "day": Kind.CALENDAR, "week": Kind.CALENDAR,
}  # fmt: skip
ENDS = ("it opens", "it closes", "deliver by", "act by", "the last chance", "it is lost")
COUNTED = re.compile(rf"([1-9][0-9]?) ({'|'.join(KINDS)})s? before(?: ({'|'.join(ENDS)}))?")
ON_THE_DAY = re.compile(rf"on the day(?: ({'|'.join(ENDS)}))?")


def reminders(node: Node) -> tuple[Remind, ...]:
    """One or several of them; every end but ``it opens`` is the last day on which something can be done."""
    return tuple(_remind(item) for item in (node.items if isinstance(node, Seq) else (node,)))


def _remind(node: Node) -> Remind:
    written = text(node)
    if match := ON_THE_DAY.fullmatch(written.value):
        return Remind(written.value, 0, Kind.CALENDAR, match[1] == "it opens")
    if match := COUNTED.fullmatch(written.value):
        count = int(match[1]) * (7 if match[2] == "week" else 1)
        return Remind(written.value, count, KINDS[match[2]], match[3] == "it opens")
    raise Bad(written.place, f"`{written.value}` does not say when to remind", "10 school days before")
