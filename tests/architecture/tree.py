"""What the tests of this folder read: our modules as syntax trees, our functions, our texts."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "skillmark"
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file of ours."""

    path: Path

    def __str__(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=str(self.path))

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @property
    def functions(self) -> list[Function]:
        return [node for node in ast.walk(self.tree) if isinstance(node, FUNCTIONS)]


@cache
def source() -> tuple[Module, ...]:
    """The modules of the product, without generated migrations."""
    return tuple(Module(path) for path in python_files(SOURCE) if "migrations" not in path.parts)


@cache
def everything() -> tuple[Module, ...]:
    """The product, its tests and its measurements."""
    return source() + tuple(Module(path) for folder in ("tests", "bench") for path in python_files(ROOT / folder))


def python_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.py")) if "node_modules" not in path.parts)


def length(function: Function) -> int:
    """Lines from `def` to the last one."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def positional(function: Function) -> int:
    """How many arguments a caller can give by place; the object itself does not count."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of every absolute import, at any depth."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.lineno, node.module or ""


def deferred_imports(tree: ast.AST) -> list[int]:
    """Lines of the imports that stand inside a function."""
    functions = (node for node in ast.walk(tree) if isinstance(node, FUNCTIONS))
    nested = (inner for function in functions for inner in ast.walk(function))
    return sorted({node.lineno for node in nested if isinstance(node, (ast.Import, ast.ImportFrom))})
