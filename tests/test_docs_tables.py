"""The tables of the documentation agree with the code: keys of files, forms of phrases, questions, floors, shapes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import deadlines.outputs
from calendars.facts import MarkKind
from deadlines.loading.card_words import event_name
from deadlines.loading.cards import OVERLAY_KEYS
from deadlines.model.card import Status
from deadlines.model.problem import Problems
from deadlines.phrases.forms import FORMS
from deadlines.phrases.frame import BUILT_IN
from deadlines.phrases.tree import Unit
from deadlines.reading.fields import Bad
from deadlines.reading.nodes import Map, read_document
from deadlines.shapes import all_shapes
from tests.docs.keys import needed_keys, read_keys
from tests.docs.pages import blocks, prose, tables
from tests.docs.phrases import meaning, text
from tests.support import ROOT, chicago
from tests.test_house import FLOORS, ONLY_IN

CARDS, PHRASES, HOUSE = (ROOT / "docs" / name for name in ("cards.md", "phrases.md", "house.md"))
KEY_ROWS = tables(CARDS, "key", "meaning")
PHRASE_ROWS = tables(PHRASES, "phrase", "given", "date")
REFUSED_ROWS = tables(PHRASES, "written", "the program says")
# Keys that a reader refuses to do without in words of its own, so that `need` is not what asks for them.
NEEDED_IN_OTHER_WORDS = {"who must", "roles", "contacts", "from"}
# Two keys of which one is needed: a settlement is a practice or a ruling.
ONE_OF_TWO = {"practice", "ruling"}


def _key(cell: str) -> str:
    found = re.fullmatch(r"(?:\*\*)?`([^`]+)`(?:\*\*)?", cell)
    assert found, cell
    return found[1]


# ---- cards.md ----------------------------------------------------------------------------------------


def test_every_key_the_program_reads_is_on_the_page_and_no_other() -> None:
    keys = read_keys()
    page = {_key(row[0]) for row in KEY_ROWS}
    missing = {key: file for key, file in keys.items() if key not in page}
    assert missing == {}, "keys a reader asks for that docs/cards.md does not have"
    assert page - set(keys) == set(), "keys of docs/cards.md that no reader asks for"


def test_the_keys_of_an_overlay_stand_in_its_own_section() -> None:
    section = prose(CARDS).partition("\n## An overlay")[2].partition("\n## ")[0]
    assert {key for key in OVERLAY_KEYS if f"`{key}`" not in section} == set()


def test_bold_keys_are_the_needed_ones() -> None:
    bold = {_key(row[0]) for row in KEY_ROWS if row[0].startswith("**")}
    needed = set(needed_keys()) - ONE_OF_TWO
    assert bold == needed | NEEDED_IN_OTHER_WORDS


def test_every_row_has_a_meaning_and_an_example() -> None:
    for row in KEY_ROWS:
        assert len(row) == 3, row
        assert all(row), row


@pytest.mark.parametrize("row", [row for row in KEY_ROWS if "…" not in row[2]], ids=lambda row: row[2])
def test_an_example_of_a_key_can_be_written_like_that(row: list[str], tmp_path: Path) -> None:
    """It is YAML the reader takes; the name of an event is one that events may have."""
    (tmp_path / "example.yaml").write_text(row[2].split("` or `")[0].strip("`") + "\n", encoding="utf-8")
    problems = Problems()
    document = read_document(tmp_path / "example.yaml", "example.yaml", problems)
    assert document
    assert not problems.found
    for key, value in document.root if isinstance(document.root, Map) else ():
        if key.value in ("starts with", "ends when"):
            event_name(value)


def test_every_shape_and_every_status_is_on_the_page() -> None:
    shapes = {module.__name__.rpartition(".")[2] for module in all_shapes()}
    assert {row[0] for row in tables(CARDS, "shape", "written")} == shapes
    assert {_key(row[0]) for row in tables(CARDS, "status", "needs")} == {status.value for status in Status}


def test_every_kind_of_listed_day_is_on_the_page() -> None:
    page = {_key(row[0]) for row in KEY_ROWS}
    assert {kind.value for kind in MarkKind if kind is not MarkKind.PROPOSED} <= page


# ---- phrases.md --------------------------------------------------------------------------------------


def test_every_form_of_phrase_has_an_example() -> None:
    shown = {_key(row[0]) for row in PHRASE_ROWS}
    assert [form for form in FORMS if form not in shown] == []


@pytest.mark.parametrize("row", PHRASE_ROWS, ids=lambda row: f"{row[0].strip('`')} | {row[1]}")
def test_a_phrase_means_the_date_on_the_page(row: list[str]) -> None:
    """The dates on the page were counted with a pencil; the last column says how."""
    assert meaning(_key(row[0]), row[1]) == row[2]


@pytest.mark.parametrize("row", REFUSED_ROWS, ids=lambda row: row[0].strip("`"))
def test_what_the_page_says_is_refused_is_refused_in_these_words(row: list[str]) -> None:
    with pytest.raises(Bad) as refused:
        meaning(_key(row[0]), "")
    assert refused.value.message.replace("`", "") == row[1].replace("`", "")


def test_every_question_is_on_the_page_with_its_answers() -> None:
    page = {_key(name): (asks, answers) for name, asks, answers in tables(PHRASES, "question", "asks")}
    assert page == {name: (question.text, " / ".join(question.answers)) for name, question in BUILT_IN.items()}


def test_every_kind_of_day_is_on_the_page() -> None:
    said = set(re.findall(r"`([^`]+)`", prose(PHRASES)))
    assert {unit.value for unit in Unit} <= said


def test_the_phrase_of_a_table_stands_alone() -> None:
    assert text("September 30").value == "September 30"


# ---- house.md, questions.md --------------------------------------------------------------------------


def test_the_floors_are_those_the_imports_are_held_to() -> None:
    floors = {_key(folder).removeprefix("deadlines/"): int(floor) for floor, folder, _ in tables(HOUSE, "floor")}
    assert floors == FLOORS


def test_the_tree_is_what_is_there() -> None:
    (tree,) = (block for block in blocks(HOUSE) if block.note == "tree")
    names = [line.split()[0] for line in tree.lines]
    folders = {name for name, line in zip(names, tree.lines, strict=True) if not line.startswith(" ")}
    modules = {name for name, line in zip(names, tree.lines, strict=True) if line.startswith(" ")}
    made = {"demo", "build", "dist", "node_modules", "__pycache__"}
    there = {p.name + "/" for p in ROOT.iterdir() if p.is_dir() and p.name not in made and p.name[0] != "."}
    there -= {name for name in there if name.endswith(".egg-info/")}
    assert folders == there
    packages = {path.parent.name for path in (ROOT / "calendars").glob("*/__init__.py")}
    assert modules == {path.stem for path in (ROOT / "calendars").glob("[!_]*.py")} | packages


def test_the_house_names_the_home_of_each_library_and_every_output() -> None:
    said = " ".join(prose(HOUSE).split())
    for library, home in ONLY_IN.items():
        if home:
            assert f"{library} in `{home}`" in said
    show = next(block for block in blocks(ROOT / "docs/commands.md") if "$ deadlines show --help" in block.lines)
    for output in deadlines.outputs.names():
        assert output in " ".join(show.lines)


def test_the_questions_are_fourteen_and_name_cards_that_exist() -> None:
    page = prose(ROOT / "docs/questions.md")
    assert [int(n) for n in re.findall(r"(?m)^\*\*(\d+)\. ", page)] == list(range(1, 15))
    rules = {card.rule for contract in chicago().contracts for card in contract.all_cards}
    assert set(re.findall(r"`(\d[\w-]+)`", page)) <= rules
