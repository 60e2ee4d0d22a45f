"""Which provider an invoice belongs to, by id or name as written; else a suggestion. Nothing is guessed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xlkpi.core.lot import Provider, fold_name

NEAR = 0.84
MOST_COMPARED = 5_000
"""Spellings that are compared with every name; a list with more unknown ones is not a ledger of ours."""
_CONFUSED = str.maketrans("OIL", "011")


@dataclass(frozen=True)
class ProviderMatch:
    """What a spelling matches: a provider's id, or none and perhaps who may be meant."""

    provider_id: str = ""
    near: str = ""


class ProviderDirectory:
    """The providers that an invoice can belong to.

    With a register these are its providers and those who returned, and nobody else. Without one, an id that is
    neither known nor near to a known one is a provider of its own, who has sent no return.
    """

    def __init__(
        self, register: Iterable[Provider] | None, returned: Mapping[str, str], also: Mapping[str, str] | None = None
    ) -> None:
        """``returned`` gives names by id; ``also`` gives the id meant by other spellings, as the officer settled it."""
        self.closed = register is not None
        listed = tuple(register or ())
        self.names = {**returned, **{provider.provider_id: provider.name for provider in listed}}
        self.types = {provider.provider_id: provider.kind for provider in listed}
        self._by_word: dict[str, str] = {}
        twice = set()
        for provider_id, name in self.names.items():
            if fold_name(name) in self._by_word:
                twice.add(fold_name(name))
            self._by_word[fold_name(name)] = provider_id
        for name in twice:
            del self._by_word[name]
        self._by_word.update({fold_name(provider_id): provider_id for provider_id in self.names})
        self._by_word.update(
            {fold_name(text): self._by_word.get(fold_name(to), to) for text, to in (also or {}).items()}
        )
        self._known: dict[str, ProviderMatch] = {}

    def match(self, text: str) -> ProviderMatch:
        """Find the provider that a spelling names, without regard to capitals and spaces."""
        if text not in self._known:
            self._known[text] = self._find(text)
        return self._known[text]

    def name_of(self, provider_id: str) -> str:
        """Give a provider's name, or its id where no name is known."""
        return self.names.get(provider_id, provider_id)

    def _find(self, text: str) -> ProviderMatch:
        known = self._by_word.get(fold_name(text))
        if known:
            return ProviderMatch(known)
        near = self._near(text) if len(self._known) < MOST_COMPARED else ""
        return ProviderMatch(near=near) if near or self.closed else ProviderMatch(text)

    def _near(self, text: str) -> str:
        same = [provider_id for provider_id in self.names if _essence(provider_id) == _essence(text)]
        words = {name.casefold(): provider_id for provider_id, name in self.names.items()}
        near = same or [words[word] for word in difflib.get_close_matches(text.casefold(), words, n=2, cutoff=NEAR)]
        if not near and self.closed and len(text) <= 12:
            ids = {provider_id.casefold(): provider_id for provider_id in self.names}
            near = [ids[word] for word in difflib.get_close_matches(text.casefold(), ids, n=2, cutoff=NEAR)]
        return " or ".join(f"{provider_id} {self.names[provider_id]}".strip() for provider_id in near)


def _essence(provider_id: str) -> str:
    """An id without signs and leading zeros, letters that look like digits taken for them: P-07 and PO07 are P7."""
    letters = "".join(c for c in provider_id.upper() if c.isalnum())
    head, tail = letters[:1], letters[1:].translate(_CONFUSED)
    return head + (tail.lstrip("0") or tail)
