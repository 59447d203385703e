"""Every mail of a school year as one reader would get it: to be read by whoever wants to know what they are in for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from deadlines.books.people import Enrolled
from deadlines.composing.compose import QUIET, Composer
from deadlines.composing.edition import WEEK, edition

AUGUST, JUNE = (8, 1), (6, 30)
RULE = "=" * 78


def mails_of_a_year(composer: Composer, told: Enrolled, start: int, token: str) -> Iterator[tuple[str, str]]:
    """Each week whose mail falls between August 1 of ``start`` and June 30 after it: its name, and the mail as text.

    Each is as known on its day, and tells what moved since the last one that was not quiet.
    """
    first, last = date(start, *AUGUST), date(start + 1, *JUNE)
    since: date | None = None
    for week in range((last - first).days // 7 + 2):
        when = edition(told, first + week * WEEK)
        if not first <= when.day <= last:
            continue
        found = composer.body(told, when, when.day, since)
        if found is None:
            since = since or when.day - timedelta(days=7)
            yield when.period, f"{RULE}\n{when.period}: no mail; {QUIET}\n"
            continue
        since = when.day
        yield when.period, f"{RULE}\n{when.period}: {found.subject}\n\n{found.plain(told.name, token)}"
