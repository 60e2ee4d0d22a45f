"""Returns built with another version of the catalogue or of the layout: read by names and codes, judged by today's.

A return is judged by what is in force for its own period, whichever version it was built with. What it did not ask
for is not missed in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from xlkpi.catalogue.load import Catalogue, ContractTerms
from xlkpi.core.checks import AskedIndicator
from xlkpi.core.period import is_due
from xlkpi.core.vocabulary import Rag, Reading
from xlkpi.findings import Code, Finding, finding
from xlkpi.layout import LAYOUT_VERSION
from xlkpi.layout.addresses import EDITIONS, NATIVE, Col, ReturnKey
from xlkpi.layout.carried_forward import count_question_rows
from xlkpi.layout.plan import ReturnLayout, get_layout
from xlkpi.layout.wording import bands_words
from xlkpi.reading.returns.checked_return import Manifest
from xlkpi.reading.returns.locate import Located

ONLY_OF_OUR_LAYOUT = (Code.ROW_MOVED, Code.FORMULA_LOST)
"""Findings that compare a return with the rows and formulas of this version's workbook."""


@dataclass(frozen=True)
class TemplateRead:
    """How to read a return: its manifest in the words of the catalogue in force, its layout, and what to say of it.

    ``same_rows`` is False where rows and formulas may be elsewhere than in the workbooks of this version.
    """

    manifest: Manifest
    catalogue: Catalogue
    layout: ReturnLayout
    findings: tuple[Finding, ...] = ()
    same_rows: bool = True


def match_template(manifest: Manifest, terms: ContractTerms, has_cell: Callable[[str], bool]) -> TemplateRead | None:
    """Match a return to the catalogue in force for its period; None where none of its sections or periods is ours.

    ``has_cell`` tells whether the workbook has a cell of a name: of a version that is not known, only that says which
    indicators it asked for.
    """
    if manifest.period.scheme != terms.scheme:
        return None  # a return of another contract, whose versions may be called as ours are
    now = terms.in_force(manifest.period)
    if manifest.catalogue == now.version and manifest.layout == LAYOUT_VERSION and _fits(manifest, now):
        return TemplateRead(manifest, now, get_layout(now, key_of_manifest(manifest)))
    built = terms.version(manifest.catalogue)
    is_known = built is not None and _fits(manifest, built)
    if built is None or not is_known:
        built = now
    known = _in_words_of(built, manifest)
    if not known.sections:
        return None
    layout = get_layout(built, key_of_manifest(known))
    in_both = [each for each in layout.asked if each.indicator.code in now.indicators]
    there = [each for each in in_both if is_known or has_cell(f"{each.indicator.slug}.x")] or in_both
    asked = tuple(_as_in_force(each, now) for each in there)
    facts = {"found": manifest.template, "now": f"{now.version}/{LAYOUT_VERSION}", "period": str(manifest.period)}
    not_asked = _due_but_not_asked(asked, known, now)
    note = finding(Code.TEMPLATE_OTHER, {**facts, "codes": ", ".join(not_asked)} if not_asked else facts)
    same_rows = is_known and manifest.layout == LAYOUT_VERSION
    return TemplateRead(_in_words_of(now, known), now, replace(layout, asked=asked), (note,), same_rows)


def key_of_manifest(manifest: Manifest) -> ReturnKey:
    """Make the key under which the layout of a return is found again."""
    questions = count_question_rows(len(manifest.questions))
    carries = bool(manifest.open_plans)
    return ReturnKey(manifest.sections, manifest.period, manifest.as_written, manifest.edition, carries, questions)


def _fits(manifest: Manifest, catalogue: Catalogue) -> bool:
    """Tell whether a manifest names nothing that a version of the catalogue does not have."""
    sections = {section.key for section in catalogue.sections}
    codes_known = catalogue.indicators.keys() >= {*manifest.as_written, *manifest.open_plans}
    return manifest.edition in EDITIONS and set(manifest.sections) <= sections and codes_known


def _in_words_of(catalogue: Catalogue, manifest: Manifest) -> Manifest:
    """Leave out what a version does not have: sections, readings of what has only one, plans of other indicators."""
    sections = {section.key for section in catalogue.sections}
    two_readings = {code for code, indicator in catalogue.indicators.items() if indicator.why}
    return replace(
        manifest,
        sections=tuple(key for key in manifest.sections if key in sections),
        as_written=tuple(code for code in manifest.as_written if code in two_readings),
        edition=manifest.edition if manifest.edition in EDITIONS else NATIVE,
        open_plans={code: plan for code, plan in manifest.open_plans.items() if code in catalogue.indicators},
    )


def _as_in_force(asked: AskedIndicator, catalogue: Catalogue) -> AskedIndicator:
    """Ask the same, under the definition in force; what the workbook kept shut stays not due."""
    indicator = catalogue.indicators[asked.indicator.code]
    reading = asked.reading if indicator.why else Reading.EFFECTIVE
    return replace(asked, indicator=indicator, reading=reading)


def _due_but_not_asked(asked: Iterable[AskedIndicator], manifest: Manifest, catalogue: Catalogue) -> list[str]:
    """List what is due in the period by the catalogue in force, but had no open cells in the workbook."""
    open_now = {each.indicator.code for each in asked if each.due}
    held = (indicator for section in manifest.sections for indicator in catalogue.of_section(section))
    return [each.code for each in held if each.code not in open_now and is_due(each, manifest.period)]


def target_findings(layout: ReturnLayout, located: Mapping[str, Located], manifest: Manifest) -> tuple[Finding, ...]:
    """Note the indicators whose targets were changed after the workbook was built: its own colours are older."""
    changed = [each for each in layout.asked if each.indicator.changes and each.indicator.code in located]
    codes = [each.indicator.code for each in changed if _shows_other_bands(each, located[each.indicator.code])]
    facts = {"codes": ", ".join(codes), "period": str(manifest.period)}
    return (finding(Code.TARGETS_CHANGED, facts),) if codes else ()


def _shows_other_bands(asked: AskedIndicator, at: Located) -> bool:
    shown = " ".join(str(at.sheet.cell(at.at(Col.BANDS)).value or "").split())
    wanted = " ".join(bands_words(asked.indicator.read(asked.reading)).split())
    return shown.startswith(Rag.GREEN.value) and not shown.startswith(wanted)
