"""What a local's cards say of events: the names they may have, the facts each needs, and what they start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FOLLOWS = "follows"  # what every event may say: which earlier event of the book it follows, in one case


@dataclass(frozen=True, slots=True)
class Fact:
    """A further fact of an event. ``is_day``: it is a day, else it is yes or no.

    ``stand_in`` is the event whose day is taken when a day is not said; ``why`` is what a yes or no decides.
    """

    name: str
    is_day: bool
    stand_in: str = ""
    why: str = ""

    @property
    def option(self) -> str:
        """How a yes is given on the command line: ``--self-directed``."""
        return "--" + self.name.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class DeclaredEvent:
    """An event some card knows, with its facts by name, and the parts (``rule/part``) it starts or ends.

    ``ends`` is whether it ends duties that an earlier event of its case started.
    """

    name: str
    facts: Mapping[str, Fact]
    touches: tuple[str, ...]
    ends: bool = False


Declared = Mapping[str, DeclaredEvent]
