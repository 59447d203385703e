"""Messages handed to a relay on loopback: every commit made, against smtplib as it is and without a book.

The relay is Postfix's own smtp-sink where it is installed, else a sink of ours; in a process of its own either way.
"""

from __future__ import annotations

import os
import shutil
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from itertools import count
from pathlib import Path

from bench.composing import ON, local, people
from bench.measure import Figure, figures, show
from calendars.clock import utc_now
from deadlines.books import open_book
from deadlines.books.outbox import Outbox
from deadlines.books.outbox_rows import Planned
from deadlines.books.rows import Pages
from deadlines.composing.compose import Composer
from deadlines.loading.shipped import templates
from deadlines.model.mail import PLAIN, Relay
from deadlines.sending.run import Run
from deadlines.sending.smtp import connect, hand_over

MANY = 100
ROUNDS = 5
NAMESPACE = "2f1c6a54-7a5b-5f0e-9d1e-0c7b6a3f4e21"
WEEK = timedelta(days=7)

# Answers as a relay does and keeps nothing: as much of a server as a sender needs.
SINK = r"""
import socketserver
class Sink(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    def handle(self):
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            self.wfile.write(b"354 go\r\n" if word == b"DATA" else b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                return
            if word == b"DATA":
                while (line := self.rfile.readline()) != b".\r\n":
                    if not line:
                        return
                self.wfile.write(b"250 ok\r\n")
class Server(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True
Server(("127.0.0.1", PORT), Sink).serve_forever()
"""


def run() -> None:
    """The tables of this group: CPU of the sender alone, and the time that passes, which waits for disk and relay."""
    composer = Composer(local(), lambda _: Pages(), templates())
    rows = [composer.planned(person, ON, ON) for person in people(MANY)]
    with sink() as (name, port):
        for clock, what in ((time.process_time, "CPU of the sender"), (time.perf_counter, "time that passes")):
            found = figures(_contestants(rows, port, clock), ROUNDS)
            show(f"{MANY} mails of {len(rows[0].data):,} octets to {name}, {what}", found,
                 {"deadlines digest send, every commit": "goal: at most 2x"})  # fmt: skip
        _source(port, len(rows[0].data))


def _contestants(rows: list[Planned], port: int, clock: Callable[[], float]) -> dict[str, Callable[[], float]]:
    relay = Relay("127.0.0.1", port, security=PLAIN)
    messages = [message_from_bytes(row.data, policy=policy.SMTP) for row in rows]
    weeks = count(1)

    def timed(work: Callable[[], None]) -> float:
        before = clock()
        work()
        return (clock() - before) / MANY

    def send_message() -> None:
        with smtplib.SMTP("127.0.0.1", port) as server:
            for row, message in zip(rows, messages, strict=True):
                server.send_message(message, row.sender, [row.address])

    def sendmail() -> None:
        with smtplib.SMTP("127.0.0.1", port) as server:
            for row in rows:
                server.sendmail(row.sender, [row.address], row.data)

    def by_phases() -> None:
        server = connect(relay, "")
        for row in rows:
            hand_over(server, row.sender, row.address, row.data, lambda: None)
        server.quit()

    folder = tempfile.mkdtemp(prefix="bench-")
    outbox = Outbox(open_book(Path(folder), "", NAMESPACE))

    def ours() -> float:
        now, week = utc_now(), next(weeks)
        outbox.plan([Planned(row.person, row.kind, str(week), row.address, row.sender, row.data, now, now + WEEK)
                     for row in rows], now)  # fmt: skip
        before = clock()
        report = Run(outbox, lambda: connect(relay, ""), utc_now, time.sleep).go()
        assert report.ends["accepted"] == MANY
        return (clock() - before) / MANY

    return {
        "smtplib.send_message": lambda: timed(send_message),
        "smtplib.sendmail, octets made before": lambda: timed(sendmail),
        "by phases, no book": lambda: timed(by_phases),
        "deadlines digest send, every commit": ours,
    }


def _source(port: int, size: int) -> None:
    """Postfix's own load generator, one connection: a bound for what a sender in C does."""
    program = shutil.which("smtp-source")
    if program is None:
        print("  smtp-source is not installed (package postfix): not measured")
        return

    def run_it() -> float:
        before = time.perf_counter()
        subprocess.run(
            [program, "-d", "-s", "1", "-m", str(MANY), "-l", str(size), "-f", "a@b.example", "-t", "c@d.example",
             f"inet:127.0.0.1:{port}"],
            check=True, capture_output=True,
        )  # fmt: skip
        return (time.perf_counter() - before) / MANY

    found: list[Figure] = figures({"smtp-source": run_it}, ROUNDS)
    show("Postfix's smtp-source, one connection, time that passes", found)


@contextmanager
def sink() -> Iterator[tuple[str, int]]:
    """A relay that answers and forgets, and its name and port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = shutil.which("smtp-sink")
    command = (
        [program, *(["-u", "nobody"] if os.getuid() == 0 else []), f"inet:127.0.0.1:{port}", "64"]
        if program
        else [sys.executable, "-c", SINK.replace("PORT", str(port))]
    )
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield ("smtp-sink" if program else "a sink of ours"), port
    finally:
        running.terminate()
        running.wait()


if __name__ == "__main__":
    run()
