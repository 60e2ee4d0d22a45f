"""One workbook in thirty legal spellings reads as the same workbook."""

from __future__ import annotations

import pytest

from tests.corpus import raw_workbook as corpus
from tests.corpus.legal_dialects import DIALECTS
from xlkpi.ooxml.workbook import open_workbook

ORIGINAL = corpus.sample()


def read(data: bytes) -> dict[str, object]:
    return corpus.facts(open_workbook("return.xlsx", data=data))


def test_the_sample_reads_as_it_was_written():
    sample_read = read(ORIGINAL)
    assert sample_read["cells"] == corpus.CELLS
    assert sample_read["names"] == corpus.NAMES
    assert sample_read["states"] == [
        ("Cover", "visible"), (corpus.KPI, "visible"), (corpus.QUOTED, "visible"), ("_meta", "veryHidden"),
    ]  # fmt: skip
    assert sample_read["protected"] == [corpus.KPI]
    assert sample_read["hidden"]["Cover"] == (frozenset(), {8, 9, 10})
    assert sample_read["hidden"][corpus.KPI] == ({11, 12}, frozenset())
    assert sample_read["merges"] == {"Cover": ("D1:E2",), corpus.KPI: ("B4:D4",), corpus.QUOTED: (), "_meta": ()}
    assert sample_read["validations"][corpus.KPI] == ("F7:G8", "I9", "I10:J10")
    assert sample_read["saved"] == ("2026-10-14T09:30:00Z", "Microsoft Excel", False, False)


@pytest.mark.parametrize("name", DIALECTS)
def test_every_legal_spelling_reads_the_same(name):
    changed = DIALECTS[name](ORIGINAL)
    assert changed != ORIGINAL, "a dialect that changes nothing judges nothing"
    assert read(changed) == read(ORIGINAL)


@pytest.mark.parametrize("second", ["prefix", "strict", "single_quotes", "streamed", "odd_names"])
@pytest.mark.parametrize("first", ["no_addresses", "inline_strings", "runs_and_phonetics", "iso_dates", "explicit"])
def test_spellings_in_combination(first, second):
    assert read(DIALECTS[second](DIALECTS[first](ORIGINAL))) == read(ORIGINAL)
