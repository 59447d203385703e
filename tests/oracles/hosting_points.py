"""Points 38 to 50 as far as they are a static host's: what each finds wrong with a server that runs."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from threading import Event, Thread
from urllib.robotparser import RobotFileParser

from tests.clients.web import Answer
from tests.feeds.sample import SAMPLE
from tests.oracles.hosts import HOST, Server

NAME, FEED = "delegate.ics", "/feeds/delegate.ics"
FIRST, SECOND = SAMPLE, SAMPLE.replace(b"20190104", b"20190103", 1)  # of one size, as most moves are
LAID = datetime(2019, 1, 30, 18, tzinfo=UTC)
USER_AGENTS = (
    None,
    "Google-Calendar-Importer",
    "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)",
    "iOS/18.1 (22B83) dataaccessd/1.0",
    "ICSx5/2.3.4 (ktor; okhttp) Android/15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.0",
    "curl/8.5.0",
)
ACCEPTS = (None, "*/*", "text/calendar", "text/calendar,text/plain;q=0.8,*/*;q=0.5")


def lay(server: Server) -> None:
    """The feed as every point begins with it: the first bytes, laid down on a day long ago."""
    server.put(NAME, FIRST, LAID)


def findings(server: Server, point: str) -> list[str]:
    lay(server)
    return list(POINTS[point](server))


def _get(server: Server, **headers: str) -> Answer:
    return server.ask("GET", FEED, {name.replace("_", "-"): value for name, value in headers.items()})


def content(server: Server) -> Iterator[str]:
    """38: the right type and the right bytes, whoever asks and whatever they accept."""
    for agent in USER_AGENTS:
        for accept in ACCEPTS:
            headers = {"User-Agent": agent, "Accept": accept}
            answer = server.ask("GET", FEED, {name: value for name, value in headers.items() if value})
            if answer.status != 200 or answer.body != FIRST:
                yield f"{agent}, {accept}: {answer.status}, {answer.body[:20]!r}"
            if answer.headers.get("content-type") != "text/calendar; charset=utf-8":
                yield f"{agent}, {accept}: {answer.headers.get('content-type')}"


def head(server: Server) -> Iterator[str]:
    """39: HEAD is GET without the body, and the length is right."""
    for encoding in ("identity", "gzip"):
        got, asked = (server.ask(method, FEED, {"Accept-Encoding": encoding}) for method in ("GET", "HEAD"))
        if asked.body or _without_date(asked) != _without_date(got):
            yield f"{encoding}: {_without_date(asked)} is not {_without_date(got)}"
        if got.headers.get("content-length") != str(len(got.body)):
            yield f"{encoding}: Content-Length {got.headers.get('content-length')} for {len(got.body)} bytes"


def _without_date(answer: Answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "date"}


def validators(server: Server) -> Iterator[str]:
    """40: a strong ETag and a date of whole seconds; each right form of asking again is answered 304 with both."""
    full = _get(server)
    etag, modified = full.headers.get("etag", ""), full.headers.get("last-modified", "")
    if not etag.startswith('"'):
        yield f"ETag {etag or 'is not there'}"
    if not modified or parsedate_to_datetime(modified) != LAID:
        yield f"Last-Modified {modified or 'is not there'}"
    if not etag or not modified:
        return
    for form in (etag, f'"other", {etag}', "*", f"W/{etag}"):
        yield from _not_modified(form, _get(server, If_None_Match=form), etag, modified)
    yield from _not_modified("both", _get(server, If_None_Match=etag, If_Modified_Since=modified), etag, modified)
    yield from _not_modified("date", _get(server, If_Modified_Since=modified), etag, modified)
    earlier = format_datetime(LAID - timedelta(days=1), usegmt=True)
    for asked in (
        {"If_None_Match": '"stale"', "If_Modified_Since": modified},
        {"If_None_Match": '"stale"'},
        {"If_Modified_Since": earlier},
        {"If_Modified_Since": "yesterday"},
    ):
        if _get(server, **asked).status != 200:
            yield f"{asked}: not sent again"


def _not_modified(form: str, answer: Answer, etag: str, modified: str) -> Iterator[str]:
    if answer.status != 304 or answer.body:
        yield f"{form}: {answer.status} with {len(answer.body)} bytes"
    for name, value in (("etag", etag), ("last-modified", modified)):
        if answer.status == 304 and answer.headers.get(name) != value:
            yield f"{form}: a 304 whose {name} is {answer.headers.get(name)}"


def changes(server: Server) -> Iterator[str]:
    """41: other bytes have another ETag, the same file keeps its own; a rollback is seen by who has the later bytes."""
    tags = [_get(server).headers.get("etag", "")]
    tags.append(_get(server).headers.get("etag", ""))
    for minutes, data in ((5, SECOND), (10, FIRST)):
        server.put(NAME, data, LAID + timedelta(minutes=minutes))
        answer = _get(server, If_None_Match=tags[-1], If_Modified_Since=format_datetime(LAID, usegmt=True))
        if answer.body != data:
            yield f"after {minutes} minutes: {answer.status}, not the new bytes"
        tags.append(_get(server).headers.get("etag", ""))
    first, same, second, back = tags
    if not first or first != same or second in (first, back):
        yield f"ETags {tags}"
    later = _get(server, If_None_Match=second)
    server.put(NAME, FIRST, LAID)  # rolled back by copying an old file, old date and all
    if later.body != FIRST or _get(server, If_None_Match=back).status != 200:
        yield "a file put back with its old date is not seen"


def packing(server: Server) -> Iterator[str]:
    """42: gzip only for who asks for it, with its own strong ETag and Vary; never brotli."""
    plain = _get(server)
    for asked in (None, "identity", "br", "gzip;q=0", "br, deflate"):
        answer = _get(server, Accept_Encoding=asked) if asked else plain
        if answer.headers.get("content-encoding", "identity") != "identity" or answer.body != FIRST:
            yield f"{asked}: {answer.headers.get('content-encoding')}"
        yield from _varies(asked, answer)
    for asked in ("gzip", "gzip, deflate, br", "deflate, gzip;q=0.5"):
        answer = _get(server, Accept_Encoding=asked)
        yield from _varies(asked, answer)
        if answer.headers.get("content-encoding") != "gzip":
            yield f"{asked}: {answer.headers.get('content-encoding')}"
        elif gzip.decompress(answer.body) != FIRST:
            yield f"{asked}: other bytes"
        tag = answer.headers.get("etag", "")
        if not tag.startswith('"') or tag == plain.headers.get("etag"):
            yield f"{asked}: ETag {tag}"
        elif _get(server, Accept_Encoding=asked, If_None_Match=tag).status != 304:
            yield f"{asked}: not recognised again"


def _varies(asked: str | None, answer: Answer) -> Iterator[str]:
    if "accept-encoding" not in answer.headers.get("vary", "").lower():
        yield f"{asked}: Vary {answer.headers.get('vary')}"


def redirect(server: Server) -> Iterator[str]:
    """43: http leads to https in one hop, https nowhere; no cookie."""
    for path in (FEED, "/", "/feeds/none.ics"):
        answer = server.ask("GET", path, tls=False)
        to = answer.headers.get("location", "").replace(f":{server.https}/", "/")
        if answer.status not in (301, 308) or to != f"https://{HOST}{path}":
            yield f"http {path}: {answer.status} to {to or 'nowhere'}"
    answer = _get(server)
    if answer.status != 200 or "set-cookie" in answer.headers:
        yield f"https: {answer.status}, {answer.headers.get('set-cookie')}"


def headers(server: Server) -> Iterator[str]:
    """44: shown and not saved, taken for what it is, kept for an hour and longer when the host is down."""
    wanted = {
        "content-disposition": 'inline; filename="delegate.ics"',
        "x-content-type-options": "nosniff",
        "cache-control": "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=604800",
    }
    for encoding in ("identity", "gzip"):
        found = _get(server, Accept_Encoding=encoding).headers
        yield from (f"{name}: {found.get(name)}" for name, value in wanted.items() if found.get(name) != value)


def robots(server: Server) -> Iterator[str]:
    """45: a robots.txt that is there and forbids no feed, and feeds that ask not to be listed."""
    answer = server.ask("GET", "/robots.txt")
    parser = RobotFileParser()
    parser.parse(answer.body.decode("ascii").splitlines())
    if answer.status != 200 or not answer.headers.get("content-type", "").startswith("text/plain"):
        yield f"robots.txt: {answer.status} {answer.headers.get('content-type')}"
    for agent in ("*", "Googlebot", "YandexBot"):
        if not parser.can_fetch(agent, f"https://{HOST}{FEED}"):
            yield f"robots.txt forbids {agent}"
    if _get(server).headers.get("x-robots-tag") != "noindex":
        yield f"X-Robots-Tag {_get(server).headers.get('x-robots-tag')}"


def methods(server: Server) -> Iterator[str]:
    """47, as far as a static host goes: another method is 405 with Allow; what is not there is 404, and not a feed."""
    for method in ("POST", "PUT", "DELETE", "PATCH", "PROPFIND", "OPTIONS"):
        answer = server.ask(method, FEED, {"Content-Length": "0"})
        allowed = answer.headers.get("allow", "").split(", ")
        if answer.status != 405 or not {"GET", "HEAD"} <= set(allowed) or method in allowed:
            yield f"{method}: {answer.status}, Allow {answer.headers.get('allow')}"
    (server.public / "feeds" / f".{NAME}.new").write_bytes(FIRST[:100])
    for path in ("/feeds/none.ics", f"/feeds/.{NAME}.new", f"{FEED}.gz", f"{FEED}/", "/feeds/" + "a" * 200 + ".ics",
                 "/feeds/%00.ics", "/feeds/..%2f..%2fhost.key"):  # fmt: skip
        answer = server.ask("GET", path)
        if answer.status not in (400, 403, 404) or "max-age=3600" in answer.headers.get("cache-control", ""):
            yield f"{path[:40]}: {answer.status} {answer.headers.get('cache-control')}"


def replacing(server: Server) -> Iterator[str]:
    """50: while files are replaced, every answer is one of the two feeds, whole, and packed ones unpack to one."""
    stop = Event()

    def replace() -> None:
        while not stop.is_set():
            for data in (SECOND * 20, FIRST * 20):
                server.put(NAME, data)

    writer = Thread(target=replace)
    writer.start()
    try:
        for number in range(120):
            asked = "gzip" if number % 2 else "identity"
            answer = _get(server, Accept_Encoding=asked)
            packed = answer.headers.get("content-encoding") == "gzip"
            body = gzip.decompress(answer.body) if packed else answer.body
            if number > 5 and body not in (FIRST * 20, SECOND * 20):
                yield f"{asked}: {len(body)} bytes that are neither"
    finally:
        stop.set()
        writer.join()


POINTS = {
    "38": content, "39": head, "40": validators, "41": changes, "42": packing, "43": redirect, "44": headers,
    "45": robots, "47": methods, "50": replacing,
}  # fmt: skip


def same_second(server: Server) -> bool:
    """Whether two feeds of one size, laid down within one second, have one ETag: then the second is never fetched."""
    tags = []
    for microseconds, data in ((100_000, FIRST), (800_000, SECOND)):
        path = server.public / "feeds" / NAME
        server.put(NAME, data)
        at = LAID.replace(microsecond=microseconds).timestamp()
        os.utime(path, (at, at))
        tags.append(_get(server).headers.get("etag"))
    return tags[0] == tags[1]
