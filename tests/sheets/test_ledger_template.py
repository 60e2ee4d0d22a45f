"""The blank ledger workbook: LibreOffice on typed invoices comes to what Python says of the same ledger."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from tests.finance.ledger_builders import blank_ledger, finance_council, returns
from tests.finance.pandas_oracle import parsed
from tests.finance.planted_faults import HEADER, plant
from tests.judge.ironcalc_engine import row_and_column
from tests.judge.more_engines import cached, package_of
from xlkpi.core.lot import Provider
from xlkpi.finance.finance_check import check_finance
from xlkpi.sheets.ledger_template.names_and_columns import CHECK_HEADERS, INVOICE_HEADERS, PROVIDERS, ROWS

pytestmark = pytest.mark.xdist_group("blank ledger")  # it is written once
LIVE = (
    "x ledger",
    "y ledger",
    "x difference",
    "y difference",
    "late",
    "late or disputed",
    "undisputed",
    "on time and undisputed",
    "RAG return",
    "RAG return as written",
    "RAG ledger",
    "RAG ledger as written",
    "RAG on time and undisputed",
    "class",
)
NO_DIGITS = str.maketrans("", "", "0123456789")
EXCEL_2010 = """
    IF AND OR NOT ISNUMBER ISTEXT ISNA MATCH COUNTA SUMPRODUCT ROW SUM SUMIF COUNTIF COUNTIFS AVERAGEIFS IFERROR ABS N
    DATE YEAR MONTH CHOOSE SUMIFS SUBSTITUTE MAX MIN ROUND LEFT MOD
"""


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    path = tmp_path_factory.mktemp("blank") / "ledger.xlsx"
    path.write_bytes(blank_ledger())
    return path


@pytest.fixture(scope="module")
def opened(blank, calc_of_module):
    """It in LibreOffice, opened once: the first test looks at it as it is, the next ones type into it."""
    return calc_of_module(blank)


@pytest.fixture(scope="module")
def world():
    return plant(invoices=600, providers=28, seed=7)


@pytest.fixture(scope="module")
def check(world, tmp_path_factory):
    path = tmp_path_factory.mktemp("blank") / "ledger.csv"
    path.write_text(world.csv_text(), encoding="utf-8")
    register = tuple(
        Provider(provider, name, world.kinds[provider], lots=("1a",)) for provider, name in world.names.items()
    )
    result = returns({int(provider[1:]): pair for provider, pair in world.returned.items()}, register=register)
    return check_finance(result, finance_council(path, register=register))


def typed_rows(world):
    """The ledger as a person would have it in cells: days and sums as numbers, what is neither as the text it is."""
    frame = pd.DataFrame(world.rows, columns=HEADER)
    for name in HEADER:
        if name.endswith("_date"):
            days = (parsed(frame[name]) - pd.Timestamp("1899-12-30")).dt.days
            frame[name] = days.astype(object).where(days.notna(), frame[name])
    frame["amount"] = frame["amount"].map(typed_sum)
    sound = ~frame["invoice_no"].isin(["#N/A"]) & ~frame["received_date"].isin(["01/05/1926"])  # Excel's own meaning
    return [[value if isinstance(value, str) else float(value) for value in row] for row in frame[sound].to_numpy()]


def typed_sum(text):
    plain = re.sub(r"[£, ]", "", text)
    sign = -1 if re.search(r"[-−(]|CR$", plain) else 1
    number = re.sub(r"[()−-]|CR$|DR$", "", plain)
    return sign * float(number) if re.fullmatch(r"\d+\.\d\d", number) and not re.search(r",\d\d?,", text) else text


@pytest.fixture(scope="module")
def filled(opened, world, check):
    """The workbook with the whole ledger typed in, providers and returned figures too."""
    opened.document.enableAutomaticCalculation(False)  # once, when everything is there
    rows = typed_rows(world)
    opened.cell("Invoices", f"A2:J{len(rows) + 1}").setDataArray(tuple(map(tuple, rows)))
    lines = [
        (line.provider_id, line.provider, check.types[line.provider_id],
         *("" if value is None else float(value) for value in (line.returned.x, line.returned.y)))
        for line in check.lines
    ]  # fmt: skip
    opened.cell("S2 check", f"A2:E{len(lines) + 1}").setDataArray(tuple(lines))
    opened.document.calculate()
    return opened


def numbers(values):
    return [float(value) if not isinstance(value, str) and value is not None else value or "" for value in values]


@pytest.mark.office
@pytest.mark.slow
def test_libreoffice_agrees_with_every_cached_value_of_the_empty_book(blank, opened):
    values = cached(blank.read_bytes())
    assert len(values) > 1_000
    for sheet in opened.sheet_names:
        places = {row_and_column(address): value for (name, address), value in values.items() if name == sheet}
        shown = opened.values(sheet, f"A1:AZ{max(row for row, _ in places)}")
        differing = {at: value for at, value in places.items() if shown[at[0] - 1][at[1] - 1] != value}
        assert differing == {}, sheet


@pytest.mark.office
@pytest.mark.slow
def test_what_cannot_be_used_is_said_beside_it(opened):
    book = opened
    book.cell("S2 check", "A2:B2").setDataArray((("P001", "One"),))
    rows = (
        ("P001", "A", "", "", 46150.0, 5.0),
        ("P002", "A", "", "", 46150.0, 5.0),
        ("P001", "", "", "", 46150.0, 5.0),
        ("P001", "B", "", "", "", 5.0),
        ("P001", "C", "", "", "01/05/26?", 5.0),
        ("P001", "D", "", "", 46150.0, "five"),
        ("P001", "E", "", "", 46150.0, -5.0),
        ("P001", "A", "", "", 46150.0, 5.0),
        ("P001", "A", "", "", 46160.0, 5.0),
    )
    book.cell("Invoices", f"A2:F{len(rows) + 1}").setDataArray(rows)
    kind, texts = (INVOICE_HEADERS.index(name) for name in ("counts as", "look at"))
    shown = book.values("Invoices", "A2:V11")
    assert [(row[kind], row[texts]) for row in shown] == [
        ("invoice", ""),
        ("not used", "provider_id is not on S2 check"),
        ("not used", "invoice_no is empty"),
        ("not used", "received_date is empty"),
        ("not used", "received_date is text, not a date"),
        ("invoice", ""),
        ("credit note", ""),
        ("duplicate", ""),
        ("resubmitted invoice", ""),
        ("", ""),
    ]
    assert book.get("S2 check", "G2") == 2
    late = ("P001", "D", "", "", 46170.0, 5.0)
    book.cell("Invoices", "A11:F11").setDataArray((late,))
    assert book.values("Invoices", "K11:K11")[0][0] == "invoice"  # what cannot be used makes no row a repeat
    book.cell("Invoices", "A11:F11").setDataArray((("",) * 6,))
    assert book.get("Start", "A19") is None or book.get("Start", "A19") == ""
    assert book.get("Start", "A20") == "4 rows of Invoices are not used: see the column look at."
    book.set("Invoices", f"A{ROWS + 5}", "P001")
    assert "below row 2001" in book.get("Start", "A19")
    book.set("Invoices", f"A{ROWS + 5}", None)


@pytest.mark.office
@pytest.mark.slow
def test_typed_invoices_come_to_what_python_says(filled, check):
    from xlkpi.sheets.finance.invoice_check import HEADERS, plan_invoice_check

    planned = [
        dict(zip(HEADERS, row, strict=True)) for row in plan_invoice_check(check.indicator.words, check).tables[0].rows
    ]
    shown = filled.values("S2 check", f"A2:X{len(planned) + 1}")
    results = [[row[CHECK_HEADERS.index(name)] for name in LIVE] for row in shown]
    wanted = [numbers(row[name] for name in LIVE) for row in planned]
    for shown_row, other, row in zip(results, wanted, planned, strict=True):
        assert shown_row == pytest.approx(other), row["provider_id"]
    assert len({row[-1] for row in results}) >= 6  # every class but Small difference


@pytest.mark.office
@pytest.mark.slow
def test_prompt_payment_and_disputes_come_to_what_python_says(filled, check):
    payment, clock = check.payment, check.disputes

    def row(cells):
        return list(filled.values("Prompt payment", cells)[0])

    def wanted(ledger):
        apart = (
            ledger.late,
            ledger.share,
            0.9,
            ledger.against(90).value,
            ledger.disputed_measured,
            ledger.disputed_within,
        )
        return numbers((ledger.received, ledger.paid, ledger.within, *apart, ledger.undisputed_share))

    assert row("B6:K6") == pytest.approx(wanted(payment.whole))
    types = {line[0]: line[1:] for line in filled.values("Prompt payment", "A10:K14")}
    for ledger in payment.types:
        assert list(types[ledger.name]) == pytest.approx(wanted(ledger))
    months = {line[0]: line[1:] for line in filled.values("Prompt payment", "A19:K24")}
    for ledger in payment.months:
        assert list(months[ledger.name]) == pytest.approx(wanted(ledger))
    each = {line[0]: line[1:] for line in filled.values("Prompt payment", f"A30:K{29 + PROVIDERS}") if line[0]}
    for ledger in payment.providers:
        assert list(each[ledger.name]) == pytest.approx(wanted(ledger))
    disputes = {line[0]: line[2:] for line in filled.values("Disputes", f"A2:L{PROVIDERS + 2}") if line[0]}
    for ledger in clock.providers:
        days = (ledger.to_dispute, ledger.to_resolution, ledger.to_payment)
        expected = numbers((ledger.disputes, *("" if day is None else day for day in days), ledger.open, *ledger.ages))
        assert list(disputes[ledger.provider_id]) == pytest.approx(expected)
    assert disputes["All"][4] == clock.open_count


def test_only_functions_of_excel_2010_are_used(blank):
    sheets = package_of(blank.read_bytes()).cells.values()
    texts = {cell.formula for cells in sheets for cell in cells.values() if cell.formula}
    kinds = {text.translate(NO_DIGITS) for text in texts}  # those of 2,000 rows are alike but for their numbers
    used = {word for text in kinds for word in re.findall(r"\b([A-Z.]+)\(", re.sub(r'"[^"]*"', "", text))}
    assert used <= set(EXCEL_2010.split())
    assert max(map(len, texts)) < 8192


RANGE = r"\$[A-Z]+\$2:\$[A-Z]+\$(\d+)"


def test_formulas_look_at_every_row_there_is_room_for(blank):
    """Fewer invoices are typed in above than there is room for: a range that ends too early would not be noticed."""
    sheets = package_of(blank.read_bytes()).cells
    invoices = {ref: cell.formula for ref, cell in sheets.pop("Invoices").items() if cell.formula}
    first, last = (
        {ref.removesuffix(row): formula for ref, formula in invoices.items() if re.fullmatch(f"[A-Z]+{row}", ref)}
        for row in ("2", "2001")
    )
    assert len(invoices) == 2_000 * len(first)
    assert last.keys() == first.keys()
    others = [cell.formula for cells in sheets.values() for cell in cells.values() if cell.formula]
    assert {row for formula in last.values() for row in re.findall(f"(?<!!){RANGE}", formula)} == {"2001"}
    assert {row for formula in others for row in re.findall(RANGE, formula)} == {"2001", "61"}
