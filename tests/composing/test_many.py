"""A hundred thousand readers, planned by the command in the memory of ten thousand (point 40)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.scale import FEW, MANY, laid, plan

pytestmark = pytest.mark.soak
MORE = 1.3  # times the memory, for ten times the readers


def test_point_40_memory_does_not_grow_with_the_roster(tmp_path: Path) -> None:
    most = []
    for many in (FEW, MANY):
        folder = tmp_path / str(many)
        laid(folder, many)
        first, again = plan(folder), plan(folder)
        assert f"{many} mails, 0 of the roster" in first.said
        assert f"; {many} new in the outbox" in first.said
        assert "; 0 new in the outbox" in again.said
        most.append(max(first.megabytes, again.megabytes))
    assert most[1] < MORE * most[0], most
