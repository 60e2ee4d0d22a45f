"""The first year of the made-up framework on real files: built, filled in, sent, and read by the commands people type.

Three years of 60 providers: ``python -m tests.by_hand.framework``.
"""

from __future__ import annotations

import pytest

from tests.performance.framework_checks import After
from tests.performance.framework_files import Framework
from tests.performance.framework_stories import QUARTERS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The contract folder after a year, and every fault of its second, third and fourth quarter."""
    framework = Framework(tmp_path_factory.mktemp("framework") / "contract")
    framework.begin()
    framework.play(1)
    After(framework, 1).master(QUARTERS[0])
    faults = []
    for quarter in (2, 3, 4):
        framework.play(quarter)
        faults += After(framework, quarter).faults()
    return framework, faults


def test_master_letters_status_and_feedback_say_what_the_table_says(year):
    _, faults = year
    assert not faults


def test_the_master_of_an_earlier_quarter_says_the_same(year):
    framework, _ = year
    assert list(After(framework, 4).faults_of_another_screen(QUARTERS[1])) == []


def test_the_same_files_and_day_give_the_same_bytes_with_and_without_the_cache(year):
    framework, _ = year
    assert list(After(framework, 4).faults_of_same_bytes("--no-cache")) == []


def test_the_masters_alone_say_the_same(year, tmp_path):
    framework, _ = year
    masters = [After(framework, quarter).own_master for quarter in (1, 2, 3, 4)]
    assert list(After(framework, 4).faults_of_masters_alone(masters, tmp_path)) == []
