"""Whose an invoice is: known by id or name as written, or set aside with a suggestion. Nothing is guessed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xlkpi.core.lot import Provider

NEAR = 0.84
_CONFUSED = str.maketrans("OIL", "011")


@dataclass(frozen=True)
class Whose:
    """What a spelling amounts to: a provider's id, or none and perhaps who may be meant."""

    provider_id: str = ""
    near: str = ""


class Directory:
    """The providers that an invoice can belong to.

    With a register these are its providers and those who returned, and nobody else. Without one, an id that is
    neither known nor near to a known one stands for a provider of its own, who has sent no return.
    """

    def __init__(
        self, register: Iterable[Provider] | None, returned: Mapping[str, str], also: Mapping[str, str] | None = None
    ) -> None:
        """``returned`` gives names by id; ``also`` gives the id meant by other spellings, as the officer has said."""
        self.closed = register is not None
        listed = tuple(register or ())
        self.names = {**returned, **{one.provider_id: one.name for one in listed}}
        self.types = {one.provider_id: one.kind for one in listed}
        self._by_word: dict[str, str] = {}
        twice = set()
        for provider_id, name in self.names.items():
            if _word(name) in self._by_word:
                twice.add(_word(name))
            self._by_word[_word(name)] = provider_id
        for name in twice:
            del self._by_word[name]
        self._by_word.update({_word(provider_id): provider_id for provider_id in self.names})
        self._by_word.update({_word(text): self._by_word.get(_word(to), to) for text, to in (also or {}).items()})
        self._known: dict[str, Whose] = {}

    def whose(self, text: str) -> Whose:
        """The provider that a spelling names, without regard to capitals and spaces."""
        if text not in self._known:
            self._known[text] = self._find(text)
        return self._known[text]

    def name_of(self, provider_id: str) -> str:
        """A provider's name; its id where no name is known."""
        return self.names.get(provider_id, provider_id)

    def _find(self, text: str) -> Whose:
        known = self._by_word.get(_word(text))
        if known:
            return Whose(known)
        near = self._near(text)
        return Whose(near=near) if near or self.closed else Whose(text)

    def _near(self, text: str) -> str:
        same = [one for one in self.names if _bones(one) == _bones(text)]
        words = {name.casefold(): one for one, name in self.names.items()}
        found = same or [words[word] for word in difflib.get_close_matches(text.casefold(), words, n=2, cutoff=NEAR)]
        if not found and self.closed and len(text) <= 12:
            ids = {one.casefold(): one for one in self.names}
            found = [ids[word] for word in difflib.get_close_matches(text.casefold(), ids, n=2, cutoff=NEAR)]
        return " or ".join(f"{one} {self.names[one]}".strip() for one in found)


def _word(text: str) -> str:
    return " ".join(text.casefold().split())


def _bones(provider_id: str) -> str:
    """An id without signs and leading zeros, letters that look like digits taken for them: P-07 and PO07 are P7."""
    letters = "".join(c for c in provider_id.upper() if c.isalnum())
    head, tail = letters[:1], letters[1:].translate(_CONFUSED)
    return head + (tail.lstrip("0") or tail)
