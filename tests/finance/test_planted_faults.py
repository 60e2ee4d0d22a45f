"""20,000 invoices with known faults: every planted fault is found and classed, and none is invented."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from tests.finance.ledger_builders import finance_council, returns
from tests.finance.pandas_oracle import recomputed
from tests.finance.planted_faults import END, HEADER, START, large_world
from xlkpi.core.lot import Provider
from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.council.lists import csv_rows
from xlkpi.finance.finance_check import check_finance
from xlkpi.finance.ledger import read_ledger
from xlkpi.finance.providers import ProviderDirectory

pytestmark = pytest.mark.xdist_group("20,000 invoices")  # they are made once
LINE = re.compile(r" line (\d+)")


@pytest.fixture(scope="module")
def world():
    return large_world()


@pytest.fixture(scope="module")
def register(world):
    return tuple(
        Provider(provider, name, world.kinds[provider], lots=("1a",)) for provider, name in world.names.items()
    )


@pytest.fixture(scope="module")
def check(world, register, tmp_path_factory):
    result = returns({int(provider[1:]): pair for provider, pair in world.returned.items()}, register=register)
    path = tmp_path_factory.mktemp("planted") / "ledger.csv"
    path.write_text(world.csv_text(","), encoding="utf-8")
    return check_finance(result, finance_council(path, register=register))


@pytest.fixture(scope="module")
def part(world):
    """The first rows of the ledger: its spellings come again and again."""
    return replace(world, rows=world.rows[:3_000])


def read_as(part, register, path, encoding, delimiter):
    text = part.csv_text(delimiter)
    if encoding == "cp1252":
        text = text.replace("−", "-")  # this sign does not exist there
    path.write_bytes(text.encode(encoding))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_rows, "STEP", 1 << 12)  # so that a file has many pieces
        return read_ledger(path, ProviderDirectory(register, part.names), FinanceSettings())


@pytest.fixture(scope="module")
def as_usual(part, register, tmp_path_factory):
    return read_as(part, register, tmp_path_factory.mktemp("usual") / "ledger.csv", "utf-8", ",")


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-16", "\t"), ("cp1252", ";")])
def test_in_other_spellings_of_a_file_the_same_ledger_is_read(part, register, as_usual, tmp_path, encoding, delimiter):
    read = read_as(part, register, tmp_path / "ledger.csv", encoding, delimiter)
    assert len(read.findings) > 10
    assert_frame_equal(read.invoices, as_usual.invoices)
    assert_frame_equal(read.repeats, as_usual.repeats)
    for facts in ("tally", "rows_read", "rows_set_aside", "set_aside", "findings", "has_due_dates"):
        assert getattr(read, facts) == getattr(as_usual, facts), facts


def found_in(check):
    """Everything the product says, in the form in which faults were planted."""
    agreements = {("class", (line.provider_id, line.agreement.value)) for line in check.lines}
    agreements |= {
        ("reason", (line.provider_id, reason.value)) for line in check.lines for reason in line.explanation.reasons
    }
    for finding in check.findings:
        code = finding.finding.code.name
        if code.startswith(("S2_", "CROSS_")):
            continue  # they repeat the classes
        line = LINE.search(finding.finding.message)
        agreements.add((code, int(line[1]) if line else finding.provider_id))
    return agreements


def test_every_planted_fault_is_found_and_none_is_invented(check, world, capsys):
    faults_found = found_in(check)
    kinds = sorted({kind for kind, _ in faults_found | world.planted})
    planted, missed, invented = (
        Counter(kind for kind, _ in part)
        for part in (
            world.planted,
            world.planted - faults_found,
            faults_found - world.planted,
        )
    )
    with capsys.disabled():
        print(f"\n{'fault':<18}{'planted':>9}{'found':>9}{'missed':>9}{'invented':>10}")
        for kind in kinds:
            right = planted[kind] - missed[kind]
            print(f"{kind:<18}{planted[kind]:>9}{right:>9}{missed[kind]:>9}{invented[kind]:>10}")
    assert len(world.planted) > 150
    assert world.planted - faults_found == set()
    assert faults_found - world.planted == set()


UNUSED = ("LIST_ROW", "LEDGER_PROVIDER", "LEDGER_OTHERS", "LEDGER_DUPLICATE")


def test_every_row_is_accounted_for(check, world):
    ledger = check.ledger
    assert len(world.rows) > 20_000
    assert ledger.tally.blank == world.blank
    assert ledger.rows_read == len(world.rows) - world.blank == ledger.rows_used + ledger.rows_set_aside
    aside = [key for kind, key in world.planted if kind in UNUSED]
    assert [set_aside_row.line for set_aside_row in ledger.set_aside] == sorted(aside)


def test_pandas_on_its_own_comes_to_the_same_figures(check, world):
    frame = pd.DataFrame(world.rows, columns=HEADER)
    expected = recomputed(frame, set(world.names), START, END)
    results = {
        line.provider_id: (
            line.ledger.submitted,
            line.ledger.disputed,
            line.ledger.late,
            line.ledger.late_or_disputed,
        )
        for line in check.lines
        if line.ledger.submitted
    }
    assert results == expected.counts
    whole = check.payment.whole
    assert (whole.paid, whole.within) == (expected.paid, expected.within)
    assert {month.name: (month.paid, month.within) for month in check.payment.months} == expected.months
    assert check.disputes.open_count == expected.open
    assert sum(provider.disputes for provider in check.disputes.providers) == sum(
        x for _, x, _, _ in expected.counts.values()
    )
