"""Plan `uninstall`: remove what the record names, as far as it is unchanged since it was installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.installer.actions import InstallPlan, InstallStep, delete_cache, delete_file, remove_later, write_record
from xlkpi.installer.preconditions import reasons_against_change
from xlkpi.installer.record import Change, RecordFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xlkpi.installer.install_state import InstallState
    from xlkpi.installer.record import InstallRecord

NONE = "xlkpi is not installed for you: {0} is not there."
LEFT = "{0} was changed after it was installed, so it is not removed. Delete it yourself if nobody needs it."
STRAY = "{0} exists, but no record says that this installer put it there. It is not removed."
KEY = (
    "{0} is the Council's key: it stays, because returns that are still out were sealed with it. Delete it if none are."
)
KEPT = "{0} contains copies of files that you had changed. They are not removed."


def plan_uninstall(state: InstallState) -> InstallPlan:
    """Plan what `uninstall` would do."""
    reasons = [*reasons_against_change(state), *_reasons_of_hosts(state)]
    installed = state.installed
    if reasons:
        return InstallPlan(stop="\n".join(reasons))
    if installed is None:
        stray = tuple(STRAY.format(path) for path in state.foreign)
        return InstallPlan(notes=(NONE.format(state.paths.record), *stray))
    steps = [step for host in state.served() for step in host.uninstall(state, installed)]
    done = {action.file for step in steps for action in step.actions}
    return InstallPlan(
        tuple(step for step in (*steps, _files(state, done), _environment(state, installed)) if step.actions),
        tuple(_notes(state, installed)),
        installed=installed,
    )


def _reasons_of_hosts(state: InstallState) -> Iterator[str]:
    for host in state.served():
        program = state.programs.get(host.name)
        if program and program.hindrance and program.hindrance == host.refuses_root:
            yield host.refuses_root


def _files(state: InstallState, done: set[Path | None]) -> InstallStep:
    ours = tuple(delete_file(path) for path, is_now in state.states if is_now == "unchanged" and path not in done)
    return InstallStep("Delete the files that were installed", "those that are unchanged", ours)


def _environment(state: InstallState, installed: InstallRecord) -> InstallStep:
    """Plan the last step. The record that ends the uninstall is that of a change to be undone: it removes the rest."""
    environment = installed.environment if state.environment_state in {"ready", "stale"} else None
    rest = RecordFile(change=Change(environment, folders=installed.folders))
    return InstallStep(
        "Remove the private Python environment",
        f"{installed.environment} and what was installed into it, the error logs, the cache of returns, the list of "
        "outputs and the record",
        (
            delete_file(installed.log),
            delete_file(installed.log.with_name(f"{installed.log.name}.1")),  # as problem_log names it
            delete_cache(state.paths.cache),
            delete_file(state.paths.outputs),
            write_record(state.paths.record, rest),
            *([remove_later(environment)] if environment else []),
        ),
    )


def _notes(state: InstallState, installed: InstallRecord) -> Iterator[str]:
    for host in state.served():
        yield from host.uninstall_notes(state, installed)
    yield from (LEFT.format(path) for path, is_now in state.states if is_now == "changed")
    if state.has_key:
        yield KEY.format(state.paths.key)
    if state.kept:
        yield KEPT.format(state.paths.kept)
