"""Which provider an invoice belongs to, by supplier number, id or name as written; else a suggestion, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from pydantic_core import PydanticCustomError

from xlkpi.core.lot import Provider, fold_name, fold_number
from xlkpi.council.list_files import LEDGER_SETTINGS
from xlkpi.council.lists.parse_values import ParseCache, read_text
from xlkpi.finance.near_names import NearNames

_CONFUSED = str.maketrans("OIL", "011")
LONGEST_ID = 12
NEAR_FIRST_WORD = 0.75
"""The least ratio of the first words of two names: Oats and Oast, but not Elan Trust and Teltan Trust."""
_SIGNS = re.compile(r"[\W_]+")
_LEGAL_FORMS = frozenset(("ltd", "limited", "plc", "llp", "cic", "cio", "co", "company", "inc", "uk", "the", "and"))
_SHORT_FORMS = (
    ("community interest company", "cic"),
    ("limited", "ltd"),
    ("charitable incorporated organisation", "cio"),
)
FEWEST_WORDS = 2
"""A name of a single word begins the names of too many others."""
_read = ParseCache(read_text)

NamedProvider = tuple[str, str, str]
"""What a row says of its provider: provider_id, supplier_number, name; what it does not say is empty."""


@dataclass(frozen=True)
class ProviderMatch:
    """What a row says of its provider matches: a provider's id, or none and perhaps who may be meant.

    ``contradiction`` says which two cells name two providers, where they do.
    """

    provider_id: str = ""
    near: str = ""
    contradiction: str = ""


class ProviderDirectory:
    """The providers that an invoice can belong to.

    With a register these are its providers and those who returned, and nobody else. Without one, an id that is
    neither known nor near to a known one is a provider of its own, who has sent no return.
    """

    def __init__(
        self,
        register: Iterable[Provider] | None,
        returned: Mapping[str, str],
        also: Mapping[str, str] | None = None,
        settings: str = LEDGER_SETTINGS,
    ) -> None:
        """``returned`` gives names by id; ``also`` gives the id meant by other spellings, as the officer settled it.

        An empty id in ``also`` settles that a spelling is none of ours. ``settings`` is the name of the file where the
        officer writes that.
        """
        self.settings = settings
        self.closed = register is not None
        listed = tuple(register or ())
        self.names = {**returned, **{provider.provider_id: provider.name for provider in listed}}
        self.types = {provider.provider_id: provider.kind for provider in listed}
        self._by_word = _once((fold_name(name), provider_id) for provider_id, name in self.names.items())
        self._by_word.update({fold_name(provider_id): provider_id for provider_id in self.names})
        self._by_word.update(
            {fold_name(text): self._by_word.get(fold_name(to), to) for text, to in (also or {}).items()}
        )
        self._by_number = _once(
            (fold_number(number), provider.provider_id) for provider in listed for number in provider.supplier_numbers
        )
        self._essences: dict[str, list[str]] = {}
        for provider_id in self.names:
            self._essences.setdefault(_essence(provider_id), []).append(provider_id)
        self._whole_names = _once(
            (" ".join(words), provider_id)
            for provider_id, name in self.names.items()
            if len(words := _words(name)) >= FEWEST_WORDS
        )
        self._near_names = _Nearest(self.names.items())
        self._near_ids = _Nearest((provider_id, provider_id) for provider_id in self.names)
        self._known: dict[NamedProvider, ProviderMatch] = {}

    @property
    def is_exhausted(self) -> bool:
        """Whether there were so many unknown spellings that the last were not compared with our names."""
        return self._near_names.near.is_exhausted

    @property
    def compared(self) -> int:
        """Count the pairs of spellings that were compared letter by letter."""
        return self._near_names.near.compared + self._near_ids.near.compared

    def match(self, provider_id: str, supplier_number: str = "", name: str = "") -> ProviderMatch:
        """Find the provider that a row names, by whichever is known, without regard to capitals and spaces."""
        named = (provider_id, supplier_number, name)
        if named not in self._known:
            self._known[named] = self._find(named)
        return self._known[named]

    def name_of(self, provider_id: str) -> str:
        """Give a provider's name, or its id where no name is known."""
        return self.names.get(provider_id, provider_id)

    def _find(self, named: NamedProvider) -> ProviderMatch:
        settled = {text: self._settled(text, is_number=place == 1) for place, text in enumerate(named) if text}
        known = {text: provider_id for text, provider_id in settled.items() if provider_id}
        if len(set(known.values())) > 1:
            (first, first_id), (second, second_id) = list(known.items())[:2]
            return ProviderMatch(contradiction=f"“{first}” is {first_id}, but “{second}” is {second_id}")
        if known:
            return ProviderMatch(next(iter(known.values())))
        if "" in settled.values():
            return ProviderMatch()
        near = next((near for near in map(self._near, settled) if near), "")
        return ProviderMatch(near=near) if near or self.closed else ProviderMatch(next(iter(settled)))

    def _settled(self, text: str, *, is_number: bool) -> str | None:
        """The provider that a text names; empty where an officer settled that it is none of ours, None if unknown."""
        by_word, by_number = self._by_word.get(fold_name(text)), self._by_number.get(fold_number(text))
        first, second = (by_number, by_word) if is_number else (by_word, by_number)
        return second if first is None else first

    def _near(self, text: str) -> str:
        """Who may be meant by a spelling. A number alone is like no other: it is right, or somebody else's."""
        same = self._essences.get(_essence(text), []) or self._begun_by(text)
        if not same and any(c.isalpha() for c in text):
            same = self._near_names.find(text)
            if not same and self.closed and len(text) <= LONGEST_ID:
                same = self._near_ids.find(text)
        return " or ".join(f"{provider_id} {self.names[provider_id]}".strip() for provider_id in same)

    def _begun_by(self, text: str) -> list[str]:
        """The provider whose whole name, or id, a longer text begins with or has in brackets at its end."""
        words = _words(text)
        for count in range(len(words) - 1, FEWEST_WORDS - 1, -1):
            provider_id = self._whole_names.get(" ".join(words[:count]))
            if provider_id is not None and _digits(" ".join(words)) == _digits(" ".join(words[:count])):
                return [provider_id]
        ends = (words[0], words[-1]) if len(words) > 1 else ()
        ids = (self._by_word.get(fold_name(word)) for word in ends if any(map(str.isdigit, word)))
        return [provider_id for provider_id in ids if provider_id in self.names][:1]


def read_named_provider(cells: Mapping[str, str]) -> NamedProvider | None:
    """Read what a row says of its provider; None where a cell of it cannot be read, or none of them is filled."""
    return _named_providers((cells.get("provider_id", ""), cells.get("supplier_number", ""), cells.get("provider", "")))


def _read_texts(texts: NamedProvider) -> NamedProvider | None:
    try:
        named = (_read(texts[0]), _read(texts[1]), _read(texts[2]))
    except PydanticCustomError:
        return None
    return named if any(named) else None


_named_providers = ParseCache(_read_texts)


class _Nearest:
    """The ids of the providers whose word, a name or the id itself, is near to a text."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        self._ids: dict[str, list[str]] = {}
        for provider_id, word in words:
            self._ids.setdefault(_core(word), []).append(provider_id)
        self.near = NearNames(self._ids)

    def find(self, text: str) -> list[str]:
        """Find them; a word with other digits is another one: Day Centre 24 is not Day Centre 25."""
        core = _core(text)
        nearest = [core] if core in self._ids else self.near.find(core, lambda word: _can_be_one(word, core))
        return [provider_id for word in nearest for provider_id in self._ids[word]]


def _can_be_one(word: str, other: str) -> bool:
    """Whether two near names can be one: the word that tells names apart, mostly the first, must be near too."""
    return _can_begin_one(word.partition(" ")[0], other.partition(" ")[0]) and _digits(word) == _digits(other)


@lru_cache(maxsize=10_000)
def _can_begin_one(first: str, second: str) -> bool:
    return first == second or SequenceMatcher(None, first, second).ratio() >= NEAR_FIRST_WORD


def _words(name: str) -> list[str]:
    """The words of a name without signs, with the usual short form of what it is."""
    words = _SIGNS.sub(" ", name.casefold().replace(".", "").replace("'", ""))
    for long, short in _SHORT_FORMS:
        words = words.replace(long, short)
    return words.split()


def _core(name: str) -> str:
    """A name without signs and the words that every other name has: these would make any two names alike."""
    words = _words(name)
    return " ".join(word for word in words if word not in _LEGAL_FORMS) or " ".join(words)


def _once(words: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the id by word, without the words of two ids."""
    by_word: dict[str, str] = {}
    twice = set()
    for word, provider_id in words:
        if by_word.setdefault(word, provider_id) != provider_id:
            twice.add(word)
    return {word: provider_id for word, provider_id in by_word.items() if word not in twice}


def _digits(text: str) -> list[str]:
    return sorted(filter(str.isdigit, text))


def _essence(provider_id: str) -> str:
    """An id without signs and leading zeros, letters that look like digits taken for them: P-07 and PO07 are P7."""
    letters = "".join(filter(str.isalnum, provider_id.upper()))
    head, tail = letters[:1], letters[1:].translate(_CONFUSED)
    return head + (tail.lstrip("0") or tail)
