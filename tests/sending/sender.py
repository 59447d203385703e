"""``python -m tests.sending.sender ADDRESS PORT LEASE [STEP]``: a sender of its own process, with the true clock.

With a STEP it kills itself (SIGKILL) just before its STEPth step: a transaction of the outbox, or a command, a block or
an answer of the relay. Prints the step, or the number of steps there were.
"""

from __future__ import annotations

import os
import signal
import smtplib
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from deadlines.books.outbox import Outbox
from deadlines.model.mail import PLAIN, Relay
from deadlines.sending.run import Run
from deadlines.sending.smtp import connect
from tests.books.writer import at


class Steps:
    """Counts calls, and ends the process before one of them."""

    def __init__(self, last: int) -> None:
        self.last, self.seen = last, 0

    def counted(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*given: Any, **named: Any) -> Any:
            self.seen += 1
            if self.seen == self.last:
                os.write(1, name.encode())
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given, **named)

        return counting


def main(address: str, port: int, lease: float, step: int = 0) -> None:
    steps = Steps(step)
    outbox = Outbox(at(address), lease=timedelta(seconds=lease))
    for name in ("claim", "dot_next", "accepted"):
        setattr(outbox, name, steps.counted(name, getattr(outbox, name)))

    def connection() -> smtplib.SMTP:
        server = connect(Relay("127.0.0.1", port, security=PLAIN), "")
        for name in ("docmd", "send", "getreply"):
            setattr(server, name, steps.counted(name, getattr(server, name)))
        return server

    Run(outbox, connection, lambda: datetime.now(UTC), time.sleep).go()
    print(steps.seen)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]) if len(sys.argv) > 4 else 0)
