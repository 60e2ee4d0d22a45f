"""Data and Findings for Power BI: read back by pandas, pyarrow and the csv module."""

from __future__ import annotations

import csv
import io
import sys
from fractions import Fraction

import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.consolidation.county_sample import county
from tests.consolidation.return_builders import build_return, manifest, together
from tests.sheets.test_master import DATA_COLUMNS
from xlkpi.errors import UnwritableFile
from xlkpi.sheets.master.export_tables import data_table, findings_table
from xlkpi.writing.table_files import ColumnType, ExportTable, as_csv, as_parquet, parquet_is_available, write_tables

HOSTILE = "=cmd|' /C calc'!A0"


@pytest.fixture(scope="module")
def result():
    files, register = county()
    return together(files, register=register)


def read_csv(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_data_has_the_columns_that_others_rely_on(result):
    assert list(read_csv(as_csv(data_table(result)))[0]) == DATA_COLUMNS
    assert pq.read_schema(io.BytesIO(as_parquet(data_table(result)))).names == DATA_COLUMNS


def test_parquet_holds_types_and_every_row(result):
    frame = pd.read_parquet(io.BytesIO(as_parquet(data_table(result))))
    assert len(frame) == len(result.rows)
    assert {name: str(frame[name].dtype) for name in ("x", "y", "outturn", "gap")} == dict.fromkeys(
        ("x", "y", "outturn", "gap"), "float64"
    )
    for row, (_, frame_row) in zip(result.rows, frame.iterrows(), strict=True):
        assert (frame_row["provider_id"], frame_row["indicator"], frame_row["state"]) == (
            row.provider_id, row.indicator, row.state.value,
        )  # fmt: skip
        assert [None if pd.isna(frame_row[name]) else frame_row[name] for name in ("x", "y")] == [row.x, row.y]
        assert row.outturn is None or frame_row["outturn"] == float(row.outturn)
    schema = pq.read_schema(io.BytesIO(as_parquet(data_table(result))))
    assert [str(schema.field(name).type) for name in ("x", "outturn", "provider")] == ["int64", "double", "string"]


def test_csv_and_parquet_say_the_same(result):
    for table in (data_table(result), findings_table(result)):
        rows = read_csv(as_csv(table))
        others = pq.read_table(io.BytesIO(as_parquet(table))).to_pylist()
        texts = [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in others]
        assert rows == texts


def test_a_text_that_would_run_is_guarded_in_csv_and_to_the_letter_in_parquet():
    result = together({"a.xlsx": build_return(manifest(1, HOSTILE), {"KPI S1": (30, 40, "+1")})})
    (first, *_) = read_csv(as_csv(data_table(result)))
    assert (first["provider"], first["comment"]) == (f"'{HOSTILE}", "'+1")
    (first, *_) = pq.read_table(io.BytesIO(as_parquet(data_table(result)))).to_pylist()
    assert (first["provider"], first["comment"]) == (HOSTILE, "+1")


def test_odd_cells_do_not_stop_it():
    table = ExportTable("T", (("a", ColumnType.TEXT), ("b", ColumnType.WHOLE), ("c", ColumnType.SHARE)), [
        ("\ud800x", 10**30, Fraction(1, 3)), (None, -5, None),
    ])  # fmt: skip
    assert pq.read_table(io.BytesIO(as_parquet(table))).to_pylist() == [
        {"a": "?x", "b": None, "c": 1 / 3}, {"a": None, "b": -5, "c": None},
    ]  # fmt: skip
    assert [row["b"] for row in read_csv(as_csv(table))] == [str(10**30), "-5"]
    empty = ExportTable("T", table.columns, [])
    assert pq.read_table(io.BytesIO(as_parquet(empty))).num_rows == 0


def test_the_same_tables_give_the_same_bytes(result, tmp_path):
    tables = (data_table(result), findings_table(result))
    first = {path.name: path.read_bytes() for path in write_tables(tmp_path / "a", tables)}
    again = {path.name: path.read_bytes() for path in write_tables(tmp_path / "b", tables)}
    assert first == again
    assert sorted(first) == ["Data.csv", "Data.parquet", "Findings.csv", "Findings.parquet"]


def test_without_pyarrow_the_csv_files_are_written(result, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    assert not parquet_is_available()
    written = write_tables(tmp_path, (data_table(result), findings_table(result)))
    assert [path.name for path in written] == ["Data.csv", "Findings.csv"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Data.csv", "Findings.csv"]


def test_a_folder_that_is_a_file_is_named(result, tmp_path):
    (tmp_path / "data").write_text("")
    with pytest.raises(UnwritableFile):
        write_tables(tmp_path / "data", (data_table(result),))
