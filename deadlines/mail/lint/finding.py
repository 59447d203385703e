"""What is wrong with a message: a finding as of a feed, by the checks of messages."""

from __future__ import annotations

from dataclasses import dataclass

from calendars.lint import finding
from calendars.lint.catalogue import Check
from deadlines.mail.lint.catalogue import CHECKS


@dataclass(frozen=True, slots=True, order=True)
class Finding(finding.Finding):
    """One thing wrong with a message; line 0 is the message as a whole.

    What is wrong inside a part stands at the line that part begins on, and its message says where in the part.
    """

    @property
    def check(self) -> Check:
        """What looks for this: the point of the forty, whom it hurts."""
        return CHECKS[self.code]
