"""A run: message after message from the outbox to the relay, until nothing is due or the relay will not go on.

It can be stopped and started at any moment, and several can run at once: all that is known is in the outbox.
"""

from __future__ import annotations

import random
import smtplib
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from deadlines.books.outbox import Claim, LeaseLost, Outbox, Rest
from deadlines.sending.smtp import (
    ACCEPTED,
    AGAIN,
    LATER,
    REFUSED,
    RESTS,
    UNSURE,
    NoConnection,
    Verdict,
    hand_over,
    leave,
    reset,
)

FIRST_RETRY, LONGEST_RETRY = (
    timedelta(minutes=30),
    timedelta(hours=6),
)  # RFC 5321 section 4.5.4.1: not before 30 minutes
POLICY_REFUSALS = 5  # in a row
PATIENCE = timedelta(minutes=2)  # a rest longer than this is slept through at home
FAILED = 5  # tries of a message that never reached the dot, until it waits like one the relay sent away


@dataclass(slots=True)
class Report:
    """How many messages came to which end, and why the run stopped early; empty when it came to its end."""

    ends: Counter[str] = field(default_factory=Counter)
    stopped: str = ""


class Run:
    """One sender. ``connection`` opens one, or raises NoConnection; ``moment`` and ``sleep`` are the clock.

    ``told`` hears of each message that came to an end.
    """

    def __init__(
        self, outbox: Outbox, connection: Callable[[], smtplib.SMTP], moment: Callable[[], datetime],
        sleep: Callable[[float], None], told: Callable[[Claim, Verdict], None] = lambda claim, verdict: None,
    ) -> None:  # fmt: skip
        self.outbox, self.connection, self.moment, self.sleep, self.told = outbox, connection, moment, sleep, told
        self.server: smtplib.SMTP | None = None
        self.report = Report()
        self._refusals = 0
        self._next: Claim | Rest | None = None  # in hand since the last was written down

    def go(self) -> Report:
        """Send until nothing is due. Raises BookRefused when the book fails; nothing is lost and nothing doubled."""
        try:
            with self.outbox.book.engine.kept():
                while not self.report.stopped:
                    found, self._next = self._next or self.outbox.claim(self.moment()), None
                    if found is None:
                        break
                    if isinstance(found, Rest):
                        self._pause(found.until)
                    else:
                        with suppress(LeaseLost):  # somebody else's by now: theirs to tell
                            self._send(found)
            if self.server:
                leave(self.server)
        finally:
            self._hang_up()
        return self.report

    def _hang_up(self) -> None:
        """Cut the connection: in the middle of a message there is nothing to say to a relay."""
        if self.server:
            self.server.close()
            self.server = None

    def _pause(self, until: datetime) -> None:
        wait = until - self.moment()
        if wait > PATIENCE:
            self.report.stopped = "the relay rests"
            return
        if self.server and wait > timedelta(seconds=5):  # relays hang up on those who are silent
            leave(self.server)
            self.server = None
        self.sleep(max(wait.total_seconds(), 0.01))

    def _send(self, claim: Claim) -> None:
        try:
            server = self.server = self.server or self.connection()
        except NoConnection as error:
            self.outbox.given_back(claim, "no connection", self.moment(), counts=False)
            until = self.outbox.relay_rests(self.moment())
            # One that never answered may be misspelt: whoever waits for it is told at once. The next run tries again.
            if not self.report.ends or until - self.moment() > PATIENCE:
                self.report.stopped = str(error)
            return
        try:
            verdict = hand_over(
                server, claim.sender, claim.address, claim.data, lambda: self.outbox.dot_next(claim, self.moment())
            )
        except LeaseLost:
            self._hang_up()
            raise
        broken = verdict.kind in (AGAIN, UNSURE, RESTS) or verdict.phase == "body"  # what follows would be its text
        if broken or (verdict.kind != ACCEPTED and not reset(server)):
            self._hang_up()
        self._note(claim, verdict)
        self.report.ends[verdict.kind] += 1
        self.told(claim, verdict)

    def _note(self, claim: Claim, verdict: Verdict) -> None:
        """Write down what became of a message. Raises LeaseLost."""
        now, said = self.moment(), str(verdict)
        if verdict.kind == ACCEPTED:
            self._next = self.outbox.accepted(claim, said, now)
        elif verdict.kind == UNSURE:
            self.outbox.unsure(claim, said, now)
        elif verdict.kind == REFUSED:
            self.outbox.refused(claim, said, now, verdict.after_dot)
        elif verdict.kind == LATER:
            self.outbox.waiting(claim, said, now, now + retry_after(claim), verdict.after_dot)
        elif verdict.kind == RESTS:
            self.outbox.given_back(claim, said, now, counts=False)
            self.outbox.relay_rests(now)
        elif claim.attempts + 1 < FAILED:
            self.outbox.given_back(claim, said, now, counts=True)
        else:
            self.outbox.waiting(claim, said, now, now + retry_after(claim))
        self._refusals = self._refusals + 1 if verdict.policy else 0 if verdict.kind == ACCEPTED else self._refusals
        if self._refusals >= POLICY_REFUSALS:
            self.report.stopped = f"the relay refused {self._refusals} messages in a row for what we are ({said})"


def retry_after(claim: Claim) -> timedelta:
    """Thirty minutes, doubled at each try, six hours at most, a tenth more or less so that not all come at once."""
    pause: timedelta = min(FIRST_RETRY * 2**claim.attempts, LONGEST_RETRY)
    return pause * (1 + random.Random(f"{claim.number} {claim.attempts}").random() / 10)
