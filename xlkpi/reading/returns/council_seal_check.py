"""Check the Council's seal on a return that was read: with the key of this PC, never in a worker or the cache."""

from __future__ import annotations

from dataclasses import replace

from xlkpi.findings import Code, Severity, finding
from xlkpi.layout.addresses import MANIFEST
from xlkpi.layout.council_seal import is_sealed_with
from xlkpi.reading.returns.checked_return import CheckedReturn


def check_council_seal(checked: CheckedReturn, key: bytes | None) -> CheckedReturn:
    """Return the return with a query where its seal is missing or wrong; as it is where this PC has no key.

    A return that has lost its hidden sheet has lost its seal too, and has a query of its own.
    """
    manifest = checked.manifest
    if key is None or manifest is None or not manifest.digest or checked.unreadable:
        return checked
    if is_sealed_with(manifest.council_seal, manifest.digest, key):
        return checked
    code = Code.SEAL_WRONG if manifest.council_seal else Code.SEAL_MISSING
    query = finding(code, {"provider": f"{manifest.provider} ({manifest.provider_id})"}, sheet=MANIFEST, cell="A2")
    # It says more than that the sheet was edited, and comes last of the queries: its sheet is the last one.
    others = [each for each in checked.findings if each.code is not Code.MANIFEST_CHANGED]
    place = sum(each.severity.rank <= Severity.QUERY.rank for each in others)
    return replace(checked, findings=(*others[:place], query, *others[place:]))
