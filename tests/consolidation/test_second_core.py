"""Work on a second core: the same result wherever it is done, and nothing lost with the copy that does it."""

from __future__ import annotations

import multiprocessing
import os
import select
import signal
import threading
import time
from fractions import Fraction

import pytest

from tests.reading.return_edits import filled
from xlkpi import consolidate, second_core
from xlkpi.commands import write_consolidation
from xlkpi.core.checks import Entry
from xlkpi.second_core import on_second_core
from xlkpi.writing.workbook import Quantity, StyledText

HERE = os.getpid()
REGISTER = "provider_id,provider,lots\nP01,Oak & Ash,1a\nP02,Elm,1a\nP03,Ash,1a\n"


@pytest.mark.usefixtures("two_cores")
def test_a_copy_does_the_work_and_its_result_comes_back():
    with on_second_core(lambda: (os.getppid(), [1, "two"])) as result:
        assert result() == (HERE, [1, "two"])


@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize("value", [Quantity(Fraction(5, 2), "amount", 5), StyledText("Agreed plan", "Green")])
def test_the_values_of_a_plan_come_back_with_all_that_they_carry(value):
    with on_second_core(lambda: value) as result:
        back = result()
    assert (type(back), back) == (type(value), value)
    assert [getattr(back, name) for name in type(value).__slots__] == [
        getattr(value, name) for name in type(value).__slots__
    ]


@pytest.mark.parametrize(
    ("where", "what", "answer"),
    [
        (multiprocessing, "get_start_method", "spawn"),
        (threading, "active_count", 2),
        (os, "cpu_count", 1),
        (os, "cpu_count", None),
    ],
)
def test_without_a_way_to_copy_the_work_is_done_here(two_cores, where, what, answer):
    two_cores.setattr(where, what, lambda **_: answer)
    with on_second_core(os.getpid) as result:
        assert result() == HERE


@pytest.mark.usefixtures("two_cores")
def test_work_that_is_not_worth_it_is_done_here():
    with on_second_core(os.getpid, worthwhile=False) as result:
        assert result() == HERE


def test_to_ask_whether_this_process_can_be_copied_chooses_no_start_method_for_the_script(monkeypatch):
    """A script may still call `multiprocessing.set_start_method`, which takes only the first choice of a process."""
    unchosen = multiprocessing.context.DefaultContext(multiprocessing.get_context())
    monkeypatch.setattr(multiprocessing, "get_start_method", unchosen.get_start_method)
    second_core.can_copy()
    unchosen.set_start_method("spawn")
    assert unchosen.get_start_method() == "spawn"


@pytest.mark.parametrize("what", ["fork", "pipe"])
def test_where_the_system_has_no_room_for_another_process_the_work_is_done_here(two_cores, what):
    def no_room():
        raise BlockingIOError

    two_cores.setattr(os, what, no_room)
    with on_second_core(os.getpid) as result:
        assert result() == HERE


@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize("ended_by", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_copy_loses_nothing(ended_by):
    def work():
        if os.getpid() != HERE:
            os.kill(os.getpid(), ended_by)
        return os.getpid()

    with on_second_core(work) as result:
        assert result() == HERE


@pytest.mark.usefixtures("two_cores")
def test_a_copy_ends_when_the_process_that_waited_for_its_result_is_gone():
    """As when that process was killed. The result is larger than a pipe takes without a reader."""
    copy, receiver = second_core._begin(lambda: bytes(1_000_000))
    receiver.close()
    copy.join(10)
    assert copy.exitcode == 0


@pytest.mark.usefixtures("two_cores")
def test_what_the_work_raises_is_raised_here(capfd):
    def work():
        raise KeyError("KPI 1")

    with on_second_core(work) as result, pytest.raises(KeyError, match="KPI 1"):
        result()
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("two_cores")
def test_a_copy_that_nobody_waits_for_ends_with_the_block_and_ignores_ctrl_c():
    reading, writing = os.pipe()
    with on_second_core(lambda: (os.write(writing, b"."), time.sleep(60))):
        os.read(reading, 1)  # the work has begun
        (copy,) = multiprocessing.active_children()
        os.kill(copy.pid, signal.SIGINT)
    assert copy.exitcode == -signal.SIGKILL
    for end in (reading, writing):
        os.close(end)


@pytest.mark.usefixtures("two_cores")
def test_a_copy_ends_after_its_process_was_killed_however_much_it_has_to_send():
    """More than a pipe takes at once: a copy that could read its own result would wait for ever for a reader."""
    reading, writing = os.pipe()
    first = os.fork()
    if first == 0:  # as a run that is killed while two copies work for it
        os.setsid()
        with on_second_core(lambda: bytes(1_000_000)), on_second_core(lambda: bytes(1_000_000)):
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(first, 0)
    os.close(writing)
    ended, _, _ = select.select([reading], [], [], 5)  # the pipe ends with the last process that has it
    os.close(reading)
    if not ended:
        os.killpg(first, signal.SIGKILL)
    assert ended, "a copy is left over"


def test_a_master_has_the_same_bytes_whoever_plans_it(two_cores, tmp_path):
    """On two cores its tabs about performance, and what changed since the master before, are planned by copies."""
    (tmp_path / "in").mkdir()
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    masters, copies = {}, []
    begin = second_core._begin
    two_cores.setattr(second_core, "_begin", lambda work: copies.append(begin(work)) or copies[-1])
    two_cores.setattr(write_consolidation, "ROWS_FOR_TWO", 1)
    for count in (1, 2):
        entry = Entry(count, 40, "paid late")
        (tmp_path / f"in/{count}.xlsx").write_bytes(filled(KPI_S2=entry))
        for jobs in (1, 2):
            path = tmp_path / f"{jobs}.xlsx"
            consolidate(tmp_path / "in", path, register=tmp_path / "register.csv", jobs=jobs, keep=False)
            masters[jobs, count] = path.read_bytes()
        assert masters[1, count] == masters[2, count]
    assert masters[1, 1] != masters[1, 2]
    assert [copy is not None for copy in copies] == [True] * 3  # the first time there was no master before
