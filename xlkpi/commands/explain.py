"""Explaining an indicator: definition, bands, both readings and why. Standard library, Python 3.9: Calc runs it too."""

from __future__ import annotations

import difflib
import textwrap
from typing import List

from xlkpi.catalogue.load import Catalogue
from xlkpi.core.indicator import Definition, Indicator
from xlkpi.core.vocabulary import Frequency, OutturnRule
from xlkpi.layout.wording import bands_words

WIDTH = 88


def unknown_indicator(catalogue: Catalogue, text: str) -> str:
    """Suggest what a text may mean that is not an indicator."""
    wanted = " ".join(text.upper().split())
    same = [code for code in catalogue.indicators if code.upper().endswith(" " + wanted)]
    near = same or difflib.get_close_matches(wanted, catalogue.indicators, n=3, cutoff=0.6)
    hint = (
        f" Perhaps {' or '.join(near)}?" if near else f" Name the whole code, as “{next(iter(catalogue.indicators))}”."
    )
    return f"“{text}” is not an indicator.{hint}"


def explanation(catalogue: Catalogue, indicator: Indicator) -> str:
    """All that the contract says of an indicator, and how we read it, as lines of text."""
    section = next(s for s in catalogue.sections if s.key == indicator.section)
    lines = [
        f"{indicator.code}: {indicator.description}",
        "",
        *_lines("Section", f"{section.title}: {section.heading}"),
    ]
    written, effective = indicator.written, indicator.effective
    lines += _definition(written if not indicator.why else effective)
    lines += _lines("Measured by", indicator.measured.replace("\n", " "))
    if indicator.carried_over:
        lines += _lines(
            "Note", "x may be larger than y where cases began in an earlier period: explain it in the comment."
        )
    if indicator.why:
        lines += ["", f"The {indicator.words.document} contradicts itself here. As written:", *_definition(written)]
        lines += ["", "In force (effective reading), because:", *textwrap.wrap(indicator.why, WIDTH)]
        lines += [
            "An officer switches it to the letter in xlkpi.toml: [readings]",
            f'"{indicator.code}" = "as written"',
        ]
    else:
        lines += ["", "As written and as read: the same."]
    return "\n".join(lines)


def _definition(definition: Definition) -> List[str]:
    frequency = definition.frequency
    often = "no frequency stated: open in every return" if frequency is Frequency.OPEN else frequency.value
    return [
        *_lines("x counts", definition.x),
        *_lines("y counts", definition.y),
        *_lines("Outturn", _outturn(definition)),
        *_lines("Red", definition.red),
        *_lines("Amber", definition.amber),
        *_lines("Green", definition.green),
        *_lines("In words", bands_words(definition).replace("\n", "; ").replace("; of the", ", of the")),
        *_lines("Reported", often),
    ]


def _outturn(definition: Definition) -> str:
    rule = definition.outturn
    if rule.is_share:
        return f"{rule.value.replace(' - ', ' − ')} × 100%"
    unit = {OutturnRule.AMOUNT: " in pounds", OutturnRule.DAYS: " in days"}.get(rule, ", a plain count")
    return f"{'x ÷ y' if definition.has_y else 'x'}{unit}"


def _lines(label: str, text: str) -> List[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=f"  {label:<12}", subsequent_indent=" " * 14)
