"""The steps of `install`: everything that is missing or not as it should be, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.installer.actions import Confirm, IfUndone, MakeFolder, MoveAside, Put, Require, Run, Write, WriteRecord
from xlkpi.installer.dev_plan import OFFLINE, Plan, Step
from xlkpi.installer.install_state import EXTENSION
from xlkpi.installer.preconditions import against_installing, hindrances, in_the_way
from xlkpi.installer.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xlkpi.installer.actions import Action
    from xlkpi.installer.install_state import Site

MAC = "On a Mac, Excel gets the KPI menu, but not the functions: Excel for Mac cannot call Python in a cell."
NOTHING = "Nothing to do: xlkpi {0} is installed and as it was put."
CHANGED = "{0} was changed since it was put there; a copy goes to {1}."
VIRUS = "A virus scanner may have taken it away. Ask IT to allow it, and run the same command again."
BUILDER = "The messages above say what was missing. Nothing of it can be mended by hand: report it with them."
NOT_REGISTERED = "What unopkg said is above. Close LibreOffice, its quickstarter too, and run the same command again."
NO_START = "The message above says what it lacks. Run the same command again; if it stays, report it."


def plan_install(site: Site, only: str = "") -> Plan:
    """What `install` would do; `only` is "excel" or "libreoffice" where the person wants just that one."""
    hosts = hosts_to_serve(site, only)
    reasons = [*in_the_way(site), *against_installing(site, hosts, only)]
    if reasons:
        return Plan(stop="\n".join(dict.fromkeys(reasons)), journal=site.places.unfinished)
    fresh = needs_environment(site, hosts)
    stale = [host for host in hosts if fresh or not as_put(site, host)]
    steps: list[Step] = []
    if fresh:
        steps += _environment(site, _extra(hosts))
    if "excel" in stale:
        steps += _excel(site)
    if "libreoffice" in stale:
        steps += _libreoffice(site)
    notes = _notes(site, hosts, stale)
    if not steps:
        return Plan(notes=(*notes, NOTHING.format(site.version)), journal=site.places.unfinished)
    steps = [*_folders(site, stale), *steps, _record(site, hosts, stale)]
    return Plan(tuple(steps), notes, journal=site.places.unfinished)


def hosts_to_serve(site: Site, only: str) -> tuple[str, ...]:
    """The programs that are here and can be served: those asked for, and those served before."""
    here = {"excel": site.excel, "libreoffice": site.office}
    before = site.installed.hosts if site.installed else ()
    return tuple(
        name
        for name, host in here.items()
        if host and not host.hindrance and (name in before or not only or name == only)
    )


def needs_environment(site: Site, hosts: tuple[str, ...]) -> bool:
    """True unless the private environment holds this very version, made by this Python, with what is needed."""
    then = site.installed
    now = (site.source, _extra(hosts), site.base)
    return site.venv_state != "ready" or then is None or (then.source, then.extra, then.base) != now


def as_put(site: Site, host: str) -> bool:
    """True where a host has all it should have."""
    then = site.installed
    if then is None or host not in then.hosts:
        return False
    files = all(site.state(path) == "as put" for path in files_of(site, host))
    return files and (host != "libreoffice" or site.registered == then.version)


def files_of(site: Site, host: str) -> tuple[Path, ...]:
    """The files that a host needs of us."""
    if host == "libreoffice":
        return (site.places.extension,)
    script = (site.places.scripts / script_name(site),) if site.places.scripts else ()
    return (site.places.addin, site.places.conf, *script)


def script_name(site: Site) -> str:
    """The script by which Excel for Mac starts Python."""
    return f"xlwings-{site.xlwings}.applescript"


def conf_text(site: Site) -> str:
    """What the add-in reads first.

    Excel reads it in the code page of the system, so a path with other letters is written with the variable that
    stands for it.
    """
    lines = {"ADD_WORKBOOK_TO_PYTHONPATH": "False", "USE UDF SERVER": "True"}
    if site.system == "windows":
        python = str(site.places.program("pythonw"))
        if not python.isascii():
            python = python.replace(str(site.places.data.parent), "%LOCALAPPDATA%", 1)
        return "".join(f'"{key}","{value}"\r\n' for key, value in {"INTERPRETER_WIN": python, **lines}.items())
    python = str(site.places.program("python"))
    return "".join(f'"{key}","{value}"\n' for key, value in {"INTERPRETER_MAC": python, **lines}.items())


def _extra(hosts: tuple[str, ...]) -> str:
    return "excel" if "excel" in hosts else ""


def _folders(site: Site, stale: list[str]) -> Iterable[Step]:
    needed = [site.places.record.parent, *(path.parent for host in stale for path in files_of(site, host))]
    missing = tuple(
        MakeFolder(path) for path in site.missing if any(path in (folder, *folder.parents) for folder in needed)
    )
    if missing:
        yield Step("Make the folders that are missing", "all of them your own", actions=missing)


def _environment(site: Site, extra: str) -> Iterable[Step]:
    venv, python = site.places.venv, str(site.places.program("python"))
    what = f"{site.root}[{extra}]" if extra else str(site.root)
    aside = (MoveAside(venv),) if site.venv_state != "absent" else ()
    yield Step(
        "Make a private Python environment",
        f"in {venv}; your other Python programs are not touched",
        actions=(*aside, Run((site.python.path, "-m", "venv", str(venv)), makes=venv)),
    )
    yield Step(
        f"Install xlkpi {site.version} and what it needs",
        "into that folder only; this takes a minute or two",
        remedy=OFFLINE,
        actions=(Run((python, "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", what)),),
    )
    yield Step(
        "Start it once",
        "what does not start is not put in front of anybody",
        remedy=NO_START,
        actions=(Run((python, "-I", "-m", "xlkpi", "--version")),),
    )
    if extra and site.system == "windows":
        libraries = tuple(Require(venv / f"xlwings{bits}-{site.xlwings}.dll") for bits in (32, 64))
        yield Step("Look for Excel's link to Python", "both kinds of it", remedy=VIRUS, actions=libraries)


def _module(site: Site, name: str, out: Path) -> Run:
    return Run((str(site.places.program("python")), "-I", "-m", f"xlkpi.hosts.{name}", str(out)))


def _excel(site: Site) -> Iterable[Step]:
    places, made = site.places, site.places.unfinished / "xlkpi.xlam"
    encoding = "mbcs" if site.ansi else "utf-8"
    yield Step(
        "Build the Excel add-in",
        "from the parts just installed, so that they fit each other",
        remedy=BUILDER,
        actions=(_module(site, "excel.build_xlam", made), Require(made)),
    )
    yield Step(
        "Put it where Excel opens it by itself",
        "into Excel's startup folder; no security setting is changed",
        actions=(*_keep(site, places.addin), Put(made, places.addin)),
    )
    yield Step(
        "Tell it which Python to use",
        "the private one, whatever workbook is open",
        actions=(*_keep(site, places.conf), Write(places.conf, conf_text(site), encoding)),
    )
    if places.scripts:
        source = places.venv / "lib" / f"python{site.base}" / "site-packages" / "xlwings" / script_name(site)
        target = places.scripts / script_name(site)
        yield Step(
            "Let Excel start Python",
            "macOS allows it only through a script in this folder",
            actions=(*_keep(site, target), Put(source, target)),
        )


def _libreoffice(site: Site) -> Iterable[Step]:
    made, target = site.places.unfinished / "xlkpi.oxt", site.places.extension
    unopkg = str(site.office.unopkg) if site.office else ""
    again = (unopkg, "add", "--force", "--suppress-license", str(target))
    there = Confirm((unopkg, "list"), f"Identifier: {EXTENSION} Version: {site.version} ")
    back = again if site.registered and site.state(target) else (unopkg, "remove", EXTENSION)
    yield Step(
        "Build the LibreOffice extension",
        "from the parts just installed",
        remedy=BUILDER,
        actions=(_module(site, "libreoffice.build_oxt", made), Require(made)),
    )
    yield Step(
        "Register it with LibreOffice",
        "for you alone; it is listed under Tools, Extensions",
        remedy=NOT_REGISTERED,
        actions=(IfUndone(back), *_keep(site, target), Put(made, target), Run(again), there),
    )


def _keep(site: Site, path: Path) -> tuple[Action, ...]:
    if site.state(path) != "changed":
        return ()
    return (MakeFolder(site.places.kept), Put(path, site.places.kept / path.name))


def _record(site: Site, hosts: tuple[str, ...], stale: list[str]) -> Step:
    """The last step. What an earlier record says of a host that is not served now stays in it."""
    places, then = site.places, site.installed
    fresh = tuple(path for host in stale for path in files_of(site, host))
    served = tuple(path for host in hosts for path in files_of(site, host))
    before = dict(then.files) if then else {}
    made = [action.path for step in _folders(site, stale) for action in step.actions if isinstance(action, MakeFolder)]
    record = Record(
        python=places.program("python"),
        version=site.version,
        xlkpi=places.program("xlkpi"),
        log=places.log,
        source=site.source,
        extra=_extra(hosts),
        base=site.base,
        hosts=tuple(dict.fromkeys((*(then.hosts if then else ()), *hosts))),
        xlwings=site.xlwings if "excel" in hosts else "",
        unopkg=str(site.office.unopkg) if site.office and "libreoffice" in hosts else then.unopkg if then else "",
        extension=EXTENSION if "libreoffice" in hosts else then.extension if then else "",
        files=tuple({**before, **{path: before.get(path, "") for path in served}}.items()),
        folders=tuple(dict.fromkeys((*(then.folders if then else ()), *made))),
    )
    return Step(
        "Write down what was installed",
        "the macros find the toolkit by it, and uninstall what to remove",
        actions=(WriteRecord(places.record, record, fresh),),
    )


def _notes(site: Site, hosts: tuple[str, ...], stale: list[str]) -> tuple[str, ...]:
    changed = [path for host in stale for path in files_of(site, host) if site.state(path) == "changed"]
    return (
        *hindrances(site),
        *(site.excel.notes if site.excel and "excel" in hosts else ()),
        *((MAC,) if site.system == "darwin" and "excel" in hosts else ()),
        *(CHANGED.format(path, site.places.kept) for path in changed),
    )
