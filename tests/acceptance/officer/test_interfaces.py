"""What people, scripts and other systems rely on, by hand: commands, columns, functions and their arguments.

The documents themselves (`--json`), names of cells and sheets have tests where they are made; here is what no other
test names one by one. Change it only together with everything that reads it, and say so in the change log.
"""

from __future__ import annotations

import inspect
from fractions import Fraction

import pytest

import xlkpi
from xlkpi.cli.main import make_parser
from xlkpi.council.decisions.kinds import DecisionKind
from xlkpi.council.decisions.log_row import LOG_COLUMNS
from xlkpi.council.lists.finance_columns import EXTRACT, LEDGER
from xlkpi.council.register.register_columns import REGISTER
from xlkpi.council.targets import TARGET_COLUMNS
from xlkpi.hosts.functions import FIELDS, FUNCTIONS

COMMANDS = """\
demo
demo DIR
new DIR
new DIR --catalogue FOLDER
build
build REGISTER --period P --out DIR --edition native --previous M.xlsx
build REGISTER --period P --out DIR --edition udf
check A.xlsx B.xlsx --json --annotate DIR
consolidate
consolidate FOLDER --out M.xlsx --register R --previous F --previous M --ledger L --ledger K --extract X --decisions D
consolidate FOLDER --out M.xlsx --period P --as-of 2026-11-24 --data DIR --jobs 2 --scheduler A --no-cache --json
finance
finance FOLDER --ledger L K --out F.xlsx --extract X --extract Y --json --columns amount=Sum
feedback
feedback MASTER --out DIR
decide agree figures --provider ID --period P --indicator C --value V --why T --by N
decide use --file NAME --why T
escalate
escalate --json
status
status --json
explain CODE
catalogue check FOLDER
catalogue example FOLDER
catalogue use FOLDER
doctor
"""


@pytest.mark.parametrize("line", COMMANDS.splitlines())
def test_a_command_is_called_as_it_was_promised(line):
    command, *words = line.split()
    assert make_parser().parse_args([command, *words]).command == command


LISTS = {
    "register": (
        REGISTER.names,
        "provider_id, provider, type, lots, transport, contract_ref, contract_start, contract_end, extended_to, "
        "review_date, contract_value, contract_manager, lead_director, department, supplied, supplier_numbers, email, "
        "contact_1, contact_2, contact_3",
    ),
    "decisions": (LOG_COLUMNS, "decided_on, decided_by, decision, provider_id, period, indicator, file, value, why"),
    "targets": (
        TARGET_COLUMNS.names,
        "indicator, from_period, red, amber, green, stretch, reference, agreed_by, agreed_on",
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_the_columns_of_a_list(name):
    columns, promised = LISTS[name]
    assert ", ".join(columns) == promised


def test_every_column_of_finance_s_lists_is_read():
    ledger = (
        "provider_id invoice_no invoice_date due_date received_date amount disputed_date dispute_reason resolved_date"
    )
    assert {*ledger.split(), "paid_date"} <= set(LEDGER.names)
    assert {"provider_id", "period", "indicator", "x", "y"} <= set(EXTRACT.names)


def test_the_kinds_of_decision():
    promised = (
        "use, set aside, received on, lock, reopen, agree figures, plan agreed, plan delivered, plan failed, "
        "plan not proportionate, warning sent, step declined, minutes sent, minutes agreed, contacts accepted, close"
    )
    assert {kind.value for kind in DecisionKind} == set(promised.split(", "))


def test_the_functions_with_their_arguments_in_their_order():
    assert {each.name: " ".join(argument.name for argument in each.arguments) for each in FUNCTIONS} == {
        "KPI_OUTTURN": "kpi x y reading period",
        "KPI_RAG": "kpi x y reading period",
        "KPI_CHECK": "kpi x y reading period",
        "KPI_GAP": "kpi x y reading period",
        "KPI_DUE": "kpi period reading",
        "KPI_ABOUT": "kpi field reading period",
        "KPI_S2": "submitted disputed late reading",
    }
    optional = [argument.name for each in FUNCTIONS for argument in each.arguments if argument.optional]
    assert set(optional) == {"reading", "period"}
    fields = {"description", "x", "y", "red", "amber", "green", "frequency", "measured", "reading"}
    assert fields <= set(FIELDS)


def test_the_functions_of_python():
    assert str(inspect.signature(xlkpi.assess)).startswith(
        "(code: 'str', x: 'Raw', y: 'Raw', *, reading: 'Union[str, Reading]' = 'effective', due: 'bool' = True)"
    )
    assessed = xlkpi.assess("KPI S3", 18, 20)
    assert (assessed.state.value, assessed.rag.value) == ("Amber", "Amber")
    assert (assessed.outturn, assessed.message) == (Fraction(9, 10), "")
    assert xlkpi.load_catalogue().version == xlkpi.load_catalogue(None, None).version
    assert next(iter(inspect.signature(xlkpi.check_return).parameters)) == "path"
    for name in ("build_returns", "check_return", "consolidate", "finance_check", "make_feedback"):
        assert callable(getattr(xlkpi, name))
