"""The ladder is data: what contract.md says of it, and what is wrong with a ladder that cannot be used."""

from __future__ import annotations

import json

import pytest

from xlkpi.catalogue.ladder import LADDER_FILE, Condition, StepKind, load_ladder, parse_ladder
from xlkpi.errors import CatalogueError

DATA = json.loads(LADDER_FILE.read_text(encoding="utf-8"))


def test_every_condition_has_one_rung_and_amber_alone_has_no_warning():
    ladder = load_ladder()
    assert {rung.condition for rung in ladder.rungs} == set(Condition)
    ambers = [rung for rung in ladder.rungs if rung.condition.value.startswith("Amber")]
    assert {rung.kind for rung in ambers} == {StepKind.REASONS}


def test_contacts_and_days_are_those_of_the_contract():
    contacts = {rung.kind: rung.contact for rung in load_ladder().rungs}
    assert contacts == {
        StepKind.TERMINATION: 3, StepKind.INTERVENTION: 3, StepKind.WARNING: 2, StepKind.RETURN: 1,
        StepKind.PLAN: 1, StepKind.PROGRESS: 1, StepKind.REASONS: 1,
    }  # fmt: skip
    assert load_ladder().warning_days == 10


def test_the_gravest_comes_first():
    ladder = load_ladder()
    kinds = [rung.kind for rung in ladder.rungs]
    grave = [StepKind.TERMINATION, StepKind.INTERVENTION, StepKind.WARNING]
    assert [kind for kind in dict.fromkeys(kinds) if kind in grave] == grave
    assert [ladder.place(rung) for rung in ladder.rungs] == list(range(len(kinds)))


def changed(**more):
    return {"rungs": [{**DATA["rungs"][0], **more}]}


FAULTS = [
    ({}, "the ladder has no rungs"),
    ({"rungs": []}, "the ladder has no rungs"),
    ({"rungs": [{"condition": "warned"}]}, "rung 1 of the ladder has no step, kind, paragraph, contact, working_days"),
    (changed(condition="late"), "rung 1 of the ladder: “late” is not a condition"),
    (changed(kind="letter"), "rung 1 of the ladder: “letter” is not a kind"),
    (changed(contact=4), "rung 1 of the ladder: contact is 4. Write 1, 2 or 3"),
    (changed(working_days=0), "rung 1 of the ladder: working_days is 0. Write a whole number of 1 or more, or null"),
    (changed(working_days="ten"), "rung 1 of the ladder: working_days is ten. Write a whole number of 1 or more, or"),
    (changed(step=" "), "rung 1 of the ladder: step is empty"),
    (changed(paragraph=3), "rung 1 of the ladder: paragraph is text in quotation marks"),
    ({"rungs": DATA["rungs"][:1] * 2}, "the ladder has two rungs for “warned, still failing, and an agreed plan"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "fault"), FAULTS)
def test_a_ladder_that_cannot_be_used_is_refused_with_every_fault(data, fault):
    with pytest.raises(CatalogueError) as problem:
        parse_ladder(data)
    assert fault in str(problem.value)


def test_a_full_stop_after_a_ground_is_not_doubled():
    assert parse_ladder(changed(ground="Red twice in a row. ")).rungs[0].ground == "Red twice in a row"


def test_a_ladder_without_a_warning_sets_no_days():
    assert parse_ladder({"rungs": DATA["rungs"][-1:]}).warning_days == 0


def test_a_catalogue_folder_may_have_its_own_ladder(tmp_path):
    plain = load_ladder(tmp_path)
    assert [rung.condition for rung in plain.rungs] == [rung.condition for rung in load_ladder().rungs]
    assert not any(rung.paragraph or "Clause" in rung.step for rung in plain.rungs)
    (tmp_path / "ladder.json").write_text(json.dumps({"rungs": DATA["rungs"][-2:]}), encoding="utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "ladder.json").write_text((tmp_path / "ladder.json").read_text(encoding="utf-8"))
    assert [rung.step for rung in load_ladder(tmp_path / "other").rungs] == [row["step"] for row in DATA["rungs"][-2:]]


def test_a_fault_in_it_is_named_with_its_file(tmp_path):
    from xlkpi.council.catalogue_folder import find_catalogue_faults

    (tmp_path / "ladder.json").write_text(json.dumps({"rungs": []}), encoding="utf-8")
    no_rungs = "the ladder has no rungs. Write a list of them, or delete the file to have the plain steps."
    assert f"ladder.json: {no_rungs}" in find_catalogue_faults(tmp_path)
    (tmp_path / "ladder.json").write_text("{", encoding="utf-8")
    assert any(fault.startswith("ladder.json: line 1") for fault in find_catalogue_faults(tmp_path))
