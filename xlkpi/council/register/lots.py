"""Lots and yes or no as people write them in a register."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from xlkpi.core.lot import TRANSPORT
from xlkpi.council.lists.faults import rejection
from xlkpi.findings import shorten

_SEPARATORS = ";,|/&+"
_PIECE = re.compile(r"[^\s().\[\]]+")
_DECIMAL = re.compile(r"[0-9]\.[0-9]")
_WORD = re.compile(r"\blots?\b\.?", re.IGNORECASE)
_YES = frozenset(("yes", "y", "true", "1", "x", "✓"))
_NO = frozenset(("no", "n", "false", "0", "none", "n/a", "-", "–"))


@dataclass(frozen=True)
class RegisterLots:
    """The lots a register may name, and whether a provider without any has something to report."""

    names: Sequence[str]
    optional: bool = False


def parse_lots(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """Read ``1a;1b;3`` (also ``1a 3``, ``Lot 1a and Lot 3``, ``1(a)|3``) into lots in the contract's order.

    Lots whose names have spaces are separated by ; , | / & or + only. Empty text and ``none`` give none. Raises what a
    model reports for anything else, naming the first word that is not a lot.
    """
    by_word = _name_words(known)
    plain = _fold(text)
    if not plain or (plain in _NO and plain not in by_word):
        return ()
    parts = [plain] if plain in by_word else _split(plain, by_word)
    lots = {lot for part in parts for lot in _read_part(part, by_word, text)}
    return tuple(lot for lot in known if lot in lots)


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _name_words(known: Sequence[str]) -> Mapping[str, str]:
    """The lots by their names in small letters, without the word lot where they differ without it too."""
    without = {_fold(_WORD.sub(" ", lot)): lot for lot in known}
    return without if len(without) == len(known) and "" not in without else {_fold(lot): lot for lot in known}


def _split(text: str, by_word: Collection[str]) -> list[str]:
    """Split a cell at the separators that no lot has in its name; at *and* where no name has a space."""
    signs = "".join(sign for sign in _SEPARATORS if not any(sign in name for name in by_word))
    between = f"[{re.escape(signs)}]" if signs else ";"
    if not any(" " in name for name in by_word):
        between += r"|\band\b"
    return [part.strip() for part in re.split(between, text) if part.strip()]


def _read_part(part: str, by_word: Mapping[str, str], text: str) -> list[str]:
    """Read what is between two separators: a lot, or several with spaces between them."""
    plain = _fold(_WORD.sub(" ", part))
    for name in (part, plain):
        if name in by_word:
            return [by_word[name]]
    one_name = any(" " in name for name in by_word)
    words = [plain or part] if one_name else (plain or part).split()
    unknown = next((word for word in words if word not in by_word), None)
    if unknown is None:
        return [by_word[word] for word in words]
    groups = [] if one_name or _DECIMAL.search(plain) else _group(_PIECE.findall(plain), by_word)
    if len(groups) != 1:
        raise rejection(f"says “{shorten(text)}”, and {_what_instead(unknown, by_word)}")
    return [by_word[name] for name in groups[0]]


def _group(pieces: Sequence[str], by_word: Collection[str]) -> list[list[str]]:
    """Find every way to join the pieces of ``1 (a)`` into names of lots, two ways at most: two are one too many.

    Only a number and a letter are joined, never two numbers: 3 0 is not lot 30.
    """
    ways: list[list[list[str]]] = [[[]]]
    for end in range(1, len(pieces) + 1):
        last = pieces[end - 1]
        longer = [[*way, last] for way in ways[end - 1] if last in by_word]
        if end > 1 and _is_number_and_letter(pieces[end - 2], last) and pieces[end - 2] + last in by_word:
            longer += [[*way, pieces[end - 2] + last] for way in ways[end - 2]]
        ways.append(longer[:2])
    return ways[-1] if pieces else []


def _is_number_and_letter(first: str, second: str) -> bool:
    return (first.isdecimal() and second.isalpha()) or (first.isalpha() and second.isdecimal())


def _what_instead(word: str, known: Collection[str]) -> str:
    parts = [lot for lot in known if lot[:-1] == word and lot[-1].isalpha()]
    if parts:
        return f"lot {word} is split into {' and '.join(parts)}. Say which the provider holds."
    names = [lot for lot in known if lot != TRANSPORT]
    if not names:
        return "the contract has no lots. Leave the cell empty."
    listed = f"{', '.join(names[:-1])} or {names[-1]}, with ; between them" if len(names) > 1 else names[0]
    return f"“{shorten(word)}” is not a lot. Use {listed}."


def parse_yes(text: str) -> bool | None:
    """Read yes or no, in the ways people tick a box; None for an empty cell. Raises what a model reports."""
    word = text.casefold()
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise rejection(f"says “{shorten(text)}”. Write yes or no.")
