"""A copy of Chicago with a book, and what is open in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import clean, copy_of_chicago


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of Chicago to stand in, without a book."""
    monkeypatch.delenv("DEADLINES_BOOKS", raising=False)
    monkeypatch.chdir(copy_of_chicago(tmp_path / "local"))
    return Path.cwd()


def log(name: str, day: str, *more: str) -> str:
    """Log an event, written down on the day it happened."""
    return clean("log", name, "--happened", day, "--recorded", day, *more)


def opened(on: str, *more: str) -> dict[str, dict[str, Any]]:
    """What is open on a day, by id."""
    return {one["id"]: one for one in json.loads(clean("open", "--on", on, "--format", "json", *more))}


def dues(on: str, *more: str) -> dict[str, tuple[str, str | None]]:
    """State and due day of what is open on a day, by id."""
    return {id: (one["state"], one["due"]) for id, one in opened(on, *more).items()}
