"""What deadlines.yaml says of mail: who sends, where unsubscribing and bounces go, through which relay."""

from __future__ import annotations

from dataclasses import dataclass

STARTTLS, TLS, PLAIN = SECURITY = ("starttls", "tls", "none")


@dataclass(frozen=True, slots=True)
class Relay:
    """The server that takes our mail. ``per_minute`` is how many messages it is given at most; 0: no limit.

    Its password is never in a file of the folder that is shared: the environment has it, or a file named there.
    """

    host: str
    port: int = 587
    security: str = STARTTLS
    user: str = ""
    per_minute: int = 0


@dataclass(frozen=True, slots=True)
class Mail:
    """All of it. ``one_click`` is an https address that takes a token behind it; empty until a server answers there."""

    name: str
    address: str
    bounces: str
    unsubscribe: str
    list_id: str
    one_click: str = ""
    relay: Relay | None = None
