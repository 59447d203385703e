"""A relay on a real socket that does to each reader what it is told: refuses, hangs up, keeps silent, talks nonsense.

What a reader gets is in the name of the mailbox: ``rcpt-550-1@…`` is refused at RCPT with 550, ``dot-drop-1@…`` is
taken and the connection cut before the answer. Everything accepted is kept: for whom, and the octets.
"""

from __future__ import annotations

import re
import socket
import socketserver
import ssl
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from types import TracebackType

ENHANCED = {"5715": "5.7.515 not allowed", "511": "5.1.1 nobody here", "4": "4.2.0 later"}


@dataclass
class Kept:
    """What the relay has seen. ``accepted``: for each reader the octets it took, also those it said nothing about."""

    accepted: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    tries: Counter[str] = field(default_factory=Counter)
    senders: set[str] = field(default_factory=set)
    connections: int = 0
    passwords: list[str] = field(default_factory=list)


class _Handler(socketserver.StreamRequestHandler):
    server: FaultRelay

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")
        self.wfile.flush()

    def cut(self) -> None:
        """Hang up without a word, whatever is still unread."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        self.connection.close()
        raise ConnectionAbortedError

    def handle(self) -> None:
        with self.server.lock:
            self.server.kept.connections += 1
            first = self.server.kept.connections <= self.server.refuse_first
        if first:
            self.say("421 4.3.2 not now")
            return
        try:
            self.say("220 relay")
            self.reader = self.sender = ""
            while line := self.rfile.readline():
                if self.command(line.decode("latin-1").strip()):
                    return
        except (ConnectionError, OSError, ssl.SSLError):
            return
        finally:
            if self.encrypted:  # a socket of its own around the other
                self.connection.close()

    def command(self, line: str) -> bool:
        word = line.split(" ", maxsplit=1)[0].upper()
        if word in ("EHLO", "HELO"):
            offers = [
                "relay",
                *(["STARTTLS"] if self.server.starttls and not self.encrypted else []),
                "AUTH PLAIN",
                "SIZE",
            ]
            for offer in offers[:-1]:
                self.say(f"250-{offer}")
            self.say(f"250 {offers[-1]}")
        elif word == "STARTTLS" and self.server.starttls:
            self.say("220 go ahead")
            self.connection = self.server.starttls.wrap_socket(self.connection, server_side=True)
            self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
        elif word == "AUTH":
            self.server.kept.passwords.append(line)
            self.say("235 ok" if line.endswith(" AHVzZXIAc2VjcmV0") else "535 5.7.8 no, " + line)
        elif word == "MAIL":
            self.sender = line.partition("<")[2].partition(">")[0]
            self.say("250 ok")
        elif word == "RCPT":
            self.reader = line.partition("<")[2].partition(">")[0]
            with self.server.lock:
                self.server.kept.tries[self.reader] += 1
                self.server.kept.senders.add(self.sender)
            self.does("rcpt", "250 ok")
        elif word == "DATA":
            if self.does("data", "354 go ahead"):
                self.body()
        elif word == "QUIT":
            self.say("221 bye")
            return True
        else:
            self.say("250 ok")
        return False

    @property
    def encrypted(self) -> bool:
        return isinstance(self.connection, ssl.SSLSocket)

    def does(self, phase: str, usual: str) -> bool:
        """What the mailbox's name asks for in a phase, else the usual; whether it was the usual."""
        match = re.match(rf"{phase}-([a-z0-9]+)(?:-once)?-", self.reader)
        once = "-once-" in self.reader and self.server.kept.tries[self.reader] > 1
        if not match or once:
            self.say(usual)
            return True
        self.act(match[1])
        return False

    def act(self, what: str) -> None:
        if what == "drop":
            self.cut()
        elif what == "hang":
            self.server.ended.wait(20)
            self.cut()
        elif what == "garbled":
            self.say("%$&! what")
        elif what == "421":
            self.say("421 4.3.2 closing")
            self.cut()
        else:
            self.say(f"{what[:3]} {ENHANCED.get(what[3:], '')} <{self.reader}>")

    def body(self) -> None:
        """The message, dot by dot; accepted before or after the answer goes wrong, as the name says."""
        if self.reader.startswith("body-drop-") and not (
            "-once-" in self.reader and self.server.kept.tries[self.reader] > 1
        ):
            self.rfile.readline()
            self.cut()
        if self.reader.startswith("body-speaks-"):
            self.say("451 4.3.0 enough")
        data = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:  # the sender is gone: nothing was accepted
                return
            data += line[1:] if line.startswith(b".") else line
        taken = not self.reader.startswith(("dot-4", "dot-5", "dot-lost", "body-speaks-"))
        with self.server.lock:
            if taken:
                self.server.kept.accepted[self.reader].append(data)
        if self.reader.startswith("dot-lost"):
            self.cut()
        if self.reader.startswith("dot-slow"):
            self.server.ended.wait(1.5)
        if self.server.pause:
            self.server.ended.wait(self.server.pause)
        self.does("dot", "250 2.0.0 queued") if not self.reader.startswith("dot-slow") else self.say("250 2.0.0 queued")


class FaultRelay(socketserver.ThreadingTCPServer):
    """Runs in a thread of its own until the end of the block. ``pause``: seconds before each answer to a dot."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, starttls: ssl.SSLContext | None = None, refuse_first: int = 0, pause: float = 0) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.kept, self.lock, self.ended = Kept(), threading.Lock(), threading.Event()
        self.starttls, self.refuse_first, self.pause = starttls, refuse_first, pause
        self.port = self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """What a cut connection raises is what was asked for."""

    def __enter__(self) -> FaultRelay:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.ended.set()
        self.shutdown()
        self.server_close()
