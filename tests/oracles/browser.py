"""Chromium, as people have it, looking at pages: what it drew, asked for and complained of, and what axe-core says."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.support import ROOT

MODULES = ROOT / ".oracles" / "node_modules"
PHONE, DESK = (375, 812), (1280, 900)


def look(site: Path, order: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What Chromium found of each page of an order (see browser.mjs), in its order. Nothing is skipped."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is not here: run `make oracles`"
    assert (MODULES / "axe-core").is_dir(), "axe-core is not set up: run `make oracles`"
    script = Path(__file__).with_name("browser.mjs")
    command = ["node", str(script), f"{MODULES}/", chromium, str(site), json.dumps(list(order))]
    ran = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", timeout=600)
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def write(site: Path, pages: Mapping[str, str | bytes]) -> Path:
    """A site as files."""
    for name, data in pages.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return site


def codes(picture: Path) -> set[str]:
    """The texts of the QR codes zbar reads in a picture."""
    ran = subprocess.run(["zbarimg", "--quiet", "--raw", str(picture)], check=False, capture_output=True, text=True)
    return set(ran.stdout.split())
