"""The contract by which the worksheet functions on this computer judge: ours, or the one that somebody chose.

`xlkpi catalogue use FOLDER` writes one small file of its user, which Excel and LibreOffice read when a function is
first calculated. A workbook cannot say where its contract folder is, and LibreOffice's Python cannot read one.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Mapping, Sequence

from xlkpi.catalogue.load import ContractTerms, load_terms
from xlkpi.catalogue.model import parse_catalogue
from xlkpi.core.contract_words import UNNAMED, ContractWords, parse_words
from xlkpi.core.day import NotADay, parse_day
from xlkpi.core.period import PeriodScheme
from xlkpi.core.period_text import parse_period
from xlkpi.core.target_change import TargetChange
from xlkpi.errors import CatalogueError

PLACE_VARIABLE = "XLKPI_TERMS"
TEXTS = ("indicator", "red", "amber", "green", "stretch", "reference", "agreed_by")


def terms_path() -> Path:
    """Give the place of the file: what XLKPI_TERMS names, else ``.xlkpi/terms.json`` in the user's home."""
    named = os.environ.get(PLACE_VARIABLE, "")
    return Path(named) if named else Path.home() / ".xlkpi" / "terms.json"


@lru_cache(maxsize=1)
def terms_in_use() -> ContractTerms:
    """Give the terms that somebody chose for this computer, or ours; read once, so programs are started again.

    Raises CatalogueError where the file cannot be used: nothing is judged by other targets in silence.
    """
    path = terms_path()
    return parse_terms(path.read_text(encoding="utf-8")) if path.is_file() else load_terms()


def parse_terms(text: str) -> ContractTerms:
    """Read terms from the text of such a file. Raises CatalogueError where it is not one."""
    try:
        content: Mapping[str, Any] = json.loads(text)
        words = parse_words(content["words"])
        versions = tuple(parse_catalogue(version, words) for version in content["versions"])
        terms = ContractTerms(versions) if versions else load_terms()
        return terms.with_changes(_change(change, terms.scheme) for change in content["changes"])
    except (ValueError, KeyError, TypeError, NotADay) as problem:
        raise CatalogueError([f"{terms_path().name} cannot be read. Choose the contract again."]) from problem


def write_terms(
    versions: Sequence[Mapping[str, Any]], changes: Sequence[TargetChange], words: ContractWords = UNNAMED
) -> str:
    """Write the text of such a file; without ``versions`` the catalogue is ours."""
    content = {"words": asdict(words), "versions": list(versions), "changes": _as_data(changes)}
    return json.dumps(content, ensure_ascii=False, indent=1)


def _as_data(changes: Sequence[TargetChange]) -> List[Dict[str, str]]:
    return [
        {
            **{name: getattr(change, name) for name in TEXTS},
            "from_period": str(change.from_period),
            "agreed_on": change.agreed_on.isoformat() if change.agreed_on else "",
        }
        for change in changes
    ]


def _change(data: Mapping[str, str], scheme: PeriodScheme) -> TargetChange:
    period = parse_period(data["from_period"], scheme)
    if period is None:
        raise ValueError(data["from_period"])
    day = parse_day(data["agreed_on"]) if data["agreed_on"] else None
    texts = {name: data[name] for name in TEXTS}
    return TargetChange(**texts, from_period=period, agreed_on=day)
