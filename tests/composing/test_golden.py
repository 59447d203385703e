"""Mails as somebody has read them: exact bytes for hard names, and every mail of a delegate's year.

``python -m tests.composing.test_golden`` writes them anew; read the difference before it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy

import pytest

from deadlines.books.people import Enrolled
from deadlines.books.rows import Pages
from deadlines.composing.compose import QUIET
from deadlines.composing.year import mails_of_a_year
from deadlines.mail.lint import lint
from tests.composing.people import JO, NOVEMBER, SCHOOL, composer, local, person, prep_cancelled
from tests.support import ROOT

GOLDEN = ROOT / "tests/golden"
YEAR = GOLDEN / "digest-year-delegate-2018-19.txt"
TWO = Pages((prep_cancelled(1), prep_cancelled(2)))
EVERY_ROLE = replace(JO, roles=local().readers, school=SCHOOL)
MAILS: dict[str, tuple[Enrolled, date, Pages, date | None]] = {
    "comma": (replace(JO, name='Doe, Jane "JJ"'), NOVEMBER, Pages(), None),
    "long": (replace(JO, name="Ñandú Öberg " * 16), date(2019, 1, 28), Pages(), None),
    "school": (replace(JO, name="O'Hara; B.", school=SCHOOL), date(2019, 2, 4), TWO, None),
    "roles": (replace(JO, name="", roles=("teacher", "delegate"), hour=18), NOVEMBER, Pages(), None),
    "sixty": (EVERY_ROLE, date(2019, 2, 4), TWO, date(2018, 8, 27)),
    "spanish": (replace(JO, name="María Núñez, Ph.D.", school=SCHOOL, language="es"), date(2019, 2, 4), TWO, None),
    "polish": (replace(JO, name="Łucja Żółć", language="pl"), date(2019, 1, 28), Pages(), None),
    "arabic": (replace(JO, name="فاطمة الزهراء", school=SCHOOL, language="ar"), date(2019, 2, 4), TWO, None),
    "chinese": (replace(JO, name="王小明", school=SCHOOL, language="zh"), date(2019, 2, 4), TWO, None),
}
HEAD = """Every mail that a delegate in Chicago would have got in the school year 2018-19, each as known on its Monday.
Made by tests/composing/test_golden.py.

"""


def mail(name: str) -> bytes:
    told, on, pages, since = MAILS[name]
    told = replace(told, name=told.name.strip())
    return composer(local(), pages).planned(person(told), on, on, since).data


def year() -> Iterator[tuple[str, str]]:
    return mails_of_a_year(composer(local()), replace(JO, name=""), 2018, "*" * 22)


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_is_as_it_was_read(name: str) -> None:
    data = mail(name)
    assert lint(data) == []
    assert data == (GOLDEN / f"mail-{name}.eml").read_bytes()


def test_the_longest_has_sixty_items_and_shows_them_all() -> None:
    """Counted in the text part: each item of it names an article in brackets or behind its reason."""
    (text, *_) = message_from_bytes(mail("sixty"), policy=policy.SMTP).iter_parts()
    assert len(re.findall(r"(?m)^ *[*-] ", text.get_content())) >= 60
    assert "do not fit" not in mail("sixty").decode()


def test_a_reader_with_nothing_to_be_told_gets_no_mail() -> None:
    row = composer(local()).planned(person(replace(JO, roles=("technology coordinator",))), NOVEMBER, NOVEMBER)
    assert (row.data, row.quiet) == (b"", QUIET)


def test_the_year_of_a_delegate_is_as_it_was_read() -> None:
    """47 Mondays from August 6 to June 24, none of them twice; the first cold day is told on January 28."""
    mails = dict(year())
    assert len(mails) == 47
    assert HEAD + "\n".join(mails.values()) == YEAR.read_text(encoding="utf-8")
    assert "closed for extreme cold, first day" in mails["2019-W05"]
    assert "closed for extreme cold" not in mails["2019-W04"]
    for period, text in mails.items():
        days = re.findall(r"(?m)^Dates for delegates, Monday (.*)$", text)
        assert len(days) == 1, period


def write() -> None:
    for name in MAILS:
        (GOLDEN / f"mail-{name}.eml").write_bytes(mail(name))
    YEAR.write_text(HEAD + "\n".join(text for _, text in year()), encoding="utf-8")


if __name__ == "__main__":
    write()
