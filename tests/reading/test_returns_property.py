"""Whatever is typed into the inputs: nothing raises, and every figure that is read is the oracle's."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from html import escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.judge import oracle
from tests.reading.return_edits import checked, clean, entries, place, planned
from xlkpi.commands.check import annotated_copy

INPUTS = sorted(
    name
    for name, (_, slot) in planned().named().items()
    if slot.kind.unlocked and not name.startswith("Return.contact")
)
COUNTS = [name for name in INPUTS if name.endswith((".x", ".y"))]
SOUND = checked(clean())
PARTS = {sheet.name: f"xl/worksheets/sheet{n}.xml" for n, sheet in enumerate(planned().sheets, start=1)}

seen = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)
contents = st.one_of(
    st.none(),
    st.integers(0, 60),
    st.integers(-(10**6), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    seen,
    st.sampled_from(("12 visits", " 12 ", "1,200", "#N/A", "#REF!", "=1+1", "3/10/2026", "\n", "\t12", "\u202ex")),
    st.text(max_size=30).filter(lambda text: all(c in "\t\n" or " " <= c < "\ud800" for c in text)),
)


def as_cell(ref, content):
    """A cell as another program might write it; text stands in the cell itself."""
    if content is None:
        return ""
    if isinstance(content, bool):
        return f'<c r="{ref}" t="b"><v>{int(content)}</v></c>'
    if isinstance(content, str):
        if content.startswith("#"):
            return f'<c r="{ref}" t="e"><v>{escape(content)}</v></c>'
        return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{escape(content)}</t></is></c>'
    return f'<c r="{ref}"><v>{content!r}</v></c>'


@cache
def _clean_parts():
    with zipfile.ZipFile(io.BytesIO(clean())) as source:
        return {name: source.read(name) for name in source.namelist()}


def retyped(cells):
    """The clean return with other contents in named cells, written without any library."""
    target = io.BytesIO()
    parts = dict(_clean_parts())
    with zipfile.ZipFile(target, "w") as out:
        for name, content in cells.items():
            sheet, ref = place(name)
            text = parts[PARTS[sheet]].decode()
            pattern = rf'<c r="{ref}"(?: [^>/]*)?(?:/>|>.*?</c>)'
            text, count = re.subn(pattern, lambda _, ref=ref, content=content: as_cell(ref, content), text, count=1)
            if count != 1:
                raise AssertionError(name)
            parts[PARTS[sheet]] = text.encode()
        for name, data in parts.items():
            out.writestr(name, data)
    return target.getvalue()


def as_judged(content):
    """What the oracle is to make of a cell: an error value and a date are no counts, a text is what it is."""
    return float(content) if isinstance(content, int) and not isinstance(content, bool) else content


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.dictionaries(st.sampled_from(INPUTS), contents, min_size=1, max_size=12))
def test_any_content_in_any_input_is_read_without_raising_and_rated_as_the_oracle_says(cells):
    checked_return = checked(retyped(cells))
    assert checked_return.entries
    before = {e.code: e for e in SOUND.entries}
    for entry in checked_return.entries:
        slug = entry.code.replace(" ", "_")
        was = before[entry.code]
        x, y = (as_judged(cells.get(f"{slug}.{part}", figure)) for part, figure in (("x", was.x), ("y", was.y)))
        if not entry.due or any(isinstance(count, str) and not count.strip() for count in (x, y)):
            continue  # what nobody can see is for test_count to judge
        wanted = oracle.expected(entry.code, x, y)
        assert (entry.state.value, entry.outturn) == (wanted.state, wanted.outturn)
        assert (entry.rag.value if entry.rag else None, entry.gap) == (wanted.rag, wanted.gap)
        assert (entry.x, entry.y) == (oracle.whole(x), oracle.whole(y))
    for count in checked_return.findings:
        assert count.message == count.message.strip()
        assert count.sheet
    touched = {name.partition(".")[0].replace("_", " ") for name in cells}
    assert entries(checked_return, *touched) == entries(SOUND, *touched)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.dictionaries(st.sampled_from(COUNTS), contents, min_size=1, max_size=8))
def test_every_finding_can_be_marked_in_a_copy(cells):
    data = retyped(cells)
    checked_return = checked(data)
    copy = annotated_copy(checked_return, data)
    assert copy is not None
    assert entries(checked(copy)) == entries(checked_return)
