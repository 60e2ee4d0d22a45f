"""A folder and the master made of it tell the same, and an earlier master serves as history."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from tests.consolidation.county_sample import county as sample
from tests.consolidation.return_builders import CATALOGUE, rubbish, together
from tests.feedback.feedback_sample import BY, EARLIER, HALF, LAST, NAMES, county, everything
from xlkpi.consolidation.series import build_series
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.feedback.provider_facts import gather_from_consolidation, gather_from_master
from xlkpi.feedback.scorecard import build_scorecards
from xlkpi.reading.masters.data import read_master_rows
from xlkpi.reading.masters.lists import read_master
from xlkpi.sheets.master.about import RunInfo
from xlkpi.sheets.master.plan_master import plan_master
from xlkpi.sheets.master.trends import plan_trends
from xlkpi.writing.workbook import render_workbook


def master_of(result, *, trends=True):
    book = plan_master(result, CATALOGUE, RunInfo("1"))
    sheets = [sheet for sheet in book.sheets if sheet.name != "Trends"]
    if trends:
        sheets.append(plan_trends(result, CATALOGUE, build_series(result, CATALOGUE)))
    return render_workbook(replace(book, sheets=tuple(sheets)))


def planned(source):
    return build_scorecards(source, CATALOGUE, BY)


def test_a_whole_county_with_rubbish_late_and_missing_returns_tells_the_same():
    files, register = sample()
    result = together(files, register=register)
    folder, master = gather_from_consolidation(result), gather_from_master(read_master("m.xlsx", master_of(result)))
    assert (folder.period, folder.rows, folder.missing) == (master.period, master.rows, master.missing)
    assert [provider.findings for provider in folder.returned] == [provider.findings for provider in master.returned]
    assert planned(folder) == planned(master)
    assert len(folder.returned) > 20
    assert [provider.provider for provider in folder.missing] == ["The Orchard (Faversham)"]


def test_what_came_in_a_returns_place_is_told_alike():
    files, register = sample()
    for name in ("P013 a.xlsx", "P013 b.pdf"):
        files[name] = rubbish(name)
    result = together(files, register=register)
    (missing_provider,) = gather_from_consolidation(result).missing
    assert (missing_provider.provider_id, len(missing_provider.unusable_files)) == ("P013", 2)
    assert gather_from_master(read_master("m.xlsx", master_of(result))).missing == (missing_provider,)


@pytest.fixture(scope="module")
def with_history():
    earlier = {period: everything(12, 20) for period in (*EARLIER, HALF)}
    return county([everything(19, 20)] * 3, names=NAMES[:3], earlier=earlier)


def test_the_trend_comes_out_of_the_masters_own_sheet(with_history):
    folder = gather_from_consolidation(with_history)
    master = gather_from_master(read_master("m.xlsx", master_of(with_history)))
    assert planned(folder) == planned(master)
    assert any(line.history for line in planned(master)[0].lines)


def test_figures_returned_under_another_reading_keep_it_in_trends():
    figures = {**everything(19, 20), "KPI S2": (1, 20)}
    earlier = {LAST: figures, HALF: figures}
    result = county([figures] * 3, names=NAMES[:3], earlier=earlier, as_written=("KPI S2",))
    master = gather_from_master(read_master("m.xlsx", master_of(result)))
    assert planned(master) == planned(gather_from_consolidation(result))


def test_without_trends_there_is_no_history_and_an_earlier_master_brings_it(with_history):
    alone = gather_from_master(read_master("m.xlsx", master_of(with_history, trends=False)))
    assert not any(line.history for card in planned(alone) for line in card.lines)
    before = read_master_rows("m.xlsx", master_of(with_history))
    assert {row.period for row in before.earlier} == {*EARLIER, HALF}
    assert {row.provider_id for row in before.earlier} == {"P001"}, "the county's rows are nobody's"


def test_a_master_can_be_read_without_the_periods_before(with_history):
    data = master_of(with_history)
    own = read_master("m.xlsx", data, with_earlier=False).entries
    assert own == replace(read_master("m.xlsx", data).entries, earlier=())


def test_history_from_elsewhere_never_replaces_what_is_there(with_history):
    source = gather_from_consolidation(with_history)
    forged = tuple(replace(row, x=0) for row in with_history.earlier)
    assert planned(source.with_history(forged)) == planned(source)


@pytest.fixture(scope="module")
def loaded(with_history):
    """A master in openpyxl: each of the next tests takes one thing out, and puts it back."""
    return openpyxl.load_workbook(io.BytesIO(master_of(with_history)))


def bytes_of(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("sheet", ["Data", "Findings", "Files", "Missing"])
def test_a_master_that_has_lost_a_list_is_refused(loaded, sheet):
    lost, place = loaded[sheet], loaded.sheetnames.index(sheet)
    loaded.remove(lost)
    data = bytes_of(loaded)
    loaded._sheets.insert(place, lost)
    with pytest.raises(UnreadableFile, match=f"it has no sheet {sheet}") as caught:
        read_master("m.xlsx", data)
    assert caught.value.reason is Unreadable.NOT_A_MASTER


def test_a_list_without_its_headers_is_refused(loaded):
    header = loaded["Findings"]["A1"]
    before, header.value = header.value, "weight"
    data = bytes_of(loaded)
    header.value = before
    with pytest.raises(UnreadableFile, match="Findings contains the headers severity"):
        read_master("m.xlsx", data)


def test_a_finding_of_a_file_that_was_not_used_is_nobodys_to_fix():
    files, register = sample()
    result = together(files, register=register)
    used = {row.file for row in result.files if row.status.value == "used"}
    for provider in gather_from_consolidation(result).returned:
        assert {finding.file for finding in provider.findings} <= used
