"""Sentences of the program in Spanish. Dates are as CLDR writes them; the rest was read by somebody, word by word."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from calendars.days import long_date, short_date
from deadlines.languages.forms import FIXED, FORMS, PLURALS, forms, kind_of, pattern
from deadlines.languages.language import ENGLISH, Language, Said
from deadlines.languages.other import language
from deadlines.loading.shipped import languages, templates
from deadlines.model.problem import Refused

SENTENCES = {
    "Monday November 12, 2018": "lunes, 12 de noviembre de 2018",
    "Mon Feb 11, 2019 to Sun Mar 10, 2019": "del lun, 11 feb 2019 al dom, 10 mar 2019",
    "Nov 12, 2018": "12 nov 2018",
    "today": "hoy",
    "in a day": "en un día",
    "in 12 days": "en 12 días",
    "2 weeks ago": "hace 2 semanas",
    "tomorrow": "mañana",
    "The 21st calendar day of February 2019 is Thursday February 21, 2019.":
        "El 21.º día calendario, febrero de 2019: el jueves, 21 de febrero de 2019.",
    "The last student day of quarter 2 of 2018-19 is Thursday January 31, 2019.":
        "El último día de clases, trimestre 2 de 2018-19: el jueves, 31 de enero de 2019.",
    "The last student day of the 3rd week of school year 2018-19 is Friday September 21, 2018.":
        "El último día de clases, semana n.º 3, año escolar 2018-19: el viernes, 21 de septiembre de 2018.",
    "45 student days after Friday September 7, 2018 is Tuesday November 13, 2018.":
        "45 días de clases después del viernes, 7 de septiembre de 2018 es el martes, 13 de noviembre de 2018.",
    "1 calendar day before Friday March 1, 2019 is Thursday February 28, 2019.":
        "1 día calendario antes del viernes, 1 de marzo de 2019 es el jueves, 28 de febrero de 2019.",
    "March 1 of school year 2018-19 is Friday March 1, 2019.":
        "El 1 de marzo del año escolar 2018-19 es el viernes, 1 de marzo de 2019.",
    "The next Monday after Friday March 1, 2019 is Monday March 4, 2019.":
        "El siguiente lunes después del viernes, 1 de marzo de 2019 es el lunes, 4 de marzo de 2019.",
    "The window closes on Friday March 1, 2019. The last safe day is Thursday February 28, 2019.":
        "El plazo se cierra el viernes, 1 de marzo de 2019. El último día seguro es el jueves, 28 de febrero de 2019.",
    "last safe day: was Thursday January 31, 2019, is Tuesday January 29, 2019":
        "último día seguro: antes era el jueves, 31 de enero de 2019; ahora es el martes, 29 de enero de 2019",
    "Article 4-4, 5-4 and 6-22": "Artículo 4-4, 5-4 y 6-22",
    "Appendix H-3 of 2015-19, not compared since": "Apéndice H-3 de 2015-19, no cotejado desde entonces",
}  # fmt: skip


@pytest.fixture(scope="module")
def es() -> Language:
    return language("es", templates())


@pytest.mark.parametrize(("english", "said"), SENTENCES.items(), ids=SENTENCES)
def test_a_sentence_is_said_in_spanish(es: Language, english: str, said: str) -> None:
    assert es.say(english) == said
    assert "<span" not in html(es.say(english))


def html(said: str) -> str:
    assert isinstance(said, Said)
    return said.__html__()


def test_what_nobody_has_translated_stays_and_is_marked(es: Language) -> None:
    said = es.say("CHECK FIRST: Waivers <end>: due from Board (date may move)")
    assert said == "VERIFICAR ANTES: Waivers <end>; responsable: Board (la fecha puede cambiar)"
    assert html(said) == (
        'VERIFICAR ANTES: <span lang="en" dir="ltr">Waivers &lt;end&gt;</span>; responsable: '
        '<span lang="en" dir="ltr">Board</span> (la fecha puede cambiar)'
    )


def test_a_text_in_brackets_that_is_no_level_is_no_level(es: Language) -> None:
    assert es.say("Hand in the form (blue)") == "Hand in the form (blue)"


def test_the_words_of_a_local_are_said_too() -> None:
    own = 'msgid "Personal days"\nmsgstr "Días personales"\n\nmsgid "high school"\nmsgstr "secundaria"\n'
    es = language("es", {**templates(), "own/languages/es.po": own})
    assert es.say("Personal days: unused days are lost") == "Días personales: se pierden los días no usados"
    assert es.say("Personal days, the form") == "Días personales, the form"
    assert html(es.say("Personal days, the form")) == 'Días personales, <span lang="en" dir="ltr">the form</span>'
    assert es.say("Personal days (high school)") == "Días personales (secundaria)"


def test_english_inside_what_runs_from_the_right_is_set_apart() -> None:
    said = Said.of((("تحقق أولا: ", False), ("Waivers end (x)", True)), rtl=True)
    assert said == "تحقق أولا: \u2066Waivers end (x)\u2069"
    assert Said.of((("Waivers end", True),), rtl=True) == "Waivers end"


def test_sentences_beside_each_other_are_said_each_by_itself(es: Language) -> None:
    assert es.say("Ask by Friday March 1, 2019. Call.") == "Pregunte a más tardar el viernes, 1 de marzo de 2019. Call."
    assert es.say("A. A") == "A. A"


def test_english_is_said_as_it_is() -> None:
    assert language("en", {}) is ENGLISH
    assert ENGLISH.say("Monday November 12, 2018") == "Monday November 12, 2018"


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        language("tlh", templates())
    assert refused.value.problems[0].message == "no mails are in this language"


# ---- the forms ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.pattern.pattern)
def test_a_form_recognises_what_it_makes(form: object) -> None:
    from deadlines.languages.forms import Form

    assert isinstance(form, Form)
    values = {name: VALUES.get(kind_of(name), "something") for name in form.pattern.groupindex}
    text = (form.plural if form.plural and "n" in values else form.text).format(**values)
    found = pattern(form.plural if form.plural and "n" in values else form.text).fullmatch(text)
    assert found
    assert found.groupdict() == values


VALUES = {
    "day": "Monday November 12, 2018", "days": "Monday November 12, 2018 or Tuesday November 13, 2018",
    "short": "Mon Nov 12, 2018", "date": "Nov 12, 2018", "month": "May 2019", "monthday": "May 1", "weekday": "Friday",
    "year": "2018-19", "n": "3", "nth": "22nd", "ordinal": "3rd", "rank": "last", "place": "H-3, 5-4.1 and 6",
    "source": "a paper", "levels": "high school",
}  # fmt: skip


def test_every_date_of_four_years_is_read_back(es: Language) -> None:
    """A long date and a short one name the same day: 1,461 of each, none of them English afterwards."""
    for number in range(1461):
        day = date(2016, 1, 1) + timedelta(days=number)
        said = es.say(long_date(day))
        assert said.endswith(f" de {day.year}")
        assert f", {day.day} de " in said
        assert "<span" not in html(es.say(short_date(day)))


def test_no_message_is_there_twice() -> None:
    every = [*FIXED, *FORMS, *(one for pair in PLURALS for one in pair)]
    assert len(every) == len(set(every))


@pytest.mark.parametrize("code", languages()[1:])
def test_a_count_and_a_day_are_said_in_every_language(code: str) -> None:
    said = language(code, templates())
    for text in ("in 3 days", "45 student days after Friday September 7, 2018 is Tuesday November 13, 2018."):
        assert "<span" not in html(said.say(text))
