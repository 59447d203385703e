"""What a delivery report means for the next mail: nobody there, not now, our own fault, still under way, arrived.

By the status of RFC 3463 where there is one. What says nothing certain is never hard, and what may be our own fault,
such as being taken for spam, never counts against a reader.
"""

from __future__ import annotations

import re

from deadlines.books.bounces import HARD, POLICY, SOFT
from deadlines.mail.bounce import Delivery

DELAYED, DELIVERED = "delayed", "delivered"
ARRIVED = ("delivered", "relayed", "expanded")  # actions of RFC 3464 section 2.3.3
BY_CLASS = {"2": "delivered", "4": "delayed", "5": "failed"}
VAGUE = re.compile(r"[45]\.0\.0|")  # “other undefined status”: Exim writes it of every failure, whatever it was told
ANSWERED = re.compile(r"\b[45]\d\d[ -]#?([45]\.\d{1,3}\.\d{1,3})\b")  # a reply code and what it means: “550 5.1.1”

# Security and policy; the sender's own address; what is in the message, or how large it is.
OUR_FAULT = re.compile(r"[45]\.7\.\d+|5\.1\.[78]|5\.2\.3|5\.3\.4|[45]\.6\.\d+")
NOBODY_THERE = re.compile(r"5\.1\.\d+")
# Some servers say 5.1.1 of a client they have on a list. Weaker words count only where the status says little.
LISTED = re.compile(r"\b(spam\w*|unsolicited|black-?list\w*|block-?list\w*|dnsbl|rbl|reputation|dmarc)\b")
PERHAPS = re.compile(r"\b(blocked|polic(y|ies)|spf|dkim|virus|sender (address )?rejected)\b")
SAYS_MUCH = re.compile(r"5\.1\.[1-9]\d*|[45]\.2\.2")


def status_of(delivery: Delivery) -> str:
    """The status, such as ``5.1.1``; where it says nothing, what the other server answered; empty when neither does."""
    if VAGUE.fullmatch(delivery.status):
        answered = ANSWERED.search(delivery.diagnostic)
        return answered[1] if answered else delivery.status
    return delivery.status


def verdict(delivery: Delivery) -> str:
    """``hard``, ``soft``, ``policy``, ``delayed`` or ``delivered``; empty when a report contradicts itself."""
    status = status_of(delivery)
    action = delivery.action or BY_CLASS.get(status[:1], "")
    if action in ARRIVED:
        found = DELIVERED
    elif action == "delayed":
        found = DELAYED
    elif action != "failed" or status.startswith("2"):
        found = ""
    else:
        found = _of_a_failure(status, delivery.diagnostic)
    return found


def _of_a_failure(status: str, said: str) -> str:
    match = ANSWERED.search(said)
    answered = match[1] if match else status  # where the two differ, the other server knew
    if OUR_FAULT.fullmatch(status) or OUR_FAULT.fullmatch(answered) or LISTED.search(said):
        return POLICY
    if PERHAPS.search(said) and not SAYS_MUCH.fullmatch(status):
        return POLICY
    return HARD if NOBODY_THERE.fullmatch(status) and NOBODY_THERE.fullmatch(answered) else SOFT
