"""The macros over a host made by hand: what they ask, what they hand to a job, and that they end in one message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.hosts.paper_host import PaperDesk
from xlkpi.hosts.jobs import JOBS
from xlkpi.hosts.macros import MACROS, NOTHING_DONE, Outcome, code_in, macro_of, run

INBOX = str(Path("work", "Q2 inbox"))
MASTER = str(Path("work", "Q2 inbox - master.xlsx"))


# --- the table ---


def test_the_menu_is_the_one_that_was_promised():
    assert [(macro.id, macro.label) for macro in MACROS] == [
        ("check", "Check this return"),
        ("new", "New contract folder…"),
        ("status", "Status…"),
        ("build", "Build returns…"),
        ("consolidate", "Consolidate folder…"),
        ("finance", "Finance check…"),
        ("feedback", "Feedback…"),
        ("escalate", "Escalate…"),
        ("decide", "Decide on this row…"),
        ("explain", "Explain this indicator"),
        ("connect", "Connect the KPI functions"),
        ("about", "Doctor"),
    ]
    assert all(macro.help.endswith(".") for macro in MACROS)


def test_every_macro_has_its_job_or_needs_none():
    assert {macro.id for macro in MACROS} == set(JOBS) | {"explain"}


def test_a_label_ends_in_dots_where_a_dialog_asks_for_a_file():
    asking = {"folder", "file", "save", "place"}
    assert [macro.label.endswith("…") for macro in MACROS] == [
        any(ask.kind.value in asking for ask in macro.asks) for macro in MACROS
    ]


# --- what they ask, and what the job gets ---


def test_check_hands_over_the_workbook_in_front():
    desk = PaperDesk(workbook=("/a/return.xlsx", True), outcome=Outcome("2 to fix.", ("/b/marked.xlsx",)))
    run(macro_of("check"), desk)
    assert desk.asked == []
    assert desk.jobs == [("check", {"file": "/a/return.xlsx"})]
    assert desk.told == [("Check this return", "2 to fix.")]
    assert desk.opened == ["/b/marked.xlsx"]


def test_build_asks_for_register_period_and_folder():
    desk = PaperDesk(answers=["work", "register.csv", " 2026-27 Q2 ", "returns"])
    run(macro_of("build"), desk)
    assert [kind for kind, *_ in desk.asked] == ["folder", "file", "text", "folder"]
    assert desk.asked[1][2:] == (".csv", ".xlsx", ".xlsm")
    answers = {"folder": "work", "register": "register.csv", "period": "2026-27 Q2", "out": "returns"}
    assert desk.jobs == [("build", answers)]


def test_a_script_that_knows_the_register_is_not_asked_for_a_folder():
    desk = PaperDesk()
    known = {"register": "register.csv", "period": "2026-27 Q2", "out": "returns"}
    run(macro_of("build"), desk, known)
    assert (desk.asked, desk.jobs) == ([], [("build", known)])


@pytest.fixture
def contract(tmp_path):
    root = tmp_path / "day services"
    (root / "inbox").mkdir(parents=True)
    (root / "xlkpi.toml").touch()
    return root


@pytest.mark.parametrize("macro", ["consolidate", "finance", "feedback", "escalate", "status", "build"])
def test_in_a_contract_folder_nothing_but_the_period_is_asked(contract, macro):
    desk = PaperDesk(workbook=(str(contract / "out" / "KCC master.xlsx"), True), answers=["2026-27 Q2"])
    run(macro_of(macro), desk)
    period = {"period": "2026-27 Q2"} if macro == "build" else {}
    assert desk.jobs == [(macro, {"folder": str(contract), **period})]
    assert [kind for kind, *_ in desk.asked] == ["text"] * len(period)


@pytest.mark.parametrize(
    ("kind", "asked"), [("plan agreed", ["text", "text"]), (" Agree  figures", ["text", "text", "text"])]
)
def test_decide_takes_the_selected_row_and_asks_for_a_value_only_where_there_is_one(contract, kind, asked):
    row = ["2026-27 Q2", "P001", "KPI S2"]
    desk = PaperDesk(workbook=(str(contract / "m.xlsx"), True), row=row, answers=[kind, *["as told"] * len(asked[1:])])
    run(macro_of("decide"), desk)
    ((_, answers),) = desk.jobs
    assert json.loads(answers["row"]) == row
    assert [what for what, *_ in desk.asked] == asked


def test_a_folder_inside_a_contract_folder_means_the_contract_folder(contract):
    desk = PaperDesk(answers=[str(contract / "inbox")])
    run(macro_of("consolidate"), desk)
    assert desk.jobs == [("consolidate", {"folder": str(contract)})]


def test_a_contract_folder_is_made_in_the_folder_that_is_chosen():
    desk = PaperDesk(answers=["empty"], outcome=Outcome("Contract folder: empty", ("empty",)))
    run(macro_of("new"), desk)
    assert (desk.jobs, desk.opened) == ([("new", {"folder": "empty"})], ["empty"])


def test_consolidate_suggests_a_master_beside_the_folder():
    desk = PaperDesk(answers=[INBOX, MASTER])
    run(macro_of("consolidate"), desk)
    assert desk.asked == [
        ("folder", "The contract folder, or a folder with returns"),
        ("save", "Save the master as", MASTER),
    ]
    assert desk.jobs == [("consolidate", {"folder": INBOX, "out": MASTER})]


def test_finance_asks_for_folder_ledger_and_result():
    desk = PaperDesk(answers=[INBOX, "ledger.csv", "out.xlsx"])
    run(macro_of("finance"), desk)
    assert desk.asked[2][2] == str(Path("work", "Q2 inbox - finance check.xlsx"))
    assert desk.jobs == [("finance", {"folder": INBOX, "ledger": "ledger.csv", "out": "out.xlsx"})]


def test_what_a_script_has_already_is_not_asked_for():
    desk = PaperDesk(answers=[MASTER])
    run(macro_of("consolidate"), desk, {"folder": INBOX})
    assert [question[0] for question in desk.asked] == ["save"]
    assert desk.jobs == [("consolidate", {"folder": INBOX, "out": MASTER})]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["KPI S2", "% of invoices"], "KPI S2"),
        (["", " INFO W1 ", "KPI S1"], "INFO W1"),
        (["KPI_S4a"], "KPI S4a"),
        (["kpi s4A"], "KPI S4a"),
        (["see KPI S2", "KPI", "S2"], ""),
        ([], ""),
    ],
)
def test_the_indicator_of_a_row_is_the_cell_that_is_a_code_and_nothing_else(row, code):
    assert code_in(row) == code


def test_explain_tells_of_the_selected_row_and_needs_no_toolkit():
    desk = PaperDesk(row=["KPI S2", "…"])
    outcome = run(macro_of("explain"), desk)
    assert outcome.done
    assert desk.jobs == desk.asked == []
    assert desk.told[0][1].startswith("KPI S2: % of invoices")


def test_explain_asks_where_the_row_names_none():
    desk = PaperDesk(row=["Total"], answers=["W1"])
    outcome = run(macro_of("explain"), desk)
    assert not outcome.done
    assert desk.told == [("Explain this indicator", "“W1” is not an indicator. Perhaps INFO W1 or KPI W1?")]


def test_about_tells_of_the_functions_even_where_the_toolkit_is_missing():
    desk = PaperDesk(outcome=Outcome("It is not installed.", done=False))
    run(macro_of("about"), desk)
    (texts,) = desk.told
    assert "catalogue 2026-27.2" in texts[1]
    assert texts[1].endswith("It is not installed.")


# --- however it ends, there is one message ---


def ways_to_cancel():
    full = {"build": ["r.csv", "2026-27 Q2", "out"], "consolidate": [INBOX, MASTER], "finance": [INBOX, "l", "o"]}
    for name, answers in full.items():
        for number in range(len(answers)):
            for nothing in (None, "", "  "):
                yield name, [*answers[:number], nothing]
    yield "explain", [None]


@pytest.mark.parametrize(("name", "answers"), list(ways_to_cancel()))
def test_a_cancelled_dialog_ends_it(name, answers):
    desk = PaperDesk(answers=answers)
    outcome = run(macro_of(name), desk)
    assert outcome == Outcome(NOTHING_DONE, done=False)
    assert desk.told == [(macro_of(name).title, NOTHING_DONE)]
    assert desk.jobs == desk.opened == []


@pytest.mark.parametrize(
    ("workbook", "says"),
    [
        (("", False), "This workbook is not on this computer yet. Save it here, then choose the command again."),
        (("/a/b.xlsx", False), "This workbook has changes that are not saved. Save it, then choose the command again."),
    ],
)
def test_an_unsaved_workbook_is_not_checked(workbook, says):
    desk = PaperDesk(workbook=workbook)
    run(macro_of("check"), desk)
    assert desk.told == [("Check this return", says)]
    assert desk.jobs == []


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro_text: macro_text.id)
def test_whatever_goes_wrong_is_logged_and_told(macro):
    desk = PaperDesk(answers=["a", "b", "c", "d"], workbook=("/a.xlsx", True), outcome=RuntimeError("a bug"))
    if macro.id == "explain":
        desk.selected_row = lambda: 1 / 0
    outcome = run(macro, desk)
    assert not outcome.done
    assert desk.told == [(macro.title, "The command did not finish. Details are in xlkpi.log.")]
    assert len(desk.logged) == 1
