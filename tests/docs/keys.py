"""The keys the program reads in a user's files, taken from the source: what ``Fields`` is asked for.

Reading the source instead of a list kept beside it is the point: a key added to a reader is missing in
cards.md until somebody writes it there.
"""

from __future__ import annotations

import ast
import importlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType

from calendars.facts import MarkKind
from tests.support import ROOT

READERS = ("deadlines/loading", "deadlines/shapes")
ASKS = ("need", "get", "inside", "node")
# `Fields.get` takes a key, a reader and a default; `get` of a plain mapping takes at most two.
FIELDS_GET = 3


def read_keys() -> dict[str, str]:
    """Every key some reader asks for, with the file that does."""
    # A year file may list every kind of marked day; PROPOSED is in no file.
    found = {kind.value: "calendars/facts.py" for kind in MarkKind if kind is not MarkKind.PROPOSED}
    for name, module, tree in _readers():
        words = [*getattr(module, "WORDS", ()), *getattr(module, "GIVEN", ())]
        found |= dict.fromkeys([*words, *_asked(module, tree, ASKS)], name)
    return found


def needed_keys() -> dict[str, str]:
    """The keys some reader cannot do without, but for the words of the shapes, of which one is needed."""
    found: dict[str, str] = {}
    for name, module, tree in _readers():
        words = getattr(module, "WORDS", ())
        found |= {key: name for key in _asked(module, tree, ("need",)) if key not in words}
    return found


def _readers() -> Iterator[tuple[str, ModuleType, ast.Module]]:
    for folder in READERS:
        for path in sorted((ROOT / folder).glob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            module = importlib.import_module(name.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))
            yield name, module, ast.parse(path.read_text(encoding="utf-8"))


@dataclass
class _Scope:
    """What the names of one function may stand for."""

    module: ModuleType
    bound: dict[str, list[ast.AST]] = field(default_factory=lambda: defaultdict(list))

    def words(self, node: ast.AST, depth: int = 0) -> Iterator[str]:
        """The texts an expression may be: a constant, a tuple of them, one of two, or a name for any of these."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Tuple):
            for item in node.elts:
                yield from self.words(item, depth)
        elif isinstance(node, ast.IfExp):
            yield from self.words(node.body, depth)
            yield from self.words(node.orelse, depth)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "items":
            yield from self.words(node.func.value, depth)
        elif isinstance(node, ast.Name) and depth < 3:
            for value in self.bound.get(node.id, ()):
                yield from self.words(value, depth + 1)
            constant = getattr(self.module, node.id, ())
            if isinstance(constant, tuple | dict):
                yield from (word for word in constant if isinstance(word, str))


def _asked(module: ModuleType, tree: ast.Module, methods: tuple[str, ...]) -> Iterator[str]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    helpers = {f.name: _key_position(f) for f in functions} if methods is ASKS else {}
    for function in functions:
        scope = _Scope(module)
        _bind(function, scope)
        for node in ast.walk(function):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in methods and node.args and (name != "get" or len(node.args) == FIELDS_GET):
                yield from scope.words(node.args[0])
            elif (at := helpers.get(name)) is not None and len(node.args) > at:
                yield from scope.words(node.args[at])


def _key_position(function: ast.FunctionDef) -> int | None:
    """Where a helper takes the ``key`` it asks for, counted without ``self``."""
    names = [argument.arg for argument in function.args.args if argument.arg != "self"]
    return names.index("key") if "key" in names else None


def _bind(function: ast.FunctionDef, scope: _Scope) -> None:
    for node in ast.walk(function):
        if isinstance(node, ast.For | ast.comprehension):
            target = node.target.elts[0] if isinstance(node.target, ast.Tuple) else node.target
            if isinstance(target, ast.Name):
                scope.bound[target.id].append(node.iter)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            scope.bound[node.targets[0].id].append(node.value)
