"""The catalogues that ship: whole, with the fields their messages have, and with the plurals of CLDR."""

from __future__ import annotations

import pytest
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from deadlines.composing.words import words_of
from deadlines.languages.catalogue import Catalogue, checked, renewed
from deadlines.loading.shipped import languages, templates
from deadlines.model.problem import Refused
from tests.languages.pseudo import every_message
from tests.support import ROOT, chicago

OTHERS = languages()[1:]
RTL = {"ar"}


def text_of(code: str) -> str:
    return templates()[f"languages/{code}.po"]


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_translated_and_no_other(code: str) -> None:
    from io import StringIO

    catalog = read_po(StringIO(text_of(code)), locale=code, abort_invalid=True)
    found = {message.id: message.string for message in catalog if message.id}
    wanted = {message[0] if len(message) == 1 else message for message in every_message()}
    assert set(found) == wanted
    for message, said in found.items():
        assert said if isinstance(said, str) else all(said or ()), message
    assert not any(message.fuzzy for message in catalog if message.id)


@pytest.mark.parametrize("code", OTHERS)
def test_fields_and_plurals_are_right(code: str) -> None:
    assert checked(code, "x", text_of(code)) == []
    assert f"Plural-Forms: {get_plural(code).plural_forms}" in text_of(code)
    assert Catalogue(code, [("x", text_of(code))]).direction == ("rtl" if code in RTL else "ltr")


def test_spanish_counts_as_cldr_says() -> None:
    es = Catalogue("es", [("x", text_of("es"))])
    assert [es.counted("in a day", n) for n in (0, 1, 2, 21)] == [
        "en {n} días",
        "en un día",
        "en {n} días",
        "en {n} días",
    ]


# ---- catalogues of a steward -------------------------------------------------------------------------

GOOD = 'msgid "{words}: last safe day"\nmsgstr "{words}: último día seguro"\n'


def problems(text: str) -> list[tuple[int, str]]:
    return [(one.place.line, one.message) for one in checked("es", "languages/es.po", text)]


def test_a_good_one_has_no_problems() -> None:
    assert problems(GOOD) == []
    assert problems("") == []


def test_a_field_that_is_left_out_or_misspelt_is_told_with_its_line() -> None:
    said = "the translation of `{words}: last safe day` has other fields than the text"
    assert problems(GOOD.replace('"{words}: último', '"último')) == [(1, said)]
    assert problems(GOOD.replace('"{words}: último', '"{word}: último')) == [(1, said)]


def test_a_line_that_is_none_is_told_with_its_line() -> None:
    assert problems(GOOD + "\nTransferencia\n") == [(4, "this is no line of a catalogue")]


def test_all_that_is_wrong_in_several_is_told_at_once() -> None:
    wrong = GOOD.replace('"{words}: último', '"último')
    with pytest.raises(Refused) as refused:
        Catalogue("es", [("a.po", wrong), ("b.po", wrong)])
    assert [one.place.file for one in refused.value.problems] == ["a.po", "b.po"]


def test_an_entry_a_translator_doubts_is_not_used() -> None:
    assert Catalogue("es", [("x", 'msgid "money"\nmsgstr "dinero"\n')]).message("money") == "dinero"
    assert Catalogue("es", [("x", '#, fuzzy\nmsgid "money"\nmsgstr "dinero"\n')]).message("money") is None


def test_what_a_steward_says_wins() -> None:
    found = Catalogue("es", [("x", 'msgid "money"\nmsgstr "dinero"\n'), ("y", 'msgid "money"\nmsgstr "plata"\n')])
    assert found.message("money") == "plata"


def test_renewing_keeps_what_is_translated_and_what_nobody_says_any_more_as_a_comment() -> None:
    text, missing = renewed("es", "x", "", {"Personal days": ["30-2"], "delegates": ["roles"]})
    assert missing == 2
    text = text.replace('msgid "delegates"\nmsgstr ""', 'msgid "delegates"\nmsgstr "delegados"')
    again, missing = renewed("es", "x", text, {"Personal days": ["30-2", "30-3"], "delegates": ["roles"]})
    assert missing == 1
    assert 'msgstr "delegados"' in again
    assert "#. 30-2, 30-3" in again
    doubted = again.replace('msgid "delegates"', '#, fuzzy\nmsgid "delegates"')
    assert renewed("es", "x", doubted, {"Personal days": [], "delegates": []})[1] == 2
    fewer, missing = renewed("es", "x", again, {"Personal days": ["30-2"]})
    assert missing == 1
    assert '#~ msgstr "delegados"' in fewer
    assert renewed("es", "x", fewer, {"Personal days": ["30-2"]})[0] == fewer


# ---- what ships with Chicago -------------------------------------------------------------------------


def test_every_text_of_chicago_is_translated_into_spanish() -> None:
    """With it the file is as `deadlines digest words` writes it, so that a translator sees nothing but changes."""
    text = (ROOT / "districts/chicago/languages/es.po").read_text(encoding="utf-8")
    assert renewed("es", "es.po", text, words_of(chicago())) == (text, 0)
    assert checked("es", "es.po", text) == []
