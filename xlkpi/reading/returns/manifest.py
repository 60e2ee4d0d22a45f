"""The hidden manifest: whose return a workbook is, and the finding where it is lost, edited or not known."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NoReturn

from xlkpi.catalogue.load import ContractTerms
from xlkpi.core.contract_words import parse_scheme
from xlkpi.core.period_text import parse_period
from xlkpi.findings import Code, Finding, finding
from xlkpi.layout.addresses import MANIFEST
from xlkpi.layout.council_seal import SEAL_FIELD, digest_manifest
from xlkpi.layout.provider_texts import compute_seal
from xlkpi.ooxml.limits import DIGIT_LIMIT
from xlkpi.ooxml.model import RawWorkbook
from xlkpi.reading.returns.carried_fields import carried_fields
from xlkpi.reading.returns.checked_return import Manifest
from xlkpi.reading.returns.rebuilt_manifest import rebuild_manifest
from xlkpi.reading.returns.template_versions import TemplateRead, match_template


def read_manifest(book: RawWorkbook, terms: ContractTerms) -> tuple[TemplateRead | None, tuple[Finding, ...]]:
    """Read the manifest and match its template; None with the one finding that says why there is none to use."""
    name = book.path.name

    def has_cell(wanted: str) -> bool:
        return book.target(wanted) is not None

    content = _content(book)
    if content is None:
        if any(book.target(wanted) for wanted in ("Return.period", "Return.provider_id", "Return.status")):
            return None, (finding(Code.MANIFEST_LOST, {"file": name}),)
        rebuilt, reason = rebuild_manifest(book, terms) or (None, finding(Code.NOT_A_RETURN, {"file": name}))
        return (match_template(rebuilt, terms, has_cell) if rebuilt else None), (reason,)
    manifest = _parsed(content)
    if manifest is None:
        return None, (finding(Code.MANIFEST_LOST, {"file": name}),)
    template = match_template(manifest, terms, has_cell)
    if template is None:
        return None, (finding(Code.TEMPLATE_UNKNOWN, {"found": manifest.template}),)
    edited = compute_seal(content) != content.get("seal")
    changed = (finding(Code.MANIFEST_CHANGED, {}, sheet=MANIFEST, cell="A2"),) if edited else ()
    return template, (*changed, *template.findings)


def _content(book: RawWorkbook) -> dict[str, Any] | None:
    cell = book.cell("Return.manifest")
    if cell is None or not isinstance(cell.value, str):
        sheet = book.sheet(MANIFEST)
        cell = sheet.cell("A2") if sheet else None
    if cell is None or not isinstance(cell.value, str):
        return None
    try:
        content = _DECODER.decode(cell.value)
        json.dumps(content, ensure_ascii=False).encode()  # half a surrogate pair is not a text: nothing could write it
    except (ValueError, RecursionError):
        return {} if book.sheet(MANIFEST) else None
    return content if isinstance(content, dict) else {}


def _refuse(constant: str) -> NoReturn:
    """Refuse Infinity and NaN, which Python reads in JSON and nothing of ours writes."""
    raise ValueError(constant)


_DECODER = json.JSONDecoder(parse_constant=_refuse)


def _parsed(content: dict[str, Any]) -> Manifest | None:
    try:
        scheme = parse_scheme(content)  # without a word on it, as in the first returns, it is quarters
        period = parse_period(content["period"], scheme)
        previous_y = {str(code): int(y) for code, y in content["previous_y"].items()}
        if period is None or content["xlkpi"] != "return" or not str(content["provider_id"]).strip():
            return None
        if any(len(str(y)) > DIGIT_LIMIT for y in previous_y.values()):
            return None
        return Manifest(
            provider_id=str(content["provider_id"]),
            provider=str(content["provider"]),
            period=period,
            sections=tuple(map(str, content["sections"])),
            as_written=tuple(map(str, content["as_written"])),
            catalogue=str(content["catalogue"]),
            layout=int(content["layout"]),
            edition=str(content["edition"]),
            return_id=str(content["return_id"]),
            send_by=date.fromisoformat(content["send_by"]) if content["send_by"] else None,
            previous_y=previous_y,
            digest=digest_manifest(content),
            council_seal=str(content.get(SEAL_FIELD, "")),
            **carried_fields(content, scheme),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, ZeroDivisionError):
        return None
