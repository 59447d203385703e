"""What a delivery report counts: by the tables of RFC 3463 and what large servers are known to answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from deadlines.mail.bounce import Delivery, notice
from deadlines.sending.bounces import Outcome, score
from deadlines.sending.verdicts import status_of, verdict
from tests.mail.returned import SHAPES, Sent


def of(status: str, said: str = "", action: str = "failed") -> str:
    return verdict(Delivery(("jo@example.org",), action, status, said.lower()))


@pytest.mark.parametrize(
    "name", [name for name, (_, kind, _) in SHAPES.items() if kind not in ("automatic", "no report")]
)
def test_point_34_the_right_verdict(name: str) -> None:
    shape, kind, status = SHAPES[name]
    found = [one for one in notice(shape(Sent(), "<b@x>")).deliveries if Sent().address in one.recipients]
    found = found or list(notice(shape(Sent(), "<b@x>")).deliveries)
    assert [verdict(one) for one in found] == [kind]
    if status:
        assert status_of(found[0]) == status


@pytest.mark.parametrize("status", ["5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.6", "5.1.10"])
def test_an_address_that_leads_nowhere_is_hard(status: str) -> None:
    assert of(status) == "hard"


@pytest.mark.parametrize(
    "status", ["5.1.7", "5.1.8", "5.7.0", "5.7.1", "5.7.26", "5.7.515", "4.7.0", "5.6.1", "5.2.3", "5.3.4"]
)
def test_what_we_are_or_send_is_not_the_readers_fault(status: str) -> None:
    """5.1.7 and 5.1.8 are about the sender's address; 5.2.3 and 5.3.4 say the mail is too large (RFC 3463)."""
    assert of(status) == "policy"


@pytest.mark.parametrize(
    "status", ["5.2.1", "5.2.2", "4.2.2", "4.4.1", "4.4.7", "4.1.1", "5.4.4", "5.4.6", "5.0.0", "5.5.0", ""]
)
def test_whatever_else_failed_is_soft(status: str) -> None:
    """Uncertain is never hard: a name server that is down answers 5.4.4 as well."""
    assert of(status) == "soft"


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        ("5.0.0", "550 5.1.1 user unknown", "hard"),  # Exim
        ("", "smtp; 550-5.1.1 no", "hard"),
        ("5.0.0", "550 #5.1.0 Address rejected.", "hard"),  # IronPort
        ("5.0.0", "550 user unknown", "soft"),  # RFC 3464 E.2: words alone are not certain
        ("5.0.0", "the number 5.1.1 without a reply code", "soft"),
        ("5.0.0", "554 Message rejected as SPAM", "policy"),
        ("5.5.0", "550 5.5.0 blocked, bad reputation", "policy"),
        ("5.1.0", "550 5.1.0 sender listed in a DNSBL", "policy"),
        ("5.4.1", "550 5.4.1 failed DMARC", "policy"),
        ("5.1.1", "550 5.7.1 your address is on a list", "policy"),  # sendmail; what it was told counts
        ("5.1.3", "553 see http://www.spamhaus.example/query", "policy"),
        ("5.1.0", "550 5.1.0 <us@union.example> sender rejected", "policy"),
        ("5.1.1", "552 5.2.2 over quota", "soft"),
        ("5.2.2", "550 5.7.1 of the same answer", "policy"),
        ("5.1.1", "550 5.1.1 no such user; our policy is at …", "hard"),  # certain whatever else is said
        ("5.2.2", "552 5.2.2 over quota, blocked", "soft"),
        ("5.2.2", "550 5.1.1 of another hop", "soft"),  # a status that says something wins
    ],
)  # fmt: skip
def test_words_and_codes_of_the_other_server(status: str, said: str, kind: str) -> None:
    assert of(status, said) == kind


@pytest.mark.parametrize(
    ("status", "action", "kind"),
    [
        ("2.0.0", "delivered", "delivered"), ("2.0.0", "relayed", "delivered"), ("", "expanded", "delivered"),
        ("4.4.1", "delayed", "delayed"), ("5.1.1", "delayed", "delayed"),
        ("5.1.1", "", "hard"), ("4.4.1", "", "delayed"), ("2.1.5", "", "delivered"),
        ("2.0.0", "failed", ""), ("5.1.1", "eaten", ""), ("", "", ""),
    ],
)  # fmt: skip
def test_an_action_decides_whether_it_has_failed(status: str, action: str, kind: str) -> None:
    """Without one the class of the status does (RFC 3463 section 2); one that contradicts it says nothing."""
    assert of(status, action=action) == kind


@pytest.mark.parametrize(
    ("stopped", "people", "unlikely"),
    [(0, 0, False), (5, 6, False), (6, 59, True), (6, 60, False), (100, 1000, False), (101, 1000, True)],
)
def test_how_many_may_be_stopped_at_once(stopped: int, people: int, unlikely: bool) -> None:
    """Five at any time; of more, a tenth of all (inclusive)."""
    assert Outcome(stopped=[""] * stopped, people=people).unlikely == unlikely


# ---- the score -----------------------------------------------------------------------------------------

MONDAY = date(2018, 11, 12)


def days(**points: int) -> dict[date, int]:
    """``d0=2, d7=1``: points of the days after a Monday."""
    return {MONDAY + timedelta(days=int(name[1:])): many for name, many in points.items()}


@pytest.mark.parametrize(
    ("points", "last", "total"),
    [
        ({}, 0, 0),
        ({"d0": 2}, 0, 2),
        ({"d0": 2, "d7": 2}, 7, 4),  # two weekly mails
        ({"d0": 1, "d7": 1, "d14": 1, "d21": 1}, 21, 4),
        ({"d0": 2, "d8": 2}, 8, 2),  # a week without one lies between
        ({"d0": 2, "d7": 2}, 14, 4),  # the next mail has just gone; its bounce may be on the way
        ({"d0": 2, "d7": 2}, 15, 0),  # a later one went well
        ({"d0": 2, "d7": 2, "d30": 1}, 30, 1),
        ({"d7": 2, "d0": 2}, 0, 4),  # in whatever order they came
    ],
)
def test_the_score_of_weeks(points: dict[str, int], last: int, total: int) -> None:
    assert score(days(**points), MONDAY + timedelta(days=last)) == total
