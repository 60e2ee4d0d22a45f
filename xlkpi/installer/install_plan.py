"""Plan `install`: every step that is needed to bring all files and programs up to date, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.installer.actions import (
    InstallPlan,
    InstallStep,
    copy_file,
    make_folder,
    remove_later,
    require,
    run,
    write_record,
)
from xlkpi.installer.locks import install_locked, install_project, lock_file
from xlkpi.installer.preconditions import OFFLINE, hindrances, reasons_against_change, reasons_against_install
from xlkpi.installer.record import InstallRecord, RecordFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xlkpi.installer.actions import Action
    from xlkpi.installer.install_state import InstallState
    from xlkpi.installer.spreadsheet_host import SpreadsheetHost

NOTHING = "Nothing to do: xlkpi {0} is already installed and up to date."
CHANGED = "{0} was changed after it was installed; a copy goes to {1}."
VIRUS = "A virus scanner may have removed it. Ask IT to allow it, and run the same command again."
BUILDER = "The messages above say what was missing. You cannot fix this yourself: report it with the messages."
NO_START = "The message above says what is missing. Run the same command again; if it happens again, report it."


def plan_install(state: InstallState, only: str = "") -> InstallPlan:
    """Plan what `install` would do; `only` names a host where the person wants just that one."""
    hosts = hosts_to_serve(state, only)
    reasons = [*reasons_against_change(state), *reasons_against_install(state, hosts, only)]
    if reasons:
        return InstallPlan(stop="\n".join(dict.fromkeys(reasons)))
    fresh = needs_environment(state, hosts)
    environment = _new_or_present(state, fresh=fresh)
    stale = tuple(host for host in hosts if fresh or not is_up_to_date(state, host))
    notes = _notes(state, hosts, stale)
    if not (fresh or stale):
        return InstallPlan(notes=(*notes, NOTHING.format(state.version)))
    folders = _folders(state, stale)
    steps = [*([_folder_step(folders)] if folders else []), *(_environment(state, hosts, environment) if fresh else ())]
    steps += [step for host in stale for step in host.install(state, environment)]
    steps.append(_record(state, hosts, stale, environment, folders))
    return InstallPlan(tuple(steps), notes, environment=environment if fresh else None, installed=state.installed)


def hosts_to_serve(state: InstallState, only: str) -> tuple[SpreadsheetHost, ...]:
    """List the hosts that are here and can be served: those asked for, and those served before."""
    wanted = (host for host in state.hosts if state.serves(host.name) or only in ("", host.name))
    return tuple(host for host in wanted if host.name in state.programs and not state.programs[host.name].hindrance)


def needs_environment(state: InstallState, hosts: tuple[SpreadsheetHost, ...]) -> bool:
    """Say whether the environment in force lacks this very version, made by this Python, with what is needed."""
    then = state.installed
    now = (state.source, _extra(hosts), state.base)
    return state.environment_state != "ready" or then is None or (then.source, then.extra, then.base) != now


def is_up_to_date(state: InstallState, host: SpreadsheetHost) -> bool:
    """Say whether a host has everything it should have."""
    then = state.installed
    if then is None or not state.serves(host.name):
        return False
    files = all(state.state(path) == "unchanged" for path in state.files(host))
    return files and state.registered.get(host.name, then.version) == then.version


def keep_changed(state: InstallState, path: Path) -> tuple[Action, ...]:
    """Copy a file that somebody has changed since we installed it, before it is replaced."""
    if state.state(path) != "changed":
        return ()
    return (make_folder(state.paths.kept), copy_file(path, state.paths.kept / path.name))


def build(state: InstallState, environment: Path, module: str, out: Path) -> tuple[Action, ...]:
    """Run one of our builders, a module of the package, with the Python of an environment."""
    python = str(state.paths.program(environment, "python"))
    return (run(python, "-I", "-m", module, str(out)), require(out))


def _new_or_present(state: InstallState, *, fresh: bool) -> Path:
    if fresh or state.installed is None:
        return state.paths.new_environment(state.version)
    return state.installed.environment


def _extra(hosts: tuple[SpreadsheetHost, ...]) -> str:
    return ",".join(host.extra for host in hosts if host.extra)


def _folders(state: InstallState, stale: tuple[SpreadsheetHost, ...]) -> tuple[Path, ...]:
    paths = state.paths
    needed = [paths.data, paths.record.parent, *(path.parent for host in stale for path in state.files(host))]
    return tuple(path for path in state.missing if any(path in (folder, *folder.parents) for folder in needed))


def _folder_step(folders: tuple[Path, ...]) -> InstallStep:
    return InstallStep("Make the folders that are missing", "all of them your own", tuple(map(make_folder, folders)))


def _environment(state: InstallState, hosts: tuple[SpreadsheetHost, ...], environment: Path) -> Iterator[InstallStep]:
    python, extra = str(state.paths.program(environment, "python")), _extra(hosts)
    lock = lock_file(state.root, extra)
    yield InstallStep(
        "Make a private Python environment",
        f"in {environment}; your other Python programs are not changed",
        (run(state.python.path, "-m", "venv", str(environment)),),
    )
    yield InstallStep(
        "Install what xlkpi needs",
        "into that folder only, and no file whose hash is not in the list; this takes a minute or two",
        (run(python, "-I", *install_locked(lock, wheels_only=True)),),
        OFFLINE,
    )
    yield InstallStep(
        f"Install xlkpi {state.version}",
        "into that folder only, from this one",
        (run(python, "-I", *install_project(state.root)),),
        BUILDER,
    )
    yield InstallStep(
        "Start it once",
        "to confirm that it works before it is used",
        (run(python, "-I", "-m", "xlkpi", "--version"),),
        NO_START,
    )
    if extra and state.system == "windows":
        libraries = tuple(require(environment / f"xlwings{bits}-{state.xlwings}.dll") for bits in (32, 64))
        yield InstallStep("Look for Excel's link to Python", "both versions of it", libraries, VIRUS)


def _record(
    state: InstallState,
    hosts: tuple[SpreadsheetHost, ...],
    stale: tuple[SpreadsheetHost, ...],
    environment: Path,
    folders: tuple[Path, ...],
) -> InstallStep:
    """Plan the last step. What an earlier record says of a host that is not served now stays in it."""
    paths, then = state.paths, state.installed
    before = dict(then.files) if then else {}
    files = {**before, **{path: before.get(path, "") for host in hosts for path in state.files(host)}}
    record = InstallRecord(
        python=paths.program(environment, "python"),
        version=state.version,
        xlkpi=paths.program(environment, "xlkpi"),
        log=paths.log,
        source=state.source,
        extra=_extra(hosts),
        base=state.base,
        hosts=tuple(dict.fromkeys((*(then.hosts if then else ()), *(host.name for host in hosts)))),
        unopkg=then.unopkg if then else "",
        extension=then.extension if then else "",
        files=tuple(files.items()),
        folders=tuple(dict.fromkeys((*(then.folders if then else ()), *folders))),
    )
    for host in hosts:
        record = host.add_to_record(state, record)
    fresh = tuple(path for host in stale for path in state.files(host))
    replaced = (remove_later(then.environment),) if then and then.environment != environment else ()
    return InstallStep(
        "Write down what was installed",
        "the macros find the toolkit by it, and uninstall what to remove",
        (write_record(paths.record, RecordFile(record), fresh), *replaced),
    )


def _notes(
    state: InstallState, hosts: tuple[SpreadsheetHost, ...], stale: tuple[SpreadsheetHost, ...]
) -> tuple[str, ...]:
    changed = [path for host in stale for path in state.files(host) if state.state(path) == "changed"]
    return (
        *hindrances(state),
        *(note for host in hosts for note in (*state.programs[host.name].notes, *host.notes(state.system))),
        *(CHANGED.format(path, state.paths.kept) for path in changed),
    )
