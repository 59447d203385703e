"""The people of a roster, as values. Everybody is an opaque id; the address and the name stand in the mails alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

PERSON_ID = re.compile(r"R-0*([1-9][0-9]{0,8})", re.ASCII)


def person_id(number: int) -> str:
    """``R-000123``: what a person is called for good."""
    return f"R-{number:06d}"


def parse_person(written: str) -> int | None:
    """The number of ``R-000123`` or ``R-123``; None when it is neither."""
    match = PERSON_ID.fullmatch(written)
    return int(match[1]) if match else None


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a roster says of a person. ``weekday`` counts from Monday as 0; ``hour`` is in the person's ``zone``.

    Without a ``level`` the person is told the dates of every level.
    """

    address: str
    name: str
    roles: tuple[str, ...]
    school: str
    level: str
    language: str
    zone: str
    weekday: int = 0
    hour: int = 7

    @property
    def mailbox(self) -> str:
        """The address as it is one with others: no two people differ in large and small letters alone."""
        return self.address.lower()


@dataclass(frozen=True, slots=True)
class Person:
    """A person with what the last roster said. ``token`` (22 signs) stands for them where an address would be seen.

    ``stopped`` is the day since which nothing is sent, None when mails are; ``reason`` why, and private.
    """

    number: int
    token: str
    since: date
    told: Enrolled
    stopped: date | None = None
    reason: str = ""

    @property
    def id(self) -> str:
        return person_id(self.number)
