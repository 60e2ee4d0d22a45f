"""Every version of the catalogue that ever left the house: still there, unchanged, and the one in force found."""

from __future__ import annotations

import hashlib
import json
import pickle

import pytest

from tests.small_catalogue import SMALL, small_catalogue
from xlkpi.catalogue.load import SHIPPED, load_catalogue, load_terms, terms_of, version_files
from xlkpi.core.period import Period
from xlkpi.core.target_change import TargetChange

SENT_OUT = {
    "2026-27.1": "a677b5bffde3b60ef4b8fbb728e3157a70c0ed51cd03198ec0f15d23d76726b9",
    "2026-27.2": "39c6c1d13284844f09f19e72c2cb07d2e711e60d6be9ce80b9d5e8395087a3b7",
}
"""Version and sha256 of its file. A change of content is a new version with a new number: returns built with the old
one come back for years, and are read with it."""


def test_no_version_was_changed_after_it_left_the_house():
    files = {file.stem: hashlib.sha256(file.read_bytes()).hexdigest() for file in version_files(SHIPPED)}
    assert files == SENT_OUT


def test_every_version_is_named_as_its_file_and_the_latest_is_in_force():
    assert [catalogue.version for catalogue in load_terms().versions] == list(SENT_OUT)
    assert load_catalogue().version == list(SENT_OUT)[-1]
    assert load_terms().version("2031-32.1") is None


@pytest.fixture
def folder(tmp_path):
    """Versions 9, 10 and 11 of one contract; the last is in force from 2027-28 Q1."""
    for number, more in ((9, {}), (10, {}), (11, {"from_period": "2027-28 Q1"})):
        data = {**json.loads(SMALL), "version": f"small.{number}", **more}
        (tmp_path / f"small.{number}.json").write_text(json.dumps(data), encoding="utf-8")
    return tmp_path


def test_a_period_has_the_latest_version_that_was_in_force_for_it(folder):
    assert [catalogue.version for catalogue in load_terms(folder).versions] == ["small.9", "small.10", "small.11"]
    assert load_catalogue(folder=folder).version == "small.11"
    assert load_catalogue(Period(2027, 1), folder).version == "small.11"
    assert load_catalogue(Period(2026, 4), str(folder)).version == "small.10"


def test_a_period_before_every_version_has_the_first(folder):
    for number in (9, 10):
        (folder / f"small.{number}.json").unlink()
    assert load_catalogue(Period(2026, 4), folder).version == "small.11"


def test_codes_and_titles_are_those_of_all_versions(folder):
    terms = load_terms(folder)
    assert terms.codes == ("KPI S1", "KPI S2", "KPI S3")
    assert terms.section_titles["all"] == "All lots"


def test_one_catalogue_is_in_force_for_every_period():
    small = small_catalogue()
    assert terms_of(small).versions == (small,)
    assert small.in_force(Period(2001, 1)) is small.in_force() is terms_of(small).in_force(Period(2099, 4)) is small


# --- what is sent to another process, and when a return is read again ---

CHANGE = TargetChange("KPI S3", Period(2026, 3), "<80%", "80-90%", ">90%")


def sent(terms):
    """The terms as a worker process has them."""
    return pickle.loads(pickle.dumps(terms))  # noqa: S301 - our own bytes


def test_a_process_makes_the_terms_of_xlkpi_once():
    shipped = load_terms()
    assert sent(shipped) is shipped
    changed = sent(shipped.with_changes([CHANGE]))
    assert (changed.versions, changed.changes) == (shipped.versions, (CHANGE,))
    assert sent(shipped.with_changes([CHANGE])) is changed


def test_the_terms_of_another_contract_cross_processes_whole():
    there = sent(terms_of(small_catalogue()).with_changes([CHANGE]))
    assert (there.versions, there.changes) == ((small_catalogue(),), (CHANGE,))


def test_other_versions_or_targets_are_other_terms():
    shipped, small = load_terms(), terms_of(small_catalogue())
    assert shipped.with_changes([]) is shipped
    digests = [each.digest for each in (shipped, shipped.with_changes([CHANGE]), small, small.with_changes([CHANGE]))]
    assert digests[0] == "", "returns read under the terms of xlkpi are never read again for them"
    assert len(set(digests)) == 4
    assert sent(small).digest == small.digest
