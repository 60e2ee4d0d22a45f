"""The reference page of indicators: the Schedule as the catalogue has it, readings and relations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markdown_tables import plain, table

from xlkpi.catalogue.load import Catalogue
from xlkpi.core.indicator import Definition, Indicator
from xlkpi.core.lot import TRANSPORT
from xlkpi.core.vocabulary import Frequency


def indicators_page(catalogue: Catalogue) -> Iterable[str]:
    """Yield the page's lines."""
    yield f"Catalogue {catalogue.version}: the {len(catalogue.indicators)} indicators of the Schedule, word for word."
    yield "A star stands for “in reporting period”. The bands are those in force; where the Schedule can be read in two"
    yield "ways, see [the readings](#readings)."
    yield ""
    bands = ("Green", "Amber", "Red")
    header = ("Code", "What is measured", "What x counts", "What y counts", *bands, "Reported", "Measured by")
    for section in catalogue.sections:
        lots = f"lots {', '.join(section.lots)}" if TRANSPORT not in section.lots else "providers with transport"
        yield from (f"## {section.title}", "", f"{section.heading}; {lots if section.lots else 'all lots'}.", "")
        yield from table(header, (_indicator(indicator) for indicator in catalogue.of_section(section.key)))
    yield from ("## Readings", "", "Where the Schedule contradicts itself. “As KCC reads it” is in force unless the")
    yield from ("officer's settings say `as written`.", "")
    differing = [indicator for indicator in catalogue.indicators.values() if indicator.why]
    rows = ((row.code, *_differences(row.written, row.effective), row.why) for row in differing)
    yield from table(("Code", "As written", "As KCC reads it", "Why"), ([plain(cell) for cell in row] for row in rows))
    yield from _relations(catalogue)


def _indicator(indicator: Indicator) -> Sequence[str]:
    now = indicator.effective
    bands = [now.green, now.amber, now.red] if now.bands else ["–", "–", "–"]
    texts = [indicator.description, now.x, now.y, *bands, now.frequency.value, indicator.measured]
    return [f"`{indicator.code}`", *(plain(text) for text in texts)]


def _differences(written: Definition, effective: Definition) -> tuple[str, str]:
    """What each of two readings says where the other says something else."""
    both = (_parts(written), _parts(effective))
    differing = [what for what, text in both[0].items() if text != both[1][what]]
    first, second = ("; ".join(f"{what} {parts[what]}" for what in differing) for parts in both)
    return first, second


def _parts(definition: Definition) -> Mapping[str, str]:
    often = "not stated: open in every return" if definition.frequency is Frequency.OPEN else definition.frequency.value
    bands = {what: getattr(definition, what) for what in ("green", "amber", "red")}
    return {"outturn": definition.outturn.value, **bands, "y": definition.y, "reported": often}


def _relations(catalogue: Catalogue) -> Iterable[str]:
    relations = catalogue.relations
    yield from ("## Figures that belong together", "", "A return in which they disagree gets a query.", "")
    rows = [("have the same y", ", ".join(group.indicators), group.counts) for group in relations.same_y]
    rows += [("their x add up to y at most", ", ".join(group.indicators), group.because) for group in relations.x_sums]
    part = "x of the first is at most x of the second"
    rows += [(part, f"{pair.part}, {pair.whole}", pair.because) for pair in relations.x_parts]
    yield from table(("Rule", "Indicators", "Because"), rows)
