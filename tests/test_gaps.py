"""The gap list, on a made-up agreement with the things pasted text has (tests/gaps/agreement.txt).

Its lines were numbered, and its passages counted, by hand: 12 speak of time.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deadlines.deriving.passages import passages
from deadlines.deriving.places import keys_of
from deadlines.loading.folder import read_local
from deadlines.loading.sources import read_texts
from deadlines.model.sources import SourceText
from tests.support import MILLBROOK, ROOT, clean, run, write_millbrook

TEXT = (ROOT / "tests/gaps/agreement.txt").read_text(encoding="utf-8")
CARD = """
rule: %s
title: A thing
summary: Something is owed.
status: %s
sources: [{document: agreement, place: "%s", weight: controlling%s}]
who must: district
tell: [steward]
stakes: process
contact: president
undated: the text names no day
"""


def card(rule: str, place: str, words: str = "", status: str = "unverified") -> dict[str, str]:
    more = f', words: "{words}"' if words else ""
    return {f"agreements__2020-23__rules__{rule}.yaml": CARD % (rule, status, place, more)}


def folder(tmp_path: Path, *cards: dict[str, str], waived: str = "", text: str = TEXT) -> Path:
    files = {key: value for one in cards for key, value in one.items()}
    path = write_millbrook(tmp_path, **files)
    (path / "sources").mkdir()
    (path / "sources/agreement.txt").write_text(text, encoding="utf-8")
    if waived:
        (path / "sources/waived.yaml").write_text(waived, encoding="utf-8")
    return path


def listed(path: Path, *flags: str) -> dict[int, tuple[str, str]]:
    """Line of each passage: its article and its state."""
    data = json.loads(clean("gaps", "-C", str(path), "--format", "json", *flags))
    return {row["line"]: (row["article"], row["state"]) for row in data["passages"]}


# ---- passages and places ---------------------------------------------------------------------------


def test_passages_know_their_article() -> None:
    found = {p.line: p.article for p in passages(SourceText("agreement", "x", tuple(TEXT.split("\n"))))}
    assert found == {
        1: "", 4: "", 5: "5.2", 8: "5", 9: "5.1", 11: "5.2", 14: "5.2.1", 15: "5.2.2", 16: "5.2.2(a)", 17: "5.2.2(b)",
        21: "6", 22: "6.1", 26: "6.2", 29: "6.3", 31: "6.4", 34: "6.5", 37: "7", 38: "7-1", 41: "7-2", 44: "Appendix B",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        ("Article 27-5", ["27 5"]),
        ("3-6.2", ["3 6 2"]),
        ("Article 26-1, 26-2 and 26-3", ["26 1", "26 2", "26 3"]),
        ("26-1 to 26-4", ["26 1", "26 2", "26 3", "26 4"]),
        ("Articles 3 and 4", ["3", "4"]),
        ("Article 5.2(a)", ["5 2 a"]),
        ("Article VII, Section 1", ["7 1"]),
        ("Article 7, Section 1", ["7 1"]),
        ("Appendix C", ["appendix c"]),
        ("page 3", []),
        ("union page, 2020-11", []),
    ],
)
def test_places_as_cards_cite_them(place: str, keys: list[str]) -> None:
    assert [" ".join(key) for key in keys_of(place)] == keys


# ---- covered, waived, open -------------------------------------------------------------------------


def test_a_card_covers_the_place_it_cites_and_its_paragraphs(tmp_path: Path) -> None:
    """The class lists' card cites 5.2: its sentence, item 1 and the soft-hyphened item (a), nothing else."""
    found = listed(folder(tmp_path), "--all")
    assert {line for line, (_, state) in found.items() if state == "covered"} == {11, 14, 16}
    assert len(found) == 12
    assert listed(tmp_path).keys() == found.keys() - {11, 14, 16}


def test_a_closer_card_covers_alone(tmp_path: Path) -> None:
    text = clean("gaps", "-C", str(folder(tmp_path, card("5-2-1-corrections", "Article 5.2.1"))), "--all")
    assert "sources/agreement.txt:11: 5.2: covered by 5-2-class-lists\n" in text
    assert "sources/agreement.txt:14: 5.2.1: covered by 5-2-1-corrections\n" in text


def test_a_bare_article_does_not_cover_its_sections(tmp_path: Path) -> None:
    """Article 6 has numbered sections, and one card for them all would hide five; Article 6.1 is covered by its own."""
    found = listed(folder(tmp_path, card("6-0-all", "Article 6")), "--all")
    assert [found[line][1] for line in (22, 26, 29)] == ["open", "open", "open"]


def test_a_draft_covers_nothing(tmp_path: Path) -> None:
    found = listed(folder(tmp_path, card("6-1-meets", "Article 6.1", status="draft")), "--all")
    assert found[22] == ("6.1", "open")


def test_words_cover_where_the_place_is_not_in_the_text(tmp_path: Path) -> None:
    """The document has pages and no such page: the words decide. They run over a line break."""
    path = folder(tmp_path, card("6-1-meets", "page 2", "meets at least … chosen prior to"))
    assert listed(path, "--all")[22] == ("6.1", "covered")


def test_the_same_words_in_two_passages_cover_neither(tmp_path: Path) -> None:
    path = folder(tmp_path, card("6-4-leave", "page 3", "not later than 30 days before the leave"))
    found = listed(path, "--all")
    assert (found[31][1], found[34][1]) == ("open", "open")
    said = clean("gaps", "-C", str(path))
    assert "stand in several passages (sources/agreement.txt:31, sources/agreement.txt:34)" in said
    found = listed(folder(tmp_path / "b", card("6-4-leave", "Article 6.4", "not later than 30 days")), "--all")
    assert (found[31][1], found[34][1]) == ("covered", "open")


def test_waivers_have_a_reason_and_are_counted(tmp_path: Path) -> None:
    waived = """
waived:
  - {place: Article 6.3, reason: the payroll office does it}
  - {words: "effective … 2020", reason: the term of the agreement}
  - {place: Article 7, document: agreement, reason: safety has a handbook of its own}
"""
    path = folder(tmp_path, waived=waived)
    found = listed(path, "--all")
    assert {line for line, (_, state) in found.items() if state == "waived"} == {1, 29, 38, 41}
    text = clean("gaps", "-C", str(path), "--all")
    assert text.startswith("sources/agreement.txt: 12 passages speak of time: 3 covered, 4 waived, 5 open\n")
    assert "sources/agreement.txt:29: 6.3: waived: the payroll office does it" in text


def test_a_waiver_a_card_made_needless_is_told(tmp_path: Path) -> None:
    path = folder(tmp_path, waived="waived:\n  - {place: '5.2', reason: no time for it}\n")
    said = "sources/waived.yaml:2: this waiver is not needed any more: 5-2-class-lists covers what it waives"
    assert said in clean("gaps", "-C", str(path))


@pytest.mark.parametrize(
    ("waiver", "said", "caret"),
    [
        ("{place: Article 6.9, reason: none}", "no passage of the texts in sources/ is like that", "Article 6.9"),
        ("{place: Article 5.1, reason: none}", "the passage on line 9 of sources/agreement.txt has no time words",
         "Article 5.1"),
        ("{words: nobody wrote this, reason: none}", "no passage of the texts", "nobody wrote this"),
        ("{place: Article 6.3}", "a waiver has no `reason`", "{"),
        ("{reason: none}", "a waiver says which passages", "{"),
        ("{place: Article 6.3, reason: none, documnet: agreement}", "a waiver has no key `documnet`", "documnet"),
        ("{place: Article 6.3, reason: none, document: agreemnet}", "is not among the documents", "document"),
        ("{words: one two three four five six seven eight nine, reason: none}", "9 words are a sentence",
         "one two three four five six seven eight nine"),
    ],
)  # fmt: skip
def test_a_wrong_waiver_is_an_error_with_a_caret(tmp_path: Path, waiver: str, said: str, caret: str) -> None:
    result = run("gaps", "-C", str(folder(tmp_path, waived=f"waived:\n  - {waiver}\n")))
    assert result.exit_code == 1
    assert said in result.output
    lines = result.output.split("\n")
    (at,) = [number for number, line in enumerate(lines) if line.strip("| ").startswith("^")]
    column = lines[at].index("^")
    assert lines[at - 1][column : column + lines[at].count("^")] == caret


# ---- the command -----------------------------------------------------------------------------------


def test_an_open_passage_shows_its_lines_with_the_time_words_marked(tmp_path: Path) -> None:
    text = clean("gaps", "-C", str(folder(tmp_path)))
    assert (
        "sources/agreement.txt:38: 7-1: open\n"
        "   39 | fer about safety by Septem-\n"
        "      |                     ^^^^^^\n"
        "   40 | ber 30.\n"
        "      | ^^^^^^"
    ) in text
    assert (
        "sources/agreement.txt:22: 6.1: open\n"
        "   23 | at least once a month; its members are chosen prior\n"
        "      | ^^^^^^^^^^^^^^^^^^^^^                         ^^^^^\n"
        "   24 | to the end of the first week of school.\n"
    ) in text


def test_a_paragraph_on_one_line_is_shown_in_stretches(tmp_path: Path) -> None:
    """Text copied from a web page has no line breaks; the time word stands where it stands."""
    line = "6.1 " + "The committee talks about many things. " * 20 + "It meets once a month. " + "It talks. " * 30
    text = clean("gaps", "-C", str(folder(tmp_path, text=line)))
    shown = [row for row in text.split("\n") if row.startswith("    1 |")]
    assert len(shown) == 1
    assert max(map(len, text.split("\n"))) < 120
    mark = text.split("\n")[text.split("\n").index(shown[0]) + 1]
    assert shown[0][mark.index("^") : len(mark)] == "once a month"


def test_without_a_text_it_says_what_to_put_where(tmp_path: Path) -> None:
    write_millbrook(tmp_path)
    result = run("gaps", "-C", str(tmp_path))
    assert result.exit_code == 1
    assert f"{tmp_path / 'sources' / 'agreement'}.txt" in result.output
    assert "never published" in result.output


def test_a_text_is_called_like_its_document(tmp_path: Path) -> None:
    path = folder(tmp_path)
    (path / "sources/agrement.txt").write_text("x", encoding="utf-8")
    result = run("gaps", "-C", str(path))
    assert result.exit_code == 1
    assert "sources/agrement.txt: no agreement on file has a document called `agrement`" in result.output
    assert "nearest: sources/agreement.txt" in result.output


def test_a_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = folder(tmp_path)
    (path / "sources/agreement.txt").write_bytes(b"one\nd\xe9j\xe0 vu")
    result = run("gaps", "-C", str(path))
    assert result.exit_code == 1
    assert "sources/agreement.txt:2" in result.output
    assert "0xe9" in result.output


# ---- the words a card quotes -----------------------------------------------------------------------


def check(path: Path) -> str:
    result = run("check", str(path), "--on", "2021-09-01")
    assert result.exit_code == 1, result.output
    return result.output


def test_words_that_stand_at_the_place_are_fine(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        card("5-2-list", "Article 5.2", "class list … shown to parents annually"),  # a head and its items
        card("5-2-home", "Article 5.2.2", "“home list”"),
        card("7-1-safety", "Article VII, Section 1", "confer about safety"),
        card("6-1-meets", "page 2", "meets at least once"),
    )
    assert "clean" in clean("check", str(path), "--on", "2021-09-01")


def test_words_that_stand_nowhere_are_a_problem_with_the_nearest_line(tmp_path: Path) -> None:
    said = check(folder(tmp_path, card("6-2-elections", "Article 6.2", "elected in April")))
    assert "rules/6-2-elections.yaml:5:" in said
    assert "these words are not in sources/agreement.txt" in said
    assert "^^^^^^^^^^^^^^^^\n" in said
    assert (
        "nearest: sources/agreement.txt:26: “6.2 Elections. Members are elected in May of every second year.”" in said
    )


def test_words_that_stand_elsewhere_are_a_problem(tmp_path: Path) -> None:
    said = check(folder(tmp_path, card("6-2-elections", "Article 6.2", "hourly rate")))
    assert "these words stand on line 44 of sources/agreement.txt, not in Article 6.2" in said
    assert "nearest: place: Appendix B" in said


def test_without_the_text_nothing_is_compared(tmp_path: Path) -> None:
    write_millbrook(tmp_path, **card("6-2-elections", "Article 6.2", "elected in April"))
    assert "clean" in clean("check", str(tmp_path), "--on", "2021-09-01")


def test_a_sentence_is_refused(tmp_path: Path) -> None:
    words = "one two three … four five six seven eight nine"
    write_millbrook(tmp_path, **card("6-2-elections", "Article 6.2", words))
    said = check(tmp_path)
    assert "9 words are a sentence; 8 at most" in said
    assert "nearest: one two … seven eight nine" in said


# ---- private ---------------------------------------------------------------------------------------


def test_the_stewards_text_is_never_published(tmp_path: Path) -> None:
    """Not in public/, not in report/, not in any output: only `gaps` and a problem of `check` show a line of it."""
    canary = "Canaryword"
    path = folder(tmp_path, text=TEXT.replace("Class lists. The", f"Class lists {canary}. The"))
    assert canary in (path / "sources/agreement.txt").read_text(encoding="utf-8")
    clean("check", str(path), "--on", "2021-09-01")
    clean("build", "-C", str(path), "--on", "2021-09-01")
    for written in ("public", "report"):
        for file in (path / written).rglob("*"):
            assert not file.is_file() or canary.encode() not in file.read_bytes(), file
    for form in ("table", "json", "csv", "ics", "digest"):
        assert canary not in clean("show", "-C", str(path), "--on", "2021-09-01", "--format", form)
    clean("init", str(tmp_path / "new"), "--from", "chicago")
    assert "sources/" in (tmp_path / "new/.gitignore").read_text(encoding="utf-8").splitlines()


def test_reading_the_texts_changes_nothing_of_them(tmp_path: Path) -> None:
    path = folder(tmp_path)
    (text,) = read_texts(path, read_local(path))
    assert (text.document, text.file, len(text.lines)) == ("agreement", "sources/agreement.txt", 46)
    assert "agreement" in MILLBROOK["agreements/2020-23/agreement.yaml"]
