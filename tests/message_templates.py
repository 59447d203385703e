"""The messages the program can print about a user's mistake, collected from its source.

Everything that reports takes the place first and the message second: ``Bad``, ``Problem``, ``Meaning`` and
every function called ``refuse``. A usage mistake has the message alone. A message is a text or an f-string,
or a name that was given one in the same function.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.support import ROOT

# At which position a call has its message.
POSITION = {
    **dict.fromkeys(("UsageError", "ClickException", "BookRefused"), 0),
    **dict.fromkeys(("Bad", "Problem", "Meaning", "refuse", "problem"), 1),
    "BadLine": 2,
    "refuse_unseen": 1,
}


@dataclass(frozen=True)
class Template:
    """A message with ``…`` for what is filled in, and where it stands."""

    text: str
    file: str
    line: int

    def found_in(self, printed: str) -> bool:
        """Whether any text printed could be this message."""
        pattern = ".*?".join(re.escape(piece) for piece in self.text.split("…"))
        return re.search(pattern, printed) is not None


def templates() -> Iterator[Template]:
    """Every message of the program, file by file."""
    for path in sorted((ROOT / "deadlines").rglob("*.py")):
        file = path.relative_to(ROOT).as_posix()
        for scope in _scopes(ast.parse(path.read_text(encoding="utf-8"))):
            for node in _own(scope):
                message = _message(node)
                if message is not None:
                    for text in _texts(message, scope):
                        yield Template(text, file, node.lineno if isinstance(node, ast.expr) else scope.lineno)


def _scopes(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _own(scope: ast.FunctionDef) -> Iterator[ast.AST]:
    """The nodes of a function without those of the functions inside it."""
    waiting: list[ast.AST] = list(scope.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef):
            waiting += ast.iter_child_nodes(node)


def _message(node: ast.AST) -> ast.expr | None:
    if not isinstance(node, ast.Call):
        return None
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    position = POSITION.get(name)
    return None if position is None or len(node.args) <= position else node.args[position]


def _texts(message: ast.expr, scope: ast.FunctionDef) -> Iterator[str]:
    if isinstance(message, ast.Constant) and isinstance(message.value, str):
        yield message.value
    elif isinstance(message, ast.JoinedStr):
        yield "".join(str(piece.value) if isinstance(piece, ast.Constant) else "…" for piece in message.values)
    elif isinstance(message, ast.IfExp):
        yield from (text for side in (message.body, message.orelse) for text in _texts(side, scope))
    elif isinstance(message, ast.Name):
        for node in _own(scope):
            if isinstance(node, ast.Assign):
                yield from _assigned(node, message.id, scope)


def _assigned(node: ast.Assign, name: str, scope: ast.FunctionDef) -> Iterator[str]:
    """The texts a name is given, also as one of several: ``message, near = "…", near``."""
    for target in node.targets:
        if isinstance(target, ast.Name) and target.id == name:
            yield from _texts(node.value, scope)
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            for one, value in zip(target.elts, node.value.elts, strict=True):
                if isinstance(one, ast.Name) and one.id == name:
                    yield from _texts(value, scope)


def syntax_messages() -> Iterator[Template]:
    """What reading/syntax.py makes of the YAML parser's words: the first of the three values it returns."""
    file = "deadlines/reading/syntax.py"
    for scope in _scopes(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        for node in _own(scope):
            if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
                yield from (Template(text, file, node.lineno) for text in _texts(node.value.elts[0], scope))
