"""The texts that differ between providers: what is stamped into a template, and the hidden manifest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Dict, Mapping, Optional, Tuple

from xlkpi.catalogue.load import Catalogue
from xlkpi.core.cell_count import Figure
from xlkpi.core.day import long_date
from xlkpi.core.indicator import Definition
from xlkpi.core.lot import Contact, Provider
from xlkpi.core.outturn_units import show_outturn, show_x
from xlkpi.core.period import QUARTERS
from xlkpi.core.shown_share import decimals_to_show, round_as_shown
from xlkpi.layout import LAYOUT_VERSION
from xlkpi.layout.addresses import ReturnKey
from xlkpi.layout.carried_forward import (
    NOTHING,
    CarriedForward,
    manifest_plans,
    manifest_questions,
    plan_texts,
    question_texts,
)
from xlkpi.layout.council_seal import SEAL_FIELD, compute_council_seal, digest_manifest
from xlkpi.layout.row_formulas import NOT_KNOWN

CARRIED = ("plan.", "question.")
CONTACT_PARTS = ("name", "position", "email", "telephone")
CONTACTS = 3


@dataclass(frozen=True)
class LastFigures:
    """An indicator's figures in the provider's last return of the same length; ``rag`` is its state word then."""

    period: str
    x: Figure
    y: Optional[Figure]
    outturn: Optional[float]
    rag: str
    definition: Optional[Definition] = None
    """What the figures are, where they are not a share of y."""

    @property
    def shown(self) -> str:
        """One line for the row: ``2025-26 Q4: 42 of 50, 84.00%, Amber``; ``2025-26 Q4: £1,234.50, Amber``."""
        if self.definition is None:
            return f"{self.period}: {self.x} of {self.y}{self._share}, {self.rag}"
        figures = show_x(self.definition, self.x)
        if self.y:
            figures += f" over {self.y}, {show_outturn(self.definition, Fraction(self.x) / self.y)}"
        return f"{self.period}: {figures}, {self.rag}"

    @property
    def _share(self) -> str:
        """The outturn with the decimals that keep it on its side of every edge: it is a number of y-ths."""
        if self.outturn is None:
            return ""
        share = Fraction(self.outturn).limit_denominator(max(int(self.y or 0), 1))
        decimals = decimals_to_show(share, 2)
        return f", {float(round_as_shown(share * 100, decimals)):.{decimals}f}%"


@dataclass(frozen=True)
class Sender:
    """What the officer sets for all returns: the Council's contacts, where and by which day to send."""

    contacts: Tuple[Contact, ...] = ()
    send_to: str = ""
    send_by: Optional[date] = None


@dataclass(frozen=True)
class ProviderTexts:
    """The stamped texts of one return, by field; an unknown field is shown as a dash."""

    texts: Mapping[str, str]
    previous_y: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        # A dash and not an empty text: the formulas that compare with the last return test for it. What is carried
        # forward may be changed by the provider, and where there is nothing the cell is empty.
        return self.texts.get(name) or ("" if name.startswith(CARRIED) else NOT_KNOWN)


def make_provider_texts(
    catalogue: Catalogue,
    key: ReturnKey,
    provider: Provider,
    sender: Sender,
    previous: Mapping[str, LastFigures],
    secret: Optional[bytes] = None,
    *,
    carried: CarriedForward = NOTHING,
) -> ProviderTexts:
    """Make the stamped texts of a provider's return; ``secret`` is the Council's key, where it is to be sealed."""
    texts = {
        "provider_id": provider.provider_id,
        "provider": provider.name,
        "contract_ref": provider.contract_ref,
        "send_to": sender.send_to,
        "send_by": long_date(sender.send_by) if sender.send_by else "",
        "title": f"KPI return {key.period}: {provider.name}",
    }
    council = sender.contacts or tuple(Contact(position=position) for position in catalogue.words.positions)
    for side, contacts in (("provider", provider.contacts), ("council", council)):
        for number, contact in enumerate(contacts[:CONTACTS], start=1):
            texts.update({f"{side}.{number}.{part}": text for part, text in _contact_parts(contact).items()})
    for code, last in previous.items():
        texts[f"last.{code}"] = last.shown
        if last.y is not None:
            texts[f"last_y.{code}"] = str(last.y)
    if key.open_plans:
        kpis = (i for section in key.sections for i in catalogue.of_section(section) if i.is_kpi)
        texts.update(plan_texts(kpis, carried.plans))
    texts.update(question_texts(carried.questions, key.question_rows))
    texts["manifest"] = manifest_text(catalogue, key, provider, sender, previous, secret, carried=carried)
    return ProviderTexts(texts, _previous_y(previous))


def manifest_text(
    catalogue: Catalogue,
    key: ReturnKey,
    provider: Provider,
    sender: Sender,
    previous: Mapping[str, LastFigures],
    secret: Optional[bytes] = None,
    *,
    carried: CarriedForward = NOTHING,
) -> str:
    """Write the hidden manifest: what the return was made for, one JSON object with a seal over the rest.

    The reader believes the manifest, not the cover, which a provider may have copied from another workbook. The plain
    seal shows an edit; the Council's own, under its key ``secret``, shows that the Council made the workbook.
    """
    content: Dict[str, object] = {
        "xlkpi": "return",
        "layout": LAYOUT_VERSION,
        "catalogue": catalogue.version,
        "edition": key.edition,
        "provider_id": provider.provider_id,
        "provider": provider.name,
        "period": str(key.period),
        "sections": list(key.sections),
        "as_written": list(key.as_written),
        "send_by": sender.send_by.isoformat() if sender.send_by else "",
        "previous_y": _previous_y(previous),
        "contacts": [_contact_parts(contact) for contact in provider.contacts[:CONTACTS]],
    }
    if catalogue.scheme != QUARTERS:
        content.update(periods=catalogue.words.periods, first_month=catalogue.words.first_month)
    if carried.plans:
        content["open_plans"] = manifest_plans(carried.plans)
    if carried.questions:
        content["questions"] = manifest_questions(carried.questions)
    return _sealed(content, secret)


def _sealed(content: Dict[str, object], secret: Optional[bytes]) -> str:
    """Write a manifest as text, with its number and seals, each over all that is there before it."""
    content["return_id"] = compute_seal(content)[:12]
    if secret is not None:
        content[SEAL_FIELD] = compute_council_seal(digest_manifest(content), secret)
    content["seal"] = compute_seal(content)
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _previous_y(previous: Mapping[str, LastFigures]) -> Dict[str, int]:
    return {code: int(last.y) for code, last in previous.items() if last.y is not None}


def _contact_parts(contact: Contact) -> Dict[str, str]:
    return {part: getattr(contact, part) for part in CONTACT_PARTS}


def compute_seal(content: Mapping[str, object]) -> str:
    """Compute a short digest of a manifest's content without its seal: it shows an edit, it keeps no secret."""
    plain = json.dumps({k: v for k, v in content.items() if k != "seal"}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]
