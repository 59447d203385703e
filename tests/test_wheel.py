"""The wheel in an environment of its own: words and districts travel inside the package."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from deadlines.loading.shipped import shipped
from tests.support import ROOT


def test_an_editable_install_finds_what_ships_at_the_top_of_the_checkout() -> None:
    assert shipped("templates") == ROOT / "templates"
    assert shipped("districts") == ROOT / "districts"


def test_the_wheel_works_alone(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    offline = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-index")
    subprocess.run([python, "-m", "pip", "install", *offline, wheel], check=True, capture_output=True)
    # The libraries come from the environment the tests run in; the program itself from the wheel.
    site = next((home / "lib").glob("python*/site-packages"))
    (site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def call(*arguments: str) -> str:
        command = [str(home / "bin" / "deadlines"), *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True)
        return done.stdout

    where = "import deadlines.loading.shipped as s; print(s.__file__, s.shipped('templates'))"
    found = subprocess.run([python, "-c", where], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert str(ROOT) not in found
    assert "_shipped/templates" in found
    call("init", "local", "--from", "chicago")
    assert "clean" in call("check", "local", "--on", "2018-11-12")
    assert "delegate.ics: written" in call("build", "-C", "local", "--on", "2018-11-12")
    assert "Transfer without" in call("digest", "preview", "-C", "local", "--on", "2018-11-12")
    assert "E-000001" in call("log", "prep cancelled", "--happened", "2018-10-10", "-C", "local")
    sql = "import deadlines.books.scripts as s; print(*(p.name for p in s.SQL.rglob('*.sql')))"
    shipped = subprocess.run([python, "-c", sql], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    here = (path.name for path in (ROOT / "deadlines/books/sql").rglob("*.sql"))
    assert sorted(shipped.split()) == sorted(here)
