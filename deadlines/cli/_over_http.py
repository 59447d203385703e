"""A feed fetched as a reader of calendars would: no cookie, no Accept, nothing but the address."""

from __future__ import annotations

from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from calendars.lint.served import Reply
from deadlines import __version__
from deadlines.model.problem import Place, Problem, Refused
from deadlines.reading.show import nearest

SCHEMES = ("https", "http", "webcal", "webcals")
PATIENCE = 30.0  # seconds without a word
LARGEST = 10_000_000  # octets; the largest feed that Google reads has a tenth of that


class _Followed(HTTPRedirectHandler):
    """Follows redirects, at most five as ICSx5 does, and remembers them."""

    max_redirections = 5

    def __init__(self) -> None:
        self.seen: list[tuple[int, str, str]] = []

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        self.seen.append((code, req.full_url, newurl))
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def https_for(address: str) -> str:
    """The address a reader asks: ``webcal:`` is https (Nextcloud, Apple). Raises Refused for other schemes."""
    scheme, _, rest = address.partition("://")
    if scheme.lower() not in SCHEMES:
        message = "an address begins with https://, http:// or webcal://"
        near = nearest(scheme, SCHEMES)
        raise Refused([Problem(Place(address), message, nearest=f"{near if near in SCHEMES else 'https'}://{rest}")])
    return f"https://{rest}" if scheme.lower() in ("webcal", "webcals") else address


def fetch(address: str, patience: float = PATIENCE) -> Reply:
    """The reply to one GET. Raises Refused when there is none, or none with a feed in it."""
    asked = https_for(address)
    followed = _Followed()
    try:
        request = Request(asked, headers={"User-Agent": f"deadlines/{__version__} (lint)"})
        with build_opener(followed).open(request, timeout=patience) as reply:
            body = reply.read(LARGEST + 1)
            headers = dict(reply.headers.items())
    except HTTPError as error:
        error.close()
        raise Refused([_answered(address, error)]) from None
    except (OSError, HTTPException, ValueError) as error:
        why = getattr(error, "reason", None) or error
        said = getattr(why, "strerror", None) or str(why) or type(why).__name__
        raise Refused([Problem(Place(address), f"the address cannot be reached: {said}")]) from None
    if len(body) > LARGEST:
        raise Refused([Problem(Place(address), "the reply is larger than 10 MB; no reader of calendars takes it")])
    due = headers.get("Content-Length", "")
    if due.isdecimal() and len(body) < int(due):
        raise Refused([Problem(Place(address), f"the reply breaks off after {len(body)} of {due} octets")])
    return Reply(asked, headers, body, tuple(followed.seen))


def _answered(address: str, error: HTTPError) -> Problem:
    if 300 <= error.code < 400:
        last = error.headers.get("Location") or "nowhere"
        return Problem(Place(address), f"the address leads to {last}, and no reader follows it there")
    return Problem(Place(address), f"the address answers {error.code} {error.reason}; readers see no feed")
