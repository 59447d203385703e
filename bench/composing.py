"""A mail a person: from shared pieces, against both parts rendered and a message built for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bench.district import chicago
from bench.measure import figures, inside, show
from deadlines.books.people import Enrolled, Person
from deadlines.books.rows import Pages
from deadlines.composing.compose import Composer
from deadlines.composing.edition import edition
from deadlines.composing.wording import HTML, SUBJECT, TEXT, reader
from deadlines.deriving.derive import derive
from deadlines.loading.folder import read_local
from deadlines.loading.shipped import templates
from deadlines.mail.message import Sender, message_id, unsubscribe_addresses
from deadlines.model.local import Local
from deadlines.model.mail import Mail
from deadlines.outputs._view import View
from deadlines.outputs._wording import Wording
from deadlines.outputs.digest import page

ON = date(2018, 11, 12)
MANY = 2000
FEW = 20  # of the peer, whose cost a mail does not depend on their number
MAIL = Mail(
    "The union's dates", "digest@union.example", "bounces@union.example", "leave@union.example", "digest.union.example"
)
SENDER = Sender(MAIL.name, MAIL.address, MAIL.bounces, MAIL.unsubscribe, MAIL.list_id)


def local() -> Local:
    """Chicago, with somebody who sends."""
    return replace(read_local(chicago()), mail=MAIL)


def people(many: int) -> Iterator[Person]:
    """Delegates of one level, each with a name and a token."""
    for n in range(1, many + 1):
        told = Enrolled(f"p{n}@example.org", f"Jo Doe {n}", ("delegate",), "", "", "en", "America/Chicago")
        yield Person(n, f"token-of-{n:013d}", ON, told)


def run() -> None:
    """The table of this group."""
    found = local()
    view = View(found, derive(found, ON, ON), "delegate", roles=("delegate",))
    wording, shown = Wording(templates()), page(view)
    to = reader(found, SENDER, ("delegate",), "", "", True)
    everybody, few = list(people(MANY)), list(people(FEW))

    def obvious() -> None:
        """What one writes after reading the first pages of jinja2 and of the email package; the same words."""
        for person in few:
            *_, mail = unsubscribe_addresses(SENDER, person.token)
            own = replace(to, name=person.told.name, unsubscribe=mail)
            built = EmailMessage(policy=SMTP)
            built["From"], built["To"] = f"{MAIL.name} <{MAIL.address}>", f"{person.told.name} <{person.told.address}>"
            built["Subject"] = wording.page(SUBJECT, page=shown).decode().strip()
            built["Date"] = format_datetime(edition(person.told, ON).at)
            built["Message-ID"] = message_id(SENDER, person.id)
            built["List-Id"], built["List-Unsubscribe"] = f"<{MAIL.list_id}>", f"<{mail}>"
            built.set_content(wording.page(TEXT, page=shown, reader=own).decode())
            built.add_alternative(wording.page(HTML, page=shown, reader=own).decode(), subtype="html")
            built.as_bytes()

    def ours() -> None:
        """All of it: the year derived, rendered once, and each reader's own lines filled in."""
        composer = Composer(found, lambda _: Pages(), templates())
        for person in everybody:
            composer.planned(person, ON, ON)

    warm = Composer(found, lambda _: Pages(), templates())
    size = len(warm.planned(everybody[0], ON, ON).data)

    def one_more() -> None:
        for person in everybody:
            warm.planned(person, ON, ON)

    show(
        f"a mail of {size:,} octets",
        figures(
            {"jinja2 and EmailMessage for each": inside(obvious, FEW),
             f"ours, {MANY:,} with all that is shared": inside(ours, MANY),
             "ours, one more of a group": inside(one_more, MANY)},
            rounds=5,
        ),
        {f"ours, {MANY:,} with all that is shared": "goal: at most 0.1x"},
    )  # fmt: skip


if __name__ == "__main__":
    run()
