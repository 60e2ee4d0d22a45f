"""Work that a copy of this process does on a second core, while this one goes on with something else.

After the returns are read, one process brings them together and writes the master. What it plans is made of all of
them, too much to send to another process; but where the system copies a process at no cost (`fork`), the copy has it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess

Result = TypeVar("Result")


@contextmanager
def on_second_core(work: Callable[[], Result], *, worthwhile: bool = True) -> Iterator[Callable[[], Result]]:
    """Begin ``work`` in a copy of this process; call what is given, once, to have its result.

    The work must change nothing, here or on disk. Where no copy can be made, where it isn't ``worthwhile``, or where
    the copy ends without a result, whatever ended it, the work is done here when its result is asked for.
    """
    copy = _begin(work) if worthwhile and can_copy() else None
    if copy is None:
        yield work
        return
    process, receiver = copy
    try:
        yield lambda: _receive(receiver, work)
    finally:
        receiver.close()
        process.kill()  # it is done, or nobody waits for it any more
        process.join()


def can_copy() -> bool:
    """Tell whether there is a second core, and this system and this process can be copied.

    A copy has only the thread that asked for it: a lock that another held would be held for ever.
    """
    # To ask for the start method otherwise would choose it for good, and a script of the user's may still want to.
    method = multiprocessing.get_start_method(allow_none=True) or multiprocessing.get_all_start_methods()[0]
    return (
        (os.cpu_count() or 1) > 1
        and method == "fork"
        and threading.active_count() == 1
        and not multiprocessing.current_process().daemon
    )


def _begin(work: Callable[[], object]) -> tuple[ForkProcess, Connection] | None:
    """Start the copy; None where the system has no room for another process."""
    context = multiprocessing.get_context("fork")
    try:
        receiver, sender = context.Pipe(duplex=False)
    except OSError:
        return None
    process = context.Process(target=_send_result, args=(work, receiver, sender), daemon=True)
    try:
        process.start()
    except OSError:
        receiver.close()
        return None
    finally:
        sender.close()  # so that the pipe ends with the copy, which alone can write to it then
    return process, receiver


def _send_result(work: Callable[[], object], receiver: Connection, sender: Connection) -> None:
    """Do the work in the copy. What it raises is raised again where this process does it: here it is only left."""
    receiver.close()  # else a copy of a killed process would wait for ever, with all its memory, for itself to read
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C and the system's request to end are for the first process
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()  # a search for cycles would touch, and so copy, all memory
    with suppress(Exception):
        sender.send_bytes(pickle.dumps(work(), protocol=5))


def _receive(receiver: Connection, work: Callable[[], Result]) -> Result:
    try:
        result: Result = pickle.loads(receiver.recv_bytes())  # noqa: S301 - from a copy of ourselves, by a pipe of ours
    except (EOFError, OSError, pickle.UnpicklingError):
        return work()
    return result
