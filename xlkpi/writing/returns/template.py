"""One template a combination of sections, stamped with each provider's own texts: the same cells as from scratch.

Every text that differs between providers is in the table of shared strings under a mark, so that stamping
rewrites two small parts (strings, title) and copies all others as they are packed. No formula's result depends on
a stamped cell while the return is blank, so no cached value can show another provider's figures
(tests/writing compares each cell with a return built from scratch).

What is carried forward is the exception: which rows are hidden, and what the formulas beside an open plan or a question
show, is different for each provider. The sheets with such rows have marks of their own, and are stamped too.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

from xlkpi.catalogue.load import Catalogue
from xlkpi.errors import PlanError
from xlkpi.layout.addresses import ReturnKey
from xlkpi.layout.carried_forward import HIDDEN
from xlkpi.layout.plan import ReturnLayout, get_layout, plan_from
from xlkpi.layout.provider_texts import ProviderTexts
from xlkpi.writing.package_parts import EPOCH, LEVEL, pack_parts
from xlkpi.writing.returns.write_return import write_parts

_SPELT = re.compile("(_x[0-9A-Fa-f]{4}_)")
OPEN, CLOSE = "\ue000", "\ue001"
STRINGS, CORE = "xl/sharedStrings.xml", "docProps/core.xml"


class _Marks(dict[str, str]):
    """Facts of no provider: every text is its own mark."""

    def __missing__(self, name: str) -> str:
        return f"{OPEN}{name}{CLOSE}"

    def get(self, name: str, _default: object = None) -> str:
        return self[name]


@dataclass(frozen=True)
class Template:
    """A packed workbook without its provider's parts, and those parts cut at the marks: text, mark, text and so on."""

    base: bytes
    parts: Mapping[str, tuple[str, ...]]

    def stamp(self, facts: ProviderTexts) -> bytes:
        """The workbook of one provider; the same facts give the same bytes."""
        target = io.BytesIO(self.base)
        with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as package:
            for name, pieces in self.parts.items():
                content = _filled(pieces, facts, _in_strings if name == STRINGS else _in_title)
                package.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED, LEVEL)
        return target.getvalue()


def template_of(catalogue: Catalogue, key: ReturnKey) -> Template:
    """Give the template of a key, as it was made before where it is one of the last. Raises as `make_template` does."""
    return _template(get_layout(catalogue, key))


@lru_cache(maxsize=64)  # of about 100 KB each: what builds again in one process, as a script does, has most of them
def _template(layout: ReturnLayout) -> Template:
    return make_template(layout.catalogue, layout.key)


def make_template(catalogue: Catalogue, key: ReturnKey) -> Template:
    """Build the template of a key from scratch. Raises PlanError if a mark didn't reach the file as planned."""
    plan = plan_from(get_layout(catalogue, key), ProviderTexts(_Marks()))
    fixed, parts = {}, {}
    optional = {f"xl/worksheets/sheet{n}.xml": s.optional_rows for n, s in enumerate(plan.sheets, start=1)}
    for name, content in write_parts(plan).items():
        if name in (STRINGS, CORE) or OPEN.encode() in content:
            parts[name] = _cut(_with_row_marks(content.decode(), optional.get(name, ())))
        else:
            fixed[name] = content
    wanted = {slot.value for sheet in plan.sheets for slot in sheet.slots if slot.kind.stamped}
    missing = wanted - {f"{OPEN}{mark}{CLOSE}" for mark in parts[STRINGS][1::2]}
    if missing:
        message = f"marks lost in the table of strings: {sorted(map(str, missing))}"
        raise PlanError(message)
    return Template(pack_parts(fixed), parts)


def _with_row_marks(sheet: str, optional_rows: Iterable[tuple[int, str]]) -> str:
    """Put the mark of each optional row where the attribute is that hides it."""
    for row, mark in optional_rows:
        sheet, changed = re.subn(rf'(<row r="{row}"[^>]*){HIDDEN}', rf"\1{mark}", sheet)
        if changed != 1:
            message = f"XlsxWriter no longer hides row {row} as it did"
            raise PlanError(message)
    return sheet


def _cut(text: str) -> tuple[str, ...]:
    """A part cut at its marks: odd pieces are the marks' names."""
    pieces: list[str] = []
    for opened in text.split(OPEN):
        mark, closed, rest = opened.partition(CLOSE)
        pieces.extend((mark, rest) if closed else (opened,))
    return tuple(pieces)


def _filled(pieces: tuple[str, ...], facts: ProviderTexts, spell: Callable[[str], str]) -> bytes:
    out = list(pieces)
    for index in range(1, len(out), 2):
        out[index] = spell(facts[out[index]])
    return "".join(out).encode()


def _in_strings(text: str) -> str:
    """Write a text for the table of strings; what would be read there as an escape is itself escaped."""
    return _in_title(_SPELT.sub(r"_x005F\1", text))


def _in_title(text: str) -> str:
    """Write a text for any part; a character that XML forbids is written _xHHHH_, as in Excel."""
    spelt = "".join(c if c >= " " or c in "\t\n" else f"_x{ord(c):04X}_" for c in text)
    return escape(spelt)
