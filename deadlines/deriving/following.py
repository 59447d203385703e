"""Events that follow one another: the case they are of, and which of them ends a duty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from deadlines.books.rows import Logged
from deadlines.model.card import Part
from deadlines.model.event import FOLLOWS


class Following:
    """The cases of a book. Events are of one case when each says which of the others it follows.

    What follows an event that is not among them, because it was voided or recorded later, follows none.
    """

    def __init__(self, events: Iterable[Logged]) -> None:
        events = tuple(events)
        numbers = {event.id: event.number for event in events}
        first: dict[int, int] = {}
        for event in sorted(events, key=lambda event: event.number):
            earlier = numbers.get(event.told.facts.get(FOLLOWS, ""))
            first[event.number] = first.get(earlier, event.number) if earlier else event.number
        self._first = first
        self._cases: dict[int, list[Logged]] = {}
        for event in sorted(events, key=lambda event: (event.told.day, event.number)):
            self._cases.setdefault(first[event.number], []).append(event)

    def case(self, event: Logged) -> list[Logged]:
        """Every event of the case of one, itself too, in the order they happened."""
        return self._cases[self._first[event.number]]

    def ender(self, event: Logged, begun: date, part: Part) -> Logged | None:
        """The first event of the case that ends a duty which began on a day; None when there is none.

        One that happened before the duty began ends nothing: it may be the answer to an earlier round.
        """
        if not part.ended_by:
            return None
        found = (
            other for other in self.case(event)
            if other.told.name in part.ended_by and other.number != event.number and other.told.day >= begun
        )  # fmt: skip
        return next(found, None)
