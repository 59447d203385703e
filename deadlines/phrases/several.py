"""Several dates, some of which cannot be said: which of them is the first or the last all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from deadlines.phrases.frame import CannotSay


def earliest(known: Sequence[date], unsaid: Sequence[CannotSay]) -> date:
    """The first of several dates: known when each that cannot be said must lie later than the ones that can."""
    best = min(known, default=date.max)
    for member in unsaid:
        if not known or member.not_before is None or member.not_before < best:
            floors = [other.not_before for other in unsaid]
            raise CannotSay(member.reason, None if None in floors else min(best, *(f for f in floors if f)))
    return best


def latest(known: Sequence[date], unsaid: Sequence[CannotSay]) -> date:
    """The last of several dates: each must be known; the last cannot lie before any of them."""
    if unsaid:
        floors = [*known, *(member.not_before for member in unsaid if member.not_before)]
        raise CannotSay(unsaid[0].reason, max(floors, default=None))
    return max(known)


@contextmanager
def going(sign: int) -> Iterator[None]:
    """What bounds an unsaid date from below says nothing of a date found by going back from it."""
    try:
        yield
    except CannotSay as unsaid:
        if sign > 0:
            raise
        raise CannotSay(unsaid.reason) from None
