"""As much of Windows PowerShell as scripts/excel_check.ps1 uses, so that its logic runs where there is none.

`Script(path, commands).run(**parameters)` gives the exit status. The grammar is tree-sitter's; a word of the language
that is not known here stops the run, and so does a function that leaves something behind by mistake: PowerShell would
add it to what the function returns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import tree_sitter
import tree_sitter_powershell

PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
IGNORED = ("comment", "command_argument_sep")
TYPES = {"string": str, "int": int, "double": float}
CONSTANTS = {"true": True, "false": False, "null": None}


class Exit(Exception):
    """`exit STATUS`."""


class Return(Exception):
    """`return VALUE`."""


class Thing(dict[str, Any]):
    """An object with properties, as ConvertFrom-Json and [PSCustomObject] make."""


class Node:
    """A node of the tree as it is walked a million times: plain attributes, and no levels that say nothing."""

    __slots__ = ("children", "end_byte", "is_missing", "line", "named_children", "parent", "start_byte", "text", "type")

    def __init__(self, node: tree_sitter.Node, parent: Node | None = None) -> None:
        while node.child_count == 1 and node.children[0].is_named and _is_level(node.type):
            node = node.children[0]
        self.type, self.parent, self.text = node.type, parent, (node.text or b"").decode()
        self.is_missing, self.line = node.is_missing or node.type == "ERROR", node.start_point.row + 1
        self.start_byte, self.end_byte = node.start_byte, node.end_byte
        pairs = [(Node(child, self), child.is_named) for child in node.children if child.type not in IGNORED]
        self.children = [child for child, _ in pairs]
        self.named_children = [child for child, named in pairs if named]


def _is_level(kind: str) -> bool:
    """Whether a tree has such a node also where the text has nothing of the kind."""
    levels = ("pipeline", "pipeline_chain", "argument_expression_list", "string_literal", "integer_literal")
    return kind.endswith("_expression") or kind in levels


def parse(text: str) -> Node:
    """The tree of a script; AssertionError with the places where it is not PowerShell."""
    root = Node(PARSER.parse(text.encode()).root_node)
    broken = [f"line {node.line}" for node in every(root) if node.is_missing]
    assert not broken, broken
    return root


def every(node: Node) -> list[Node]:
    """A node and all below it."""
    return [node, *(below for child in node.children for below in every(child))]


class Script:
    """A script with the commands of its world: each a Python function of the arguments, the options, and the input."""

    def __init__(self, path: Path, commands: Mapping[str, Callable[..., Any]], environ: Mapping[str, str]) -> None:
        self.root = parse(path.read_text(encoding="ascii"))
        self.commands, self.environ = commands, environ
        self.functions: dict[str, tuple[list[str], Node]] = {}
        self.scopes: list[dict[str, Any]] = [{"PSScriptRoot": str(path.parent), "PID": 1}]

    def run(self, **parameters: Any) -> int:
        """Run it from the top; its exit status."""
        for node in every(self.root):
            if node.type == "function_statement":
                names = [n.text[1:] for n in every(node) if n.type == "variable" and _declares(n)]
                body = next(n for n in node.named_children if n.type == "script_block")
                self.functions[node.named_children[0].text] = (names, body)
        for node in (n for n in every(self.root) if n.type == "script_parameter" and not _inside_function(n)):
            name = next(n for n in node.named_children if n.type == "variable").text[1:]
            self.scopes[0][name] = parameters.get(name, "")
        try:
            self.block(self.root)
        except Exit as status:
            return int(status.args[0])
        return 0

    # --- statements ---

    def block(self, node: Node) -> list[Any]:
        """What a block leaves behind."""
        left: list[Any] = []
        for child in node.named_children:
            if child.type in ("statement_list", "script_block_body", "statement_block", "script_block"):
                left += self.block(child)
            elif child.type not in ("param_block", "function_statement"):
                value = self.statement(child)
                left += [] if value is None else [value]
        return left

    def statement(self, node: Node) -> Any:
        do = getattr(self, f"do_{node.type}", None)
        return do(node) if do else self.value(node)

    def do_if_statement(self, node: Node) -> Any:
        condition, *rest = node.named_children
        if self.value(condition):
            return self._only(self.block(rest[0]))
        other = next((n for n in rest if n.type == "else_clause"), None)
        return self._only(self.block(other)) if other else None

    def do_foreach_statement(self, node: Node) -> Any:
        variable, source, body = node.named_children
        items = self.value(source)
        for item in [] if items is None else _flat(items) if isinstance(items, (list, tuple)) else [items]:
            self.scopes[-1][variable.text[1:]] = item
            assert not self.block(body), f"line {body.line} leaves something behind"

    def do_try_statement(self, node: Node) -> Any:
        body, *rest = node.named_children
        handlers = [n for n in rest if n.type == "catch_clauses"]
        try:
            return self._only(self.block(body))
        except (Exit, Return, AssertionError):
            raise
        except Exception as problem:
            if not handlers:
                raise
            self.scopes[-1]["_"] = Thing(Exception=Thing(Message=str(problem)))
            return self._only(self.block(next(n for n in every(handlers[0]) if n.type == "statement_block")))
        finally:
            for clause in (n for n in rest if n.type == "finally_clause"):
                self.block(clause)

    def do_flow_control_statement(self, node: Node) -> Any:
        value = self.value(node.named_children[0]) if node.named_children else None
        raise (Exit if node.text.startswith("exit") else Return)(value)

    def _only(self, left: list[Any]) -> Any:
        return left[0] if len(left) == 1 else left or None

    # --- expressions ---

    def value(self, node: Node) -> Any:
        get = getattr(self, f"get_{node.type}", None)
        if get:
            return get(node)
        if len(node.named_children) == 1:
            return self.value(node.named_children[0])
        assert node.type.endswith(("_expression", "_statement", "pipeline")), node.type
        return self._fold(node)

    def _fold(self, node: Node) -> Any:
        left, *rest = node.children
        result = self.value(left)
        for operator, right in zip(rest[::2], rest[1::2], strict=True):
            word = operator.text.strip().lower()
            if word == "-and":
                result = bool(result) and bool(self.value(right))
            elif word == "-or":
                result = bool(result) or bool(self.value(right))
            else:
                result = _operate(word, result, right if word == "-is" else self.value(right))
        return result

    def get_variable(self, node: Node) -> Any:
        name = node.text.lstrip("$")
        if name.startswith("env:"):
            return self.environ[name[4:]]
        if name.lower() in CONSTANTS:
            return CONSTANTS[name.lower()]
        return next(scope[name] for scope in reversed(self.scopes) if name in scope)

    def get_decimal_integer_literal(self, node: Node) -> int:
        return int(node.text)

    def get_real_literal(self, node: Node) -> float:
        return float(node.text)

    def get_generic_token(self, node: Node) -> str:
        return node.text

    def get_verbatim_string_characters(self, node: Node) -> str:
        return node.text[1:-1].replace("''", "'")

    def get_expandable_string_literal(self, node: Node) -> str:
        source, at, pieces = node.text.encode(), 1, []
        for child in node.named_children:
            pieces.append(source[at : child.start_byte - node.start_byte].decode())
            value = self._only(self.block(child)) if child.type == "sub_expression" else self.value(child)
            pieces.append("" if value is None else str(value))
            at = child.end_byte - node.start_byte
        return "".join([*pieces, source[at:-1].decode()])

    def get_parenthesized_expression(self, node: Node) -> Any:
        return self.value(node.named_children[0])

    def get_expression_with_unary_operator(self, node: Node) -> Any:
        value = self.value(node.named_children[-1])
        return value if node.named_children[-1].type == "cast_expression" else not value

    def get_cast_expression(self, node: Node) -> Any:
        kind, operand = node.named_children
        value, name = self.value(operand), kind.text.strip("[]")
        return None if name == "void" else value if name == "PSCustomObject" else TYPES[name](value or 0)

    def get_hash_literal_expression(self, node: Node) -> Thing:
        entries = [entry.named_children for entry in every(node) if entry.type == "hash_entry"]
        return Thing({key.text: self.value(value) for key, value in entries})

    def get_member_access(self, node: Node) -> Any:
        owner, name = node.named_children
        return _member(self.value(owner), name.text)

    def get_invokation_expression(self, node: Node) -> Any:
        owner, name, *lists = node.named_children
        results = [n for n in lists for n in _arguments(n)]
        arguments = [self.value(n) for n in results]
        if owner.type == "type_literal":
            assert owner.text == "[Math]"
            return {"Abs": abs, "Min": min}[name.text](*arguments)
        return _member(self.value(owner), name.text)(*arguments)

    def get_assignment_expression(self, node: Node) -> None:
        target, _equals, source = node.named_children
        value = self.value(source)
        place = next(n for n in every(target) if n.type in ("member_access", "variable"))
        if place.type == "variable":
            self.scopes[-1][place.text[1:]] = value
        else:
            owner, name = place.named_children
            setattr(self.value(owner), name.text, value)

    # --- commands ---

    def get_pipeline_chain(self, node: Node) -> Any:
        first, *later = node.named_children
        value = self.value(first)
        for command in later:
            value = self._command(command, [value])
        return value

    def get_command(self, node: Node) -> Any:
        return self._command(node, [])

    def _command(self, node: Node, piped: list[Any]) -> Any:
        parts = [
            n
            for child in node.named_children
            for n in (child.named_children if child.type == "command_elements" else [child])
        ]
        name, arguments, options = parts[0].text, [], {}
        waiting = ""
        for part in parts[1:]:
            if part.type == "command_parameter":
                waiting = part.text[1:]
                options[waiting] = True
                continue
            block = next((n for n in every(part) if n.type == "script_block_expression"), None)
            value = (lambda item, b=block: self._with_item(b, item)) if block else self.value(part)
            if waiting:
                options[waiting], waiting = value, ""
            else:
                arguments.append(value)
        if name in self.functions:
            return self._call(name, arguments)
        assert name in self.commands, f"no command {name}"
        return self.commands[name](*arguments, *piped, **options)

    def _with_item(self, block: Node, item: Any) -> Any:
        self.scopes.append({"_": item})
        try:
            return self._only(self.block(next(n for n in every(block) if n.type == "script_block_body")))
        finally:
            self.scopes.pop()

    def _call(self, name: str, arguments: list[Any]) -> Any:
        names, body = self.functions[name]
        assert len(names) == len(arguments), f"{name} takes {len(names)} arguments, not {len(arguments)}"
        self.scopes.append(dict(zip(names, arguments, strict=True)))
        try:
            left = self.block(body)
        except Return as given:
            return given.args[0]
        finally:
            self.scopes.pop()
        assert not left, f"{name} leaves {left} behind"
        return None


def _declares(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "script_parameter"


def _inside_function(node: Node | None) -> bool:
    return node is not None and (node.type == "function_statement" or _inside_function(node.parent))


def _arguments(node: Node) -> list[Node]:
    inside = node.named_children
    if len(inside) == 1 and inside[0].type == "argument_expression_list":
        return inside[0].named_children
    return inside


def _flat(items: Any) -> list[Any]:
    return [cell for item in items for cell in (_flat(item) if isinstance(item, tuple) else [item])]


def _member(owner: Any, name: str) -> Any:
    if owner is None:
        return None
    if name == "PSObject":
        return Thing(Properties=[Thing(Name=key, Value=value) for key, value in owner.items()])
    if isinstance(owner, Thing):
        return owner.get(name)
    if type(owner) is list:
        return {"Count": len(owner), "Add": owner.append}[name]
    if isinstance(owner, str):
        return {"StartsWith": owner.startswith, "Length": len(owner)}[name]
    return getattr(owner, name)


def _operate(word: str, left: Any, right: Any) -> Any:
    if word == "-is":
        kind = TYPES[right.text.strip("[]")]
        return isinstance(left, kind) and not isinstance(left, bool)
    plain = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "-lt": lambda a, b: a < b,
        "-gt": lambda a, b: a > b,
        "-ceq": lambda a, b: a == b,
        "-eq": lambda a, b: _folded(a) == _folded(b),
        "-ne": lambda a, b: _folded(a) != _folded(b),
        "-like": lambda a, b: fnmatch(str(a).lower(), str(b).lower()),
    }
    return plain[word](left, right)


def _folded(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value
