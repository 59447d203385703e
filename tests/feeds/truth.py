"""What a feed ought to say, known from elsewhere than its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Said:
    """What one event ought to say. ``holds`` must stand in its description, ``link`` in it and as its URL.

    ``summary`` and ``text`` are the exact words, where a test has typed them in; ``wall`` is the clock
    time in the feed's zone of a timed event.
    """

    first: date
    last: date
    holds: tuple[str, ...] = ()
    link: str = ""
    tentative: bool = False
    withdrawn: bool = False
    unverified: bool = False
    summary: str = ""
    text: str = ""
    wall: str = ""


@dataclass(frozen=True)
class Truth:
    """What a feed ought to say: of itself, and of each event by UID. ``on`` is the day it was built for."""

    name: str
    text: str
    on: date
    zone: str = "America/Chicago"
    source: str = ""
    alarms: bool = False
    events: Mapping[str, Said] = field(default_factory=dict)
