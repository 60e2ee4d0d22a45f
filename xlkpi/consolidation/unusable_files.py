"""Explain why a provider's files could not be used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath

from xlkpi.consolidation.inbox import is_left_by_programs
from xlkpi.consolidation.result import FileStatus
from xlkpi.consolidation.selection import FileOutcome, saved
from xlkpi.core.lot import Provider, fold_name
from xlkpi.core.period import Period
from xlkpi.core.records import FileAction
from xlkpi.errors import Unreadable
from xlkpi.findings import Code

SHORTEST_NAME = 6
"""A provider's name shorter than this may be in anybody's file name."""

_PROVIDER_ID = re.compile(r"(?=.*[^\W\d_]).{3,}|\d{5,}", re.DOTALL)
"""Ids that tell a file by its name: three characters with a letter among them, or five digits, which no year has."""

_OFFICERS_OWN = (Unreadable.EMAIL, Unreadable.ARCHIVE)
"""What an officer can fix alone; the sender is only asked for the workbook itself."""

UnusableFiles = Mapping[str, tuple[str, ...]]


def explain_unusable(
    chosen: Iterable[FileOutcome], register: Sequence[Provider], period: Period | None
) -> UnusableFiles:
    """By provider_id, a sentence or two about each of its files that are set aside.

    Whose a file is tells its hidden sheet. Where there is none to read, the provider of the register whose id or name
    is in the file's path, and no other does; the sentence then says that the name was used. A return of an earlier
    period that was made before this one had ended came in nobody's place: it is history.
    """
    told: dict[str, set[str]] = {}
    for one in chosen:
        if one.status is FileStatus.SET_ASIDE and not _is_history(one, period):
            manifest = one.found.manifest
            whose = manifest.provider_id if manifest else _whose_by_name(one.found.file, register)
            if whose:
                told.setdefault(whose, set()).add(_sentence(one, period, by_name=manifest is None))
    return {whose: tuple(sorted(sentences)) for whose, sentences in told.items()}


def _is_history(one: FileOutcome, period: Period | None) -> bool:
    manifest, checked = one.found.manifest, one.found.checked
    if manifest is None or period is None or not manifest.period < period:
        return False
    made = max(saved(checked).date(), checked.declared_on or date.min)
    return date.min < made <= period.end


def _whose_by_name(file: str, register: Sequence[Provider]) -> str:
    """The provider_id of the one provider whom a path names; empty for none, and for several."""
    path = PurePosixPath(file)
    if is_left_by_programs(path) and not path.name.startswith("~$"):
        return ""
    text = fold_name(file)
    named = {one.provider_id for one in register if _is_named(one, text)}
    return named.pop() if len(named) == 1 else ""


def _is_named(one: Provider, text: str) -> bool:
    name, number = fold_name(one.name), one.provider_id.casefold()
    if len(name) >= SHORTEST_NAME and _stands_in(name, text):
        return True
    return bool(_PROVIDER_ID.fullmatch(number)) and _stands_in(number, text)


def _stands_in(words: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _sentence(one: FileOutcome, period: Period | None, *, by_name: bool) -> str:
    named = f"“{PurePosixPath(one.found.file).name}”" + (" (matched to you by its file name)" if by_name else "")
    return f"{named} {_says(one, period)}"


def _says(one: FileOutcome, period: Period | None) -> str:
    said, manifest = one.findings[0], one.found.manifest
    if one.decision is not None and one.decision.action is FileAction.SET_ASIDE:
        return f"is set aside: {one.decision.why.strip().rstrip('.')}. Send the return you want us to use."
    if manifest is not None:
        return f"is the workbook of {manifest.period}. The one for {period} is still needed."
    if said.code is Code.TEMPLATE_UNKNOWN:
        return f"was made from another edition of our workbook. Copy your figures into the one we sent for {period}."
    if not one.found.checked.sha256:
        return "could not be opened here. Send it again."
    message = said.message.removeprefix(PurePosixPath(one.found.file).name).lstrip()
    for reason in _OFFICERS_OWN:
        if message.endswith(reason.remedy):
            return message.removesuffix(reason.remedy) + "Send the workbook itself."
    return message
