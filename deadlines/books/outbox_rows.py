"""The rows of the outbox, as values: one message to one person for one week, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

PLANNED, CLAIMED, DOT_NEXT, ACCEPTED, REFUSED, WAITING, UNSURE, QUIET, HELD, EXPIRED = STATES = (
    "planned", "claimed", "dot next", "accepted", "refused", "waiting", "unsure", "quiet", "held", "expired"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be sent: frozen octets, or none and the reason for that (``quiet``).

    ``person`` is an opaque id, ``period`` a week (``2018-W46``) or another span that has one message; the four of
    ``person``, ``kind``, ``period`` and ``edition`` are there once. ``sender`` is the envelope's. ``due`` and
    ``expires`` are in UTC: not before the one, not after the other.
    """

    person: str
    kind: str
    period: str
    address: str
    sender: str
    data: bytes
    due: datetime
    expires: datetime
    edition: int = 1
    quiet: str = ""


def as_text(moment: datetime) -> str:
    """UTC as text of one length, so that text is in the order of time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def as_moment(text: str) -> datetime:
    """The moment of such a text."""
    return datetime.fromisoformat(text)


def mail_id(number: int) -> str:
    """``M-000012``: what a row of the outbox is called."""
    return f"M-{number:06d}"
