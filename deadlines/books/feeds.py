"""The private feeds a book knows: whom each is for, at which address, and what was published in it.

Rows are only added here too: a feed that is handed out no more has a row in another table that says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from deadlines.books.book import Book, as_day, last_number
from deadlines.books.engine import BookRefused, Row, Session
from deadlines.books.rows import WHO as WHO_ID
from deadlines.books.rows import row_id
from deadlines.books.scripts import query

FEED_ID = re.compile(r"F-0*([1-9][0-9]{0,8})", re.ASCII)
WHO, SCHOOL = "who|", "school|"  # how a subject begins
T = TypeVar("T")
Lines = Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A private feed, of one person's own duties or of one school's for its delegate: one of the two is not empty.

    ``digest`` is the SHA-256 of its token in hexadecimal; the token is kept nowhere. ``revoked``: since which day it
    is handed out no more.
    """

    number: int
    who: str
    school: str
    digest: str
    made: date
    revoked: date | None = None

    def __post_init__(self) -> None:
        if (not self.who) == (not self.school) or (self.who and not WHO_ID.fullmatch(self.who)):
            raise ValueError("a private feed is for one opaque id or for one school")

    @property
    def id(self) -> str:
        """``F-000001``: what it is called for good."""
        return row_id("F", self.number)

    @property
    def subject(self) -> str:
        """Whom it is for: what its UIDs and its lines of the private ledger hang on, through every rotation."""
        return f"{WHO}{self.who}" if self.who else f"{SCHOOL}{self.school}"

    @property
    def file_name(self) -> str:
        """What its file is called; whoever knows this can ask a static host for it."""
        return f"{self.digest}.ics"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every feed of a book, the first made first, and what their UIDs are made from (None before there is a feed)."""

    feeds: tuple[Subscription, ...] = ()
    namespace: UUID | None = None

    @property
    def live(self) -> tuple[Subscription, ...]:
        """The feeds that are handed out."""
        return tuple(feed for feed in self.feeds if feed.revoked is None)


class Feeds:
    """The private feeds of a book. Every method raises BookRefused as those of a book do."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def read(self) -> Shelf:
        """All of them as they are now: a revocation holds whatever day a command stands on."""
        with self.book.reading() as session:
            if session is None:
                return Shelf()
            found = session.run(query("secret"))
            return Shelf(_all(session), UUID(hex=found[0][0]) if found else None)

    def add(self, who: str, school: str, digest: str, made: date) -> Subscription:
        """A feed for a person or a school. Raises BookRefused when it has one that is not revoked."""
        with self.book.writing() as session:
            wanted = Subscription(last_number(session, "feed") + 1, who, school, digest, made)
            for feed in _all(session):
                if feed.subject == wanted.subject and feed.revoked is None:
                    raise BookRefused(f"it has a feed already, {feed.id}; rotate that one, or revoke it first")
            return _added(session, wanted)

    def rotate(self, id: str, digest: str, recorded: date) -> tuple[Subscription, Subscription]:
        """Revoke a feed and make another for whom it was, in one; the old one and the new. Raises BookRefused."""
        with self.book.writing() as session:
            old = _revoked(session, id, recorded)
            new = Subscription(last_number(session, "feed") + 1, old.who, old.school, digest, recorded)
            return old, _added(session, new)

    def revoke(self, id: str, recorded: date) -> Subscription:
        """Hand a feed out no more. Raises BookRefused when there is none of this id, or it is revoked already."""
        with self.book.writing() as session:
            return _revoked(session, id, recorded)

    def publish(self, change: Callable[[Lines], tuple[Lines, T]]) -> T:
        """Add what a build changes in the private ledger: ``change`` is given its lines by UID, as they are now.

        It returns those that differ, of which an empty one has left its feed, and what it is returned for. Nobody else
        writes meanwhile.
        """
        with self.book.writing() as session:
            changed, found = change({UUID(uid): line for uid, line in session.run(query("published"))})
            last = last_number(session, "published")
            rows = enumerate(sorted(changed.items()), last + 1)
            session.add(
                query("add_published"), ({"number": n, "uid": str(uid), "line": line} for n, (uid, line) in rows)
            )
            return found


def _all(session: Session) -> tuple[Subscription, ...]:
    return tuple(_subscription(row) for row in session.run(query("feeds")))


def _subscription(row: Row) -> Subscription:
    number, who, school, digest, made, revoked = row
    return Subscription(number, who, school, digest, as_day(made), as_day(revoked) if revoked else None)


def _added(session: Session, feed: Subscription) -> Subscription:
    """A new row; with the first of all, what the UIDs of private feeds are made from: 128 bits nobody can guess."""
    if not session.run(query("secret")):
        import secrets

        session.run(query("add_secret"), {"namespace": secrets.token_hex(16)})
    session.run(query("add_feed"), {
        "number": feed.number, "who": feed.who, "school": feed.school, "digest": feed.digest, "made": feed.made,
    })  # fmt: skip
    return feed


def _revoked(session: Session, id: str, recorded: date) -> Subscription:
    match = FEED_ID.fullmatch(id)
    if match is None:
        raise BookRefused("what the book calls a feed looks like F-000001")
    feed = next((one for one in _all(session) if one.number == int(match[1])), None)
    if feed is None:
        raise BookRefused(f"there is no {row_id('F', int(match[1]))} in the book")
    if feed.revoked:
        raise BookRefused(f"{feed.id} is revoked already, since {feed.revoked}")
    if recorded < feed.made:
        raise BookRefused(f"{feed.id} was made on {feed.made}, after {recorded}")
    number = last_number(session, "revoked") + 1
    session.run(query("add_revoked"), {"number": number, "feed": feed.number, "recorded": recorded})
    return Subscription(feed.number, feed.who, feed.school, feed.digest, feed.made, recorded)
