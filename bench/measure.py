"""Contestants taking turns, CPU time, the median of several rounds: what slows the machine slows all of them."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Contestant = Callable[[], float]  # runs once and returns the CPU seconds of one unit of work


@dataclass(frozen=True)
class Figure:
    """A contestant's median, and the median of its ratios to the first contestant, round by round."""

    name: str
    seconds: float
    ratio: float


def figures(contestants: Mapping[str, Contestant], rounds: int = 9) -> list[Figure]:
    """One warm-up, then every contestant once a round, in turn."""
    for run in contestants.values():
        run()
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            taken[name].append(run())
    first = next(iter(taken.values()))
    return [
        Figure(name, statistics.median(own), statistics.median(a / b for a, b in zip(own, first, strict=True)))
        for name, own in taken.items()
    ]


def process(*command: str) -> Contestant:
    """A whole process, by what the operating system charges for it; what it prints is thrown away.

    The warm-up leaves the compiled modules behind, as an installation does, whatever the shell says of that.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return run


def inside(work: Callable[[], object], units: int = 1, repeat: int = 1) -> Contestant:
    """A function in this process; ``units`` is how many units of work one call does."""

    def run() -> float:
        before = time.process_time()
        for _ in range(repeat):
            work()
        return (time.process_time() - before) / (units * repeat)

    return run


def show(title: str, found: Sequence[Figure], goals: Mapping[str, str] | None = None) -> None:
    """A table of one group of figures; ratios are to its first row."""
    print(f"\n{title}")
    width = max(len(figure.name) for figure in found)
    for figure in found:
        goal = (goals or {}).get(figure.name, "")
        print(f"  {figure.name:<{width}}  {_time(figure.seconds):>10}  {figure.ratio:>9.3g}x  {goal}".rstrip())


def _time(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"
