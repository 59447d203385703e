"""A reader of Spanish, from the roster to the mail; the file for a translator; a machine without Babel."""

from __future__ import annotations

import sys
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.mail.sample import MAIL_SECTION
from tests.support import clean, run, write_millbrook

ON = ("--on", "2021-09-06")
ROSTER = "address,display name,roles,language\njo@example.org,José Ñandú,steward,es\nal@example.org,Al,steward,\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small made-up local with a reader of Spanish and one of English."""
    monkeypatch.delenv("DEADLINES_BOOKS", raising=False)
    monkeypatch.chdir(write_millbrook(tmp_path))
    with Path("deadlines.yaml").open("a", encoding="utf-8") as file:
        file.write(MAIL_SECTION)
    Path("roster.csv").write_text(ROSTER, encoding="utf-8")
    clean("roster", "import", "--recorded", "2021-08-01")
    return Path.cwd()


def mail(name: str) -> tuple[str, str, str]:
    found = message_from_bytes(Path(name).read_bytes(), policy=policy.SMTP)
    assert isinstance(found, EmailMessage)
    text, html = (part.get_content().replace("\r\n", "\n") for part in found.iter_parts())
    return str(found["Subject"]), text, html


def test_each_reads_the_language_of_the_roster(folder: Path) -> None:
    clean("digest", "compose", *ON, "--to-folder", "mails")
    subject, text, html = mail("mails/R-000001-2021-W36.eml")
    assert subject == "Fechas para stewards, semana del 6 sept 2021"
    assert "Hola, José Ñandú:" in text
    assert "\nLAS PRÓXIMAS CUATRO SEMANAS, del lun, 13 sept 2021 al dom, 10 oct 2021\n" in text
    assert "* lunes, 13 de septiembre de 2021 (en 7 días)" in text
    assert '<html lang="es" dir="ltr"' in html
    assert mail("mails/R-000002-2021-W36.eml")[0] == "Dates for stewards, week of Sep 6, 2021"
    assert clean("digest", "lint", "mails") == "clean (2 messages)\n"


def test_the_words_of_the_cards_are_translated_in_a_file(folder: Path) -> None:
    said = clean("digest", "words", "--language", "es")
    path = Path("languages/es.po")
    assert said.startswith(f"{path}: ")
    assert said.endswith(" texts are not translated\n")
    before = path.read_text(encoding="utf-8")
    assert before.startswith('#. roles\nmsgid "stewards"\nmsgstr ""\n')
    path.write_text(before.replace('"stewards"\nmsgstr ""', '"stewards"\nmsgstr "delegados"'), encoding="utf-8")
    again = clean("digest", "words", "--language", "es")
    assert int(again.split(": ")[1].split(" ")[0]) == int(said.split(": ")[1].split(" ")[0]) - 1
    assert 'msgstr "delegados"' in path.read_text(encoding="utf-8")
    clean("digest", "compose", *ON, "--to-folder", "mails")
    assert mail("mails/R-000001-2021-W36.eml")[0] == "Fechas para delegados, semana del 6 sept 2021"


def test_when_all_is_translated_it_says_so(folder: Path) -> None:
    from babel.messages.pofile import read_po, write_po

    clean("digest", "words", "--language", "es")
    path = Path("languages/es.po")
    with path.open("rb") as file:
        catalog = read_po(file, locale="es")
    for message in catalog:
        message.string = message.id
    with path.open("wb") as file:
        write_po(file, catalog, omit_header=True)
    assert clean("digest", "words", "--language", "es") == f"{path}: every text is translated\n"


def test_a_preview_in_spanish(folder: Path) -> None:
    assert "LAS PRÓXIMAS CUATRO SEMANAS" in clean("digest", "preview", *ON, "--for", "steward", "--language", "es")
    html = clean("digest", "preview", *ON, "--for", "steward", "--language", "es", "--html")
    assert '<main lang="es" dir="ltr">' in html


def test_without_babel_english_mails_go_out_and_spanish_ones_say_what_is_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean("digest", "words", "--language", "es")
    for name in [name for name in sys.modules if name == "babel" or name.startswith("babel.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "babel", None)
    assert "clean" in clean("check", ".", *ON)
    clean("digest", "compose", *ON, "--for", "R-2", "--to-folder", "mails")
    done = run("digest", "compose", *ON, "--to-folder", "more")
    assert done.exit_code == 1
    assert "mails in other languages than English need Babel, which is not installed" in done.output
    assert "pip install 'deadlines[languages]'" in done.output
    assert not Path("more").exists()
