"""The five promises of the house (docs/house.md), each a test that fails when the promise is broken."""

from __future__ import annotations

import ast
import datetime
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import deadlines.outputs
import deadlines.shapes
from deadlines.deriving.derive import derive
from deadlines.model.obligation import Obligation
from tests.support import MILLBROOK, NAMESPACE, ROOT, chicago, clean, copy_of_chicago, run, write_millbrook

FLOORS = {
    "model": 0, "languages": 1, "books": 1, "ledger": 1, "reading": 1, "phrases": 2, "shapes": 3, "loading": 4,
    "deriving": 4, "importing": 4, "mail": 1, "outputs": 5, "sending": 5, "composing": 6, "site": 6, "cli": 7,
}  # fmt: skip
ONLY_IN = {
    "icalendar": "calendars/feed.py",  # and a second one, below
    "openpyxl": "deadlines/importing/sheets.py",
    "arrow": "calendars/clock.py",
    "yaml": "deadlines/reading/nodes.py",
    "lark": "deadlines/phrases/parse.py",
    "jinja2": "deadlines/outputs/_wording.py",
    "segno": "deadlines/site/qr.py",
    "babel": "deadlines/languages/catalogue.py",
    "css_inline": "deadlines/outputs/_wording.py",
    "sqlite3": "deadlines/books/sqlite.py",
    "psycopg": "deadlines/books/postgresql.py",
}
# A second home, and why it is not the first: what may be taken for granted of our own feeds, which feed.py writes
# and reads back, is what the calendar of somebody else has to be asked about.
ALSO_IN = {"icalendar": "calendars/foreign.py"}


# ---- 1. data flows one way ------------------------------------------------------------------------


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for package in ("calendars", "deadlines"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _folder(name: str) -> str:
    parts = name.replace("/", ".").removesuffix(".py").split(".")
    return parts[1] if len(parts) > 1 else ""


def upward(file: str, imported: str) -> bool:
    """Whether an import climbs: calendars may never see deadlines; a room sees lower floors and itself."""
    if not imported.startswith("deadlines."):
        return imported == "deadlines" and file.startswith("calendars/")
    if file.startswith("calendars/"):
        return True
    mine, theirs = _folder(file), _folder(imported)
    if mine in ("__main__", "__init__") or mine == theirs or theirs not in FLOORS:
        return False
    return FLOORS[theirs] >= FLOORS[mine]


def test_promise_1_no_import_climbs() -> None:
    climbing = [f"{file} imports {name}" for file, tree in _modules() for name in _imports(tree) if upward(file, name)]
    assert climbing == []


def test_promise_1_can_fail() -> None:
    assert upward("calendars/days.py", "deadlines.model.card")
    assert upward("deadlines/phrases/parse.py", "deadlines.shapes.due")
    assert upward("deadlines/loading/years.py", "deadlines.deriving.derive")
    assert not upward("deadlines/cli/show.py", "deadlines.outputs.json")


def test_promise_1_every_folder_has_a_floor() -> None:
    folders = {path.name for path in (ROOT / "deadlines").iterdir() if (path / "__init__.py").exists()}
    assert folders == set(FLOORS)


def test_promise_1_no_cycle() -> None:
    """Modules, not only folders: following imports never leads back."""
    files = {file.removesuffix(".py").removesuffix("/__init__").replace("/", "."): tree for file, tree in _modules()}
    edges = {name: {i for i in _imports(tree) if i in files and i != name} for name, tree in files.items()}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path, name))
        if name not in done:
            for other in sorted(edges[name]):
                visit(other, (*path, name))
            done.add(name)

    for name in files:
        visit(name, ())


@pytest.mark.parametrize(("library", "home"), ONLY_IN.items())
def test_promise_1_each_library_has_one_place(library: str, home: str) -> None:
    found = {file for file, tree in _modules() for name in _imports(tree) if name.split(".")[0] == library}
    assert found == ({home} if home else set()) | ({ALSO_IN[library]} if library in ALSO_IN else set())


def test_the_clock_is_read_in_one_place() -> None:
    """No other module asks what day or time it is."""
    asking = {"now", "today", "utcnow", "time", "localtime", "gmtime"}
    found = {
        file
        for file, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in asking
    }
    assert found == {"calendars/clock.py"}


# ---- 2. a new union is files, never Python ----------------------------------------------------------


def test_promise_2_a_made_up_district_works(tmp_path: Path) -> None:
    folder = str(write_millbrook(tmp_path))
    assert "clean" in clean("check", folder, "--on", "2021-09-01")
    clean("build", "-C", folder, "--on", "2021-09-01")
    feed = (tmp_path / "public/feeds/steward.ics").read_text(encoding="utf-8")
    assert "DTSTART;VALUE=DATE:20210913" in feed
    assert "September 13, 2021" in clean("digest", "preview", "-C", folder, "--for", "steward", "--on", "2021-09-06")


def test_promise_2_no_python_names_a_district() -> None:
    for file, _ in _modules():
        text = (ROOT / file).read_text(encoding="utf-8")
        for word in ("Talent Office", "semester 1 ends", "CPS", "Chicago Public"):
            assert word not in text, f"{file} names {word}"


# ---- 3. a new kind of rule, a new output: one file --------------------------------------------------

SHAPE = '''
"""A yearly wish: ``wish: TEXT`` on the first student day."""
from deadlines.model.obligation import Moment, Outcome
from deadlines.model.trail import Step
from deadlines.reading.fields import string
WORDS = ("wish",)
def read(fields):
    return fields.need("wish", string)
def phrases(spec):
    return iter(())
def in_words(spec):
    return spec
def work_out(spec, case):
    year = case.frame.calendar.year(case.frame.year)
    day = year.first_day[0]
    step = Step("the first student day", day)
    return Outcome({"on": day}, (Moment("wish", day, spec),), day, (step,), governed=day)
'''
OUTPUT = '''
"""One id a line."""
SUFFIX = "txt"
def render(view):
    return "".join(o.id + "\\n" for o in view.obligations).encode()
'''
WISH_CARD = MILLBROOK["agreements/2020-23/rules/5-2.yaml"].split("each: school year")[0].replace(
    "5-2-class-lists", "9-9-wish"
).replace("status: checked", "status: unverified") + "each: school year\nwish: Good luck\n"  # fmt: skip


def test_promise_3_one_file_adds_a_shape_and_one_an_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = tmp_path / "more"
    (more / "shapes").mkdir(parents=True)
    (more / "outputs").mkdir()
    (more / "shapes" / "wish.py").write_text(SHAPE, encoding="utf-8")
    (more / "outputs" / "ids.py").write_text(OUTPUT, encoding="utf-8")
    monkeypatch.setattr(deadlines.shapes, "__path__", [*deadlines.shapes.__path__, str(more / "shapes")])
    monkeypatch.setattr(deadlines.outputs, "__path__", [*deadlines.outputs.__path__, str(more / "outputs")])
    folder = write_millbrook(tmp_path / "local", **{"agreements__2020-23__rules__9-9.yaml": WISH_CARD})
    shown = clean("show", "-C", str(folder), "--on", "2021-09-01", "--format", "ids")
    assert shown.splitlines() == ["9-9-wish/2021-22", "5-2-class-lists/2021-22"]


def test_promise_3_without_the_file_the_word_is_refused(tmp_path: Path) -> None:
    folder = write_millbrook(tmp_path, **{"agreements__2020-23__rules__9-9.yaml": WISH_CARD})
    result = run("check", str(folder), "--on", "2021-09-01")
    assert result.exit_code == 1
    assert "has no key `wish`" in result.output


# ---- 4. same inputs, same bytes ---------------------------------------------------------------------

# Reading the clock without being asked to is an error here: stronger than setting it to another day.
NO_CLOCK = """
import arrow
def refuse(*a, **k): raise RuntimeError("the clock was read")
arrow.now = arrow.utcnow = refuse
"""


def _build(folder: Path, cwd: Path, *flags: str, **env: str) -> dict[str, bytes]:
    site = folder.parent / "site"
    site.mkdir(exist_ok=True)
    (site / "sitecustomize.py").write_text(NO_CLOCK, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(site), str(ROOT))), **env}
    on = ("--on", "2019-02-04")
    for command in (("build", *on), ("digest", "preview", "--for", "delegate", *on, "--out", str(folder / "digest"))):
        subprocess.run(
            [sys.executable, *flags, "-m", "deadlines", *command, "--folder", str(folder)],
            cwd=cwd, env=environment, check=True, capture_output=True,
        )  # fmt: skip
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for part in ("public", "report", "digest")
        for path in sorted((folder / part).rglob("*"))
        if path.is_file()
    }


def test_promise_4_same_inputs_same_bytes(tmp_path: Path) -> None:
    """Under another zone, locale, hash seed, folder, working directory and ``python -O``."""
    first = _build(copy_of_chicago(tmp_path / "a" / "local"), tmp_path, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    other = tmp_path / "b" / "a much longer name, with a comma"
    second = _build(
        copy_of_chicago(other / "elsewhere"), other, "-O",
        PYTHONHASHSEED="2", TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8", LANG="de_DE.UTF-8", COLUMNS="40",
    )  # fmt: skip
    assert len(first) >= 7
    assert first == second


def test_promise_4_an_unchanged_build_writes_nothing(tmp_path: Path) -> None:
    folder = copy_of_chicago(tmp_path / "local")
    clean("build", "-C", str(folder), "--on", "2018-11-12")
    before = {path: path.stat().st_mtime_ns for path in (folder / "public").rglob("*.ics")}
    assert before
    assert "written" not in clean("build", "-C", str(folder), "--on", "2018-11-12")
    assert before == {path: path.stat().st_mtime_ns for path in (folder / "public").rglob("*.ics")}


# ---- 5. every date can say why ----------------------------------------------------------------------


def _any_obligation() -> Obligation:
    day = datetime.date(2018, 11, 12)
    return derive(chicago(), day, day).obligations[0]


def test_promise_5_no_citation_no_obligation() -> None:
    found = _any_obligation()
    with pytest.raises(ValueError, match="no citation"):
        replace(found, card=replace(found.card, sources=()))


def test_promise_5_no_trail_no_obligation() -> None:
    found = _any_obligation()
    with pytest.raises(ValueError, match="cannot say why"):
        replace(found, outcome=replace(found.outcome, steps=()))


@pytest.mark.parametrize("known", ["2018-09-01", "2019-01-28", "2019-02-15", "2019-05-15"])
def test_promise_5_every_moment_of_chicago_says_why(known: str) -> None:
    on = datetime.date(2018, 11, 12)
    data = json.loads(clean("show", "-C", str(ROOT / "districts/chicago"), "--on", str(on), "--as-known-on", known,
                            "--format", "json"))  # fmt: skip
    assert data["obligations"]
    for row in data["obligations"]:
        assert row["trail"], row["id"]
        assert row["why"], row["id"]
        assert row["article"].startswith(("Article ", "Appendix ")), row["id"]


def test_the_sample_namespace_is_the_shipped_one() -> None:
    assert str(chicago().namespace) == NAMESPACE
