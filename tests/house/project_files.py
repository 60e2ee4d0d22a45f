"""The project's own files, as the house tests read them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEFT_OUT = {".git", ".hypothesis", ".venv", "PKG-INFO", "build", "dist", "htmlcov", "__pycache__"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project: git's list, or in a copy without git whatever no tool has made."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ) if (ROOT / ".git").exists() else None  # fmt: skip
    if listed and listed.returncode == 0:
        return tuple(ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())
    paths = (path for path in ROOT.rglob("*") if path.is_file())
    return tuple(path for path in paths if not any(_made(part) for part in path.relative_to(ROOT).parts))


def _made(part: str) -> bool:
    return part in LEFT_OUT or part.endswith(("_cache", ".egg-info"))


def python_files(*tops: str) -> list[Path]:
    """The Python files under the given folders (or the given files themselves)."""
    chosen: set[Path] = set()
    for top in tops:
        below = {path for path, named in _python_names().items() if named == top or named.startswith(f"{top}/")}
        if not below:
            raise FileNotFoundError(f"no Python file at {top}: the house checks name a place that has moved")
        chosen |= below
    return [path for path in _python_names() if path in chosen]


@cache
def _python_names() -> dict[Path, str]:
    return {path: name(path) for path in tracked() if path.suffix == ".py"}


def name(path: Path) -> str:
    """A file as a test's id shows it."""
    return path.relative_to(ROOT).as_posix()


def listed(offenders: list[str]) -> str:
    """All offenders, one on a line, as the message of the check that found them."""
    return "\n".join([f"{len(offenders)} to fix:", *offenders])


@cache
def source(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(source(path))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a Python file: it is gone through once for all checks."""
    return tuple(walk(parsed(path)))


def walk(tree: ast.AST) -> list[ast.AST]:
    """Every node as `ast.walk` gives them, in a third of the time; without those that only say load, store, plus."""
    tree_nodes = [tree]
    for node in tree_nodes:  # which grows meanwhile
        for value in vars(node).values():
            if isinstance(value, list):
                tree_nodes.extend(each for each in value if isinstance(each, ast.AST) and each._fields)
            elif isinstance(value, ast.AST) and value._fields:
                tree_nodes.append(value)
    return tree_nodes
