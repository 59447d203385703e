"""`deadlines lint URL` against a real server on this machine: what a reply shows, and replies that are none."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from calendars.lint.catalogue import CHECKS
from calendars.lint.served import Reply, served
from deadlines.cli._over_http import LARGEST, fetch, https_for
from deadlines.model.problem import Refused
from tests.feeds.sample import SAMPLE, swap
from tests.lint.plants import ALARMS
from tests.support import run

CALENDAR = {"Content-Type": "text/calendar; charset=utf-8"}


class Host(BaseHTTPRequestHandler):
    """Answers each path as the test says: a status, headers, a body."""

    answers: ClassVar[dict[str, tuple[int, dict[str, str], bytes]]] = {}
    asked: ClassVar[list[tuple[str, dict[str, str]]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, dict(self.headers)))
        status, headers, body = self.answers[self.path]
        if status == 0:  # says nothing and hangs up
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server whose answers a test fills in."""
    monkeypatch.setenv("no_proxy", "*")
    Host.answers.clear()
    Host.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def codes(*arguments: str) -> list[str]:
    result = run("lint", *arguments, "--format", "json", "--on", "2018-11-12")
    assert result.stderr == ""
    return [row["code"] for row in json.loads(result.stdout)]


def failed(address: str) -> str:
    result = run("lint", address)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{address}: ")
    return result.stderr.removeprefix(f"{address}: ").strip()


def test_a_feed_well_served(host: str) -> None:
    Host.answers["/delegate.ics"] = (200, CALENDAR, SAMPLE)
    assert codes(f"{host}/delegate.ics") == []
    assert codes(f"{host}/delegate.ics", "--strict") == []
    ((path, headers), _) = Host.asked
    assert path == "/delegate.ics"
    assert "Accept" not in headers  # as Google asks
    assert "Cookie" not in headers
    assert headers["User-Agent"].startswith("deadlines/")


def test_what_is_wrong_with_the_feed_is_found(host: str) -> None:
    Host.answers["/a.ics"] = (200, CALENDAR, b"\xef\xbb\xbf" + swap("SEQUENCE:0", "SEQUENCE:-1"))
    assert codes(f"{host}/a.ics") == ["byte-order-mark", "bad-number"]


def test_a_feed_of_alarms_by_its_address(host: str) -> None:
    Host.answers["/delegate-alarms.ics?v=2"] = (200, CALENDAR, ALARMS)
    assert codes(f"{host}/delegate-alarms.ics?v=2", "--strict") == []


def test_a_page_instead_of_a_feed(host: str) -> None:
    page = b"<!doctype html><title>Just a moment...</title>"
    Host.answers["/a.ics"] = (200, {"Content-Type": "text/html; charset=utf-8"}, page)
    assert codes(f"{host}/a.ics") == ["content-type", "no-calendar"]


def test_no_content_type_at_all(host: str) -> None:
    Host.answers["/a.ics"] = (200, {}, SAMPLE)
    assert codes(f"{host}/a.ics") == ["content-type"]


def test_a_redirect_is_followed_and_told(host: str) -> None:
    Host.answers["/old.ics"] = (301, {"Location": "/new.ics"}, b"")
    Host.answers["/new.ics"] = (200, CALENDAR, SAMPLE)
    assert codes(f"{host}/old.ics") == []
    assert codes(f"{host}/old.ics", "--strict") == ["redirected"]


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (404, "the address answers 404 Not Found; readers see no feed"),
        (410, "the address answers 410 Gone; readers see no feed"),
        (403, "the address answers 403 Forbidden; readers see no feed"),
        (500, "the address answers 500 Internal Server Error; readers see no feed"),
        (0, "the address cannot be reached: Remote end closed connection without response"),
    ],
)
def test_no_feed_at_that_address(host: str, status: int, told: str) -> None:
    Host.answers["/a.ics"] = (status, {}, b"no")
    assert failed(f"{host}/a.ics") == told


def test_redirects_in_a_circle(host: str) -> None:
    Host.answers["/a.ics"] = (302, {"Location": "/b.ics"}, b"")
    Host.answers["/b.ics"] = (302, {"Location": "/a.ics"}, b"")
    assert failed(f"{host}/a.ics") == "the address leads to /b.ics, and no reader follows it there"
    assert len(Host.asked) <= 11


def test_a_redirect_to_what_is_no_web_address(host: str) -> None:
    Host.answers["/a.ics"] = (302, {"Location": "file:///etc/hostname"}, b"")
    assert failed(f"{host}/a.ics") == "the address leads to file:///etc/hostname, and no reader follows it there"


def test_a_reply_that_breaks_off(host: str) -> None:
    Host.answers["/a.ics"] = (200, CALENDAR | {"Content-Length": "99999"}, SAMPLE)
    assert failed(f"{host}/a.ics").startswith("the reply breaks off after ")


def test_a_reply_without_end(host: str) -> None:
    Host.answers["/a.ics"] = (200, CALENDAR, b" " * (LARGEST + 1))
    assert failed(f"{host}/a.ics") == "the reply is larger than 10 MB; no reader of calendars takes it"


def test_an_answer_that_is_no_http(host: str) -> None:
    """https to a server that speaks plain http."""
    Host.answers["/a.ics"] = (200, CALENDAR, SAMPLE)
    assert failed(f"{host.replace('http:', 'https:')}/a.ics").startswith("the address cannot be reached: ")


def test_nobody_listens(host: str) -> None:
    port = host.rpartition(":")[2]
    Host.answers["/a.ics"] = (200, CALENDAR, SAMPLE)
    with pytest.raises(Refused) as refused:
        fetch(f"http://127.0.0.1:{1 if port != '1' else 2}/a.ics")
    assert refused.value.problems[0].message == "the address cannot be reached: Connection refused"


def test_a_server_that_says_nothing(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience ends; here after a moment."""
    waiting = threading.Event()
    monkeypatch.setattr(Host, "do_GET", lambda self: waiting.wait(10))
    with pytest.raises(Refused) as refused:
        fetch(f"{host}/a.ics", patience=0.05)
    waiting.set()
    assert refused.value.problems[0].message == "the address cannot be reached: timed out"


@pytest.mark.parametrize("address", ["http://[::1/a.ics", "https://a b/", "http://" + "a" * 300 + "/"])
def test_what_is_no_address(address: str) -> None:
    assert "cannot be reached: " in run("lint", address).stderr


def test_webcal_is_https() -> None:
    assert https_for("webcal://example.org/a.ics") == "https://example.org/a.ics"
    assert https_for("WEBCALS://example.org/a.ics") == "https://example.org/a.ics"
    assert https_for("http://example.org/a.ics") == "http://example.org/a.ics"


# ---- the reply alone --------------------------------------------------------------------------------

WELL = "https://example.org/a.ics"


@pytest.mark.parametrize(
    ("code", "headers", "redirects"),
    [
        ("content-type", {"Content-Type": "text/plain; charset=utf-8"}, ()),
        ("content-type", {"Content-Type": "application/octet-stream; charset=utf-8"}, ()),
        ("content-charset", {"Content-Type": "text/calendar; charset=iso-8859-1"}, ()),
        ("reply-encoded", CALENDAR | {"Content-Encoding": "br"}, ()),
        ("to-plain-http", CALENDAR, ((302, WELL, "http://example.org/a.ics"),)),
        ("charset-unsaid", {"Content-Type": "text/calendar"}, ()),
        ("redirected", CALENDAR, ((301, WELL, "https://example.org/b.ics"),)),
    ],
)
def test_a_reply(code: str, headers: dict[str, str], redirects: tuple[tuple[int, str, str], ...]) -> None:
    found = served(Reply(WELL, headers, SAMPLE, redirects), ours=True)
    assert [one.code for one in found] == [code]
    assert bool(served(Reply(WELL, headers, SAMPLE, redirects))) == (CHECKS[code].level == "any")


def test_a_reply_as_it_should_be() -> None:
    plain = "http://example.org/a.ics"
    assert served(Reply(WELL, CALENDAR, SAMPLE), ours=True) == []
    assert served(Reply(plain, CALENDAR, SAMPLE, ((301, plain, WELL),)), ours=True) == []
    assert served(Reply(WELL, {"Content-Type": 'TEXT/Calendar; Charset="UTF-8"'}, SAMPLE), ours=True) == []
