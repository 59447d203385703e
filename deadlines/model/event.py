"""What a local's cards say of events: the names they may have, the facts each needs, and what they start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FOLLOWS = "follows"  # what every event may say: which earlier event of the book it follows, in one case


@dataclass(frozen=True, slots=True)
class Fact:
    """A further fact of an event: a day (``is_day``), a number (``numbers``: the least and the most), else yes or no.

    ``stand_in`` is the event whose day is taken when a day is not said; ``why`` is what a yes or no decides.
    """

    name: str
    is_day: bool = False
    stand_in: str = ""
    why: str = ""
    numbers: tuple[int, int] | None = None

    @property
    def is_yes_or_no(self) -> bool:
        return not self.is_day and self.numbers is None

    @property
    def kind(self) -> str:
        """What it is, in words: ``a day``, ``yes or no``, ``a number from 1 to 200``."""
        if self.numbers:
            return f"a number from {self.numbers[0]} to {self.numbers[1]}"
        return "a day" if self.is_day else "yes or no"

    def __str__(self) -> str:
        """Its kind, and what holds when it is not said or what it decides."""
        more = f", else that of “{self.stand_in}”" if self.is_day else f", whether {self.why}" if self.why else ""
        return f"{self.kind}{more}"

    @property
    def option(self) -> str:
        """How a yes is given on the command line: ``--self-directed``."""
        return "--" + self.name.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class DeclaredEvent:
    """An event some card knows, its facts by name, and the parts (``rule/part``) it starts, ends or is counted in.

    ``ends`` is whether it ends duties that an earlier event of its case started.
    """

    name: str
    facts: Mapping[str, Fact]
    touches: tuple[str, ...]
    ends: bool = False


Declared = Mapping[str, DeclaredEvent]
