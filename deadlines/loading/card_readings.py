"""The readings of a card: what the text leaves open, and what a person settled with a citation."""

from __future__ import annotations

from deadlines.model.card import Reading, Settlement
from deadlines.phrases.frame import BUILT_IN
from deadlines.reading.fields import Fields, string
from deadlines.reading.nodes import Map
from deadlines.reading.show import nearest


def read_readings(f: Fields) -> tuple[tuple[Reading, ...], Settlement | None]:
    """`readings`, `use` and `settled by`, checked against one another."""
    uses = f.inside("use", "`use`")
    used = {key: uses.get(key, string, "") for key in uses.keys} if uses else {}
    settled = _settlement(f)
    found = []
    node = f.node("readings")
    if node is not None and not isinstance(node, Map):
        f.refuse(node.place, "readings stand by the name of their question", "{which end: {question: …, A: …, B: …}}")
    for key, value in node if isinstance(node, Map) else ():
        inner = Fields(value, f.document, f.problems, f"reading `{key.value}`")
        if key.value not in BUILT_IN:
            near = nearest(key.value, BUILT_IN)
            f.refuse(key.place, f"no question is called `{key.value}`; an open point goes under `questions`", near)
            continue
        question = inner.need("question", string) or ""
        answers = {letter: inner.get(letter, string, "") for letter in inner.keys if letter != "question"}
        _check_answers(inner, key.value, answers)
        letter = used.pop(key.value, "")
        if uses and letter and letter not in answers:
            near = " or ".join(answers)
            uses.refuse(uses.key_place(key.value), f"`{letter}` is not an answer of `{key.value}`", near)
        found.append(Reading(key.value, question, answers, letter if letter in answers else ""))
    for name in used:
        assert uses
        uses.refuse(uses.key_place(name), f"`use` settles `{name}`, which is not among the readings")
    if any(r.use for r in found) and settled is None and "settled by" not in f:
        near = "settled by: {practice: …, place: …, recorded by: …}"
        f.refuse(f.key_place("use"), "a reading is settled only by somebody, with a citation", near)
    return tuple(found), settled


def _check_answers(f: Fields, name: str, answers: dict[str, str]) -> None:
    fair = BUILT_IN[name].answers
    if len(set(answers.values())) < 2:
        f.refuse(f.place, f"`{name}` has one answer; a question with one answer is none", " / ".join(fair))
    for letter, answer in answers.items():
        if answer not in fair:
            near = nearest(answer, fair) or " / ".join(fair)
            f.refuse(f.key_place(letter), f"`{answer}` is not an answer to `{name}`", near)


def _settlement(f: Fields) -> Settlement | None:
    inner = f.inside("settled by", "`settled by`")
    if inner is None:
        return None
    kind = "ruling" if "ruling" in inner else "practice"
    what, place, who = (inner.need(key, string) for key in (kind, "place", "recorded by"))
    inner.done()
    return Settlement(kind, what, place, who) if what and place and who else None
