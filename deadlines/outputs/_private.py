"""What private feeds say: the duties of one person's events, or those of a school's events, counted, for its delegate.

No name, id, school, note or paper is in them, and nothing of the public feeds is either. What a school's feed says of
several duties of one kind and day it says once, with their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from calendars.days import DateSpan, long_date
from calendars.entry import Entry, FeedInfo, shorten
from calendars.neighbours import year_name
from deadlines.books.feeds import SCHOOL, WHO, Subscription
from deadlines.deriving.standing import SETTLED, Standing
from deadlines.model.card import Status
from deadlines.model.local import Local
from deadlines.model.obligation import Obligation
from deadlines.outputs._standing import (
    Shown,
    became,
    counts,
    missed_before,
    several,
    shown_days,
    state_in_words,
    title_of,
    why_then,
)  # fmt: skip
from deadlines.outputs._view import UNOFFICIAL, said, term_note
from deadlines.outputs.ics import kept_span, levels_in_text

IF_IT_APPLIES = " (if it applies)"


@dataclass(frozen=True, slots=True)
class PrivateFeed:
    """What a private feed is made from. ``namespace`` is the book's own, so that nobody can guess a UID.

    ``keep`` has, by id, the earlier day that was told of a duty that has moved since, and that nobody has accepted.
    """

    local: Local
    namespace: UUID
    feed: Subscription
    on: date
    keep: Mapping[str, date] = field(default_factory=dict)

    def info(self) -> FeedInfo:
        """What the feed says of itself. It has no SOURCE: its address is a secret that an export would tell."""
        whose = "your own contract dates" if self.feed.who else "contract dates of your school, for its delegate"
        text = f"{whose[0].upper()}{whose[1:]}. Private: do not pass its address on. {UNOFFICIAL}"
        return FeedInfo(f"{self.local.name}: {whose}", text, self.local.zone)

    def entries(self, own: Iterable[Standing]) -> list[Entry]:
        """The entries of the feed, from the first day of the previous school year on, however far ahead."""
        days = [shown for one in own if self.may_show(one) for shown in shown_days(one)]
        kept = [shown for shown in days if shown.moment.day >= kept_span(self.on).first]
        return [self._own(shown) for shown in kept] if self.feed.who else list(self._counted(kept))

    def may_show(self, one: Standing) -> bool:
        """Whether its reader is told of a duty: what nobody has compared with the agreement goes to delegates alone."""
        return bool(self.feed.school) or one.found.card.status is not Status.UNVERIFIED

    def uid(self, *words: str) -> UUID:
        """A UID that lasts as long as whom the feed is for has one, through every rotation."""
        return uuid5(self.namespace, "|".join((self.feed.subject, *words)))

    def nothing(self, before: Entry | None) -> Entry:
        """What a feed says that has no date: never empty, or clients would wipe it; on the day it was first said."""
        whom = "of your own" if self.feed.who else "of your school"
        lines = (
            f"The book has no duty {whom} with a day that can be given.",
            "This address stays: dates come here as soon as there are any.",
            "Feed private, no dates.",
            UNOFFICIAL,
        )
        day = before.span.first if before else self.on
        uid = self.uid("no dates")
        return self._entry(uid, day, f"No contract dates {whom} at present", lines, "", False, ())

    def _own(self, shown: Shown) -> Entry:
        """A day of a duty of one person: what, what became of it, and because of what."""
        one, moment = shown.one, shown.moment
        ahead = "" if shown.is_notice else became(one)
        lines = [
            said(shown.card), moment.text, why_then(shown), state_in_words(one) if not shown.is_notice else "",
            *self._told_before(one),
            f"It follows from “{one.event.told.name}”, {long_date(one.event.told.day)}.", *missed_before(one),
            f"Only if {one.unsaid}; the book does not say." if one.unsaid else "",
        ]  # fmt: skip
        title = title_of(shown, ahead, IF_IT_APPLIES if one.unsaid else "", shown.in_doubt)
        return self._of_a_card(self.uid(one.id, moment.which), [shown], title, lines, shown.in_doubt)

    def _told_before(self, one: Standing) -> Iterator[str]:
        """The earlier day its reader has in mind."""
        if one.id in self.keep:
            yield f"Told before: {long_date(self.keep[one.id])}. Keep to that until the change is accepted."

    def _counted(self, days: Iterable[Shown]) -> Iterator[Entry]:
        """The days of a school's duties: those of one kind and day in one entry, with their number.

        Its UID is that of the duty whose event stands first in the book: where the day of all of them moves, it moves.
        """
        groups: dict[tuple[object, ...], list[Shown]] = {}
        for shown in sorted(days, key=lambda shown: shown.place):
            found, moment = shown.one.found, shown.moment
            kind = (found.agreement, shown.card.rule, found.part.name, shown.levels)
            groups.setdefault((*kind, moment.which, moment.day, moment.title, moment.text), []).append(shown)
        for same in groups.values():
            first, doubt = same[0], any(shown.in_doubt for shown in same)
            unsaid = sum(bool(shown.one.unsaid) for shown in same)
            count = several(same) if first.is_notice else counts(same)
            lines = [
                said(first.card), first.moment.text,
                f"{count}; whose they are stands in the book alone." if count else "",
                f"Of {unsaid} the book does not say whether the duty applies." if unsaid else "",
            ]  # fmt: skip
            title = title_of(first, count, IF_IT_APPLIES if unsaid == len(same) else "", doubt)
            yield self._of_a_card(self.uid(first.one.id, first.moment.which), same, title, lines, doubt)

    def _of_a_card(self, uid: UUID, same: Sequence[Shown], title: str, lines: Sequence[str], tentative: bool) -> Entry:
        shown, done = same[0], all(shown.one.state == SETTLED for shown in same)
        card, found = shown.card, shown.one.found
        around = (
            levels_in_text(shown.levels),
            term_note(found) if isinstance(found, Obligation) else "",
            f"What to do: {card.advice}" if card.advice and not done else "",
            f"Whom to call: {self.local.contacts[card.contact]}",
            f"{card.citation.place}, agreement {found.agreement}.",
            card.link,
            f"Rule {card.rule}, {year_name(shown.one.event.told.day)}.",
            UNOFFICIAL,
        )
        categories = ("Contract", "Notice") if shown.is_notice else ("Contract",)
        return self._entry(uid, shown.moment.day, title, (*lines, *around), card.link, tentative, categories)

    def _entry(
        self, uid: UUID, day: date, title: str, lines: Iterable[str], url: str, tentative: bool,
        categories: tuple[str, ...],
    ) -> Entry:  # fmt: skip
        """An entry with the stamps of a first build; the private ledger sets them right."""
        stamp = datetime.combine(self.on, time(), UTC)
        text = "\n".join(line for line in lines if line)
        return Entry(
            uid, DateSpan(day, day), shorten(title), text, stamp, stamp, url=url, tentative=tentative,
            categories=categories,
        )  # fmt: skip


def by_subject(standings: Iterable[Standing]) -> dict[str, list[Standing]]:
    """The duties of each person and of each school, by whom a feed would be for."""
    found: dict[str, list[Standing]] = {}
    for one in standings:
        row = one.event.told
        for subject in filter(None, (row.who and f"{WHO}{row.who}", row.school and f"{SCHOOL}{row.school}")):
            found.setdefault(subject, []).append(one)
    return found
