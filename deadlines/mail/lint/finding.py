"""What is wrong with a message, as a value with its place."""

from __future__ import annotations

from dataclasses import dataclass

from deadlines.mail.lint.catalogue import CHECKS, Check


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing wrong with a message.

    ``line`` and ``column`` count lines of the file and their characters from 1; line 0 is the message as a whole.
    What is wrong inside a part stands at the line that part begins on, and its message says where in the part.
    """

    line: int
    column: int
    code: str
    message: str
    nearest: str = ""
    text: str = ""
    length: int = 1

    @property
    def check(self) -> Check:
        """What looks for this: the point of the forty, whom it hurts."""
        return CHECKS[self.code]
