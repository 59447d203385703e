"""Killed at each step and at random moments, and eight at once: at most one copy each, nothing lost (points 23, 25)."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deadlines.books.outbox import Outbox
from deadlines.books.outbox_rows import Planned
from tests.books.writer import at
from tests.sending.relay import FaultRelay
from tests.support import ROOT

LEASE = 1.5  # seconds; twenty minutes in earnest


def plan(address: str, many: int) -> Outbox:
    """Messages that are due now."""
    outbox, now = Outbox(at(address), lease=timedelta(seconds=LEASE)), datetime.now(UTC)
    outbox.plan([
        Planned(f"p-{n}", "week", "2018-W46", f"p-{n}@r.example", "b@u.example", b"Subject: x\r\n\r\n" + b"y\r\n" * 500,
                now, now + timedelta(days=6))
        for n in range(many)
    ], now)  # fmt: skip
    return outbox


def sender(address: str, port: int, *step: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sending.sender", address, str(port), str(LEASE), *step],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
    )  # fmt: skip


def to_the_end(address: str, port: int, outbox: Outbox) -> None:
    """Senders one after the other, with time for the leases of the dead to end, until nothing is left to send."""
    for _ in range(20):
        process = sender(address, port)
        process.communicate()
        assert process.returncode == 0
        left = outbox.states(datetime.now(UTC))
        if not left.keys() & {"planned", "claimed", "dot next", "waiting"}:
            return
        time.sleep(LEASE)
    raise AssertionError(left)


def nothing_doubled_nothing_lost(outbox: Outbox, relay: FaultRelay, many: int, kills: int) -> None:
    now = datetime.now(UTC)
    states = outbox.states(now)
    copies = {reader: len(found) for reader, found in relay.kept.accepted.items()}
    assert max(copies.values()) == 1
    assert states.get("accepted", 0) + states.get("unsure", 0) == many
    assert states.get("unsure", 0) <= kills
    told = {f"{one.person}@r.example" for one in outbox.rows("accepted")}
    assert told <= copies.keys()  # what is called accepted was
    unsure = {f"{one.person}@r.example" for one in outbox.rows("unsure")}
    assert copies.keys() <= told | unsure  # and what came through is one or the other


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.soak)])
def test_point_23_killed_before_each_step_in_turn(tmp_path: Path, every: int) -> None:
    """Each on a book of its own with two messages; the steps there are, as a whole run counts them."""
    with FaultRelay() as relay:
        whole = str(tmp_path / "whole")
        Path(whole).mkdir()
        plan(whole, 2)
        steps = int(sender(whole, relay.port).communicate()[0])
    assert steps > 20
    for step in range(1, steps + 1, every):
        address = str(tmp_path / str(step))
        Path(address).mkdir()
        with FaultRelay() as relay:
            outbox = plan(address, 2)
            process = sender(address, relay.port, str(step))
            process.communicate()
            assert process.returncode == -9
            time.sleep(LEASE)
            to_the_end(address, relay.port, outbox)
            nothing_doubled_nothing_lost(outbox, relay, 2, 1)


def killed_at_random(address: str, kills: int, many: int, seed: int) -> None:
    chance = random.Random(seed)
    with FaultRelay(pause=0.03) as relay:
        outbox = plan(address, many)
        caught = 0
        for _ in range(kills):
            before = len(relay.kept.accepted)
            process = sender(address, relay.port)
            deadline = time.monotonic() + 20
            while len(relay.kept.accepted) == before and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.005)  # it has begun to send
            time.sleep(chance.random() * 0.2)
            caught += process.poll() is None
            process.kill()
            process.communicate()
        assert caught > kills / 2, "most kills fell after the end: the test tries little"
        time.sleep(LEASE)
        to_the_end(address, relay.port, outbox)
        nothing_doubled_nothing_lost(outbox, relay, many, kills)


def test_point_23_killed_at_random_moments(tmp_path: Path) -> None:
    killed_at_random(str(tmp_path), 20, 150, 46)


@pytest.mark.soak
def test_point_23_killed_two_hundred_times(tmp_path: Path) -> None:
    killed_at_random(str(tmp_path), 200, 2000, 47)


def eight_at_once(address: str, many: int) -> None:
    with FaultRelay() as relay:
        outbox = plan(address, many)
        processes = [sender(address, relay.port) for _ in range(8)]
        for process in processes:
            process.communicate()
            assert process.returncode == 0
        to_the_end(address, relay.port, outbox)
        nothing_doubled_nothing_lost(outbox, relay, many, 0 if outbox.lease > timedelta(minutes=1) else many)
        assert relay.kept.connections >= 2


def test_point_25_eight_senders_at_once(tmp_path: Path) -> None:
    eight_at_once(str(tmp_path), 80)


def test_point_26_two_processes_plan_at_once(tmp_path: Path) -> None:
    script = f"from tests.sending.test_killed import plan; plan({str(tmp_path)!r}, 200)"
    processes = [
        subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
        for _ in range(4)
    ]
    assert [process.wait() for process in processes] == [0] * 4
    assert sum(plan(str(tmp_path), 200).states(datetime.now(UTC)).values()) == 200
