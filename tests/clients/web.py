"""A web of made-up addresses for the clients: as a good host answers, or as a test says a bad one does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from urllib.parse import urljoin, urlsplit

CALENDAR = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Answer:
    """What a host answers. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


Fetch = Callable[[str, Mapping[str, str]], Answer]  # an address and request headers to one answer; follows no redirect


class Unreachable(Exception):
    """No host answers at that address, or a client will not go there."""


@dataclass(frozen=True)
class Asked:
    """A request and the status it was answered with."""

    address: str
    headers: Mapping[str, str]
    status: int


class Web:
    """Addresses and what they answer, with everything that was asked. Calling it is a GET.

    A published file has a strong ETag of its bytes and a date; If-None-Match wins over If-Modified-Since
    (RFC 9110, 13.2.2).
    """

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self._answers: dict[str, Answer] = {}

    def publish(self, address: str, body: bytes, day: datetime, content_type: str = CALENDAR) -> None:
        tag = f'"{sha256(body).hexdigest()[:32]}"'
        date = format_datetime(day, usegmt=True)
        self._answers[address] = Answer(200, {"content-type": content_type, "etag": tag, "last-modified": date}, body)

    def says(self, address: str, status: int, body: bytes = b"", **headers: str) -> None:
        """From now on an address answers just so: an error, a redirect, a page that is no calendar."""
        self._answers[address] = Answer(status, headers, body)

    def __call__(self, address: str, headers: Mapping[str, str]) -> Answer:
        answer = self._answers.get(address)
        if answer is None:
            raise Unreachable(address)
        if answer.status == 200 and _unchanged(answer, headers):
            answer = not_modified(answer)
        self.asked.append(Asked(address, headers, answer.status))
        return answer


def not_modified(answer: Answer) -> Answer:
    """The 304 of a file: both validators, no body."""
    return Answer(304, {name: answer.headers[name] for name in ("etag", "last-modified") if name in answer.headers})


def _unchanged(answer: Answer, headers: Mapping[str, str]) -> bool:
    if "If-None-Match" in headers:
        return headers["If-None-Match"] == answer.headers.get("etag")
    return "If-Modified-Since" in headers and headers["If-Modified-Since"] == answer.headers.get("last-modified")


def follow(fetch: Fetch, address: str, headers: Mapping[str, str], most: int) -> Answer:
    """Go where redirects lead, at most ``most`` of them. Raises Unreachable."""
    for _ in range(most + 1):
        answer = fetch(address, headers)
        if answer.status not in (301, 302, 303, 307, 308):
            return answer
        address = target(address, answer)
    raise Unreachable(f"more than {most} redirects")


def target(address: str, answer: Answer) -> str:
    """Where a redirect leads. Raises Unreachable when it does not say."""
    if "location" not in answer.headers:
        raise Unreachable(f"{answer.status} without a Location")
    return urljoin(address, answer.headers["location"])


def scheme(address: str) -> str:
    return urlsplit(address).scheme
