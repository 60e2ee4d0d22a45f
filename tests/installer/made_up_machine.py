"""A made-up machine: folders, a registry, and programs that do in a moment what the real ones do.

    world = World(tmp_path, "windows")
    world.run("install")                # planned and carried out for real, in its folders
    world.snapshot()                    # every folder and file, with what is in it

Its programs are one script (made_up_program.py): a Python that makes environments, takes what pip would put there and
builds what our builders build; soffice; unopkg. `world.fault = "pip"` makes one of them fail. They are real programs;
the fixtures let them act in this process (ProgramsAtOnce), which costs a hundredth of starting them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.installer import made_up_program
from xlkpi.hosts.registry import HOSTS
from xlkpi.installer.install_state import look_around
from xlkpi.installer.paths import install_paths
from xlkpi.installer.run_command import run_command
from xlkpi.installer.system import OperatingSystem, RunningPython, output_of

PROGRAM = "#!%s -IS\n" + Path(made_up_program.__file__).read_text(encoding="utf-8")
MADE_UP = made_up_program.__doc__.splitlines()[0].encode()
PE = b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0" + (0x8664).to_bytes(2, "little")


class ProgramsAtOnce:
    """Stands in for `subprocess` in xlkpi.installer.system: a made-up program acts here, any other one is started."""

    TimeoutExpired = subprocess.TimeoutExpired

    @staticmethod
    def run(command, **options):
        program = Path(command[0])
        if not program.is_file() or MADE_UP not in program.read_bytes():
            return subprocess.run(command, **options)  # noqa: PLW1510 - its caller says so
        texts = []
        try:
            status = made_up_program.act(program, list(command[1:]), lambda *words: texts.append(" ".join(words)))
        except OSError:
            status = 1  # as a script that ends in a traceback
        return subprocess.CompletedProcess(command, status, "\n".join(texts), "")


class World:
    """One machine below `folder`: `root` is what a person would look at, the rest is scenery."""

    def __init__(self, folder, system="linux", *, excel=True, office="25.2.3.2"):
        self.system, self.folder, self.office = system, folder, office
        self.root, self.project, self.log = folder / "root", folder / "project", folder / "log"
        self.home = self.root / "home"
        self.extension = ""  # a real one, where there shall be one
        self.fault, self.version, self.named = "", "0.2.0", "0.37.8"
        self.open_now, self.registry, self.python = (), {}, self.program(folder / "tools" / "python3")
        self.running = RunningPython(str(self.python), str(folder / "tools"), (3, 12), "win-amd64")
        self.environ, self.user = {}, "1000"
        self.home.mkdir(parents=True, exist_ok=True)
        (self.project / "xlkpi").mkdir(parents=True, exist_ok=True)
        (self.project / "pyproject.toml").write_text('excel = ["xlwings==0.37.8"]', encoding="utf-8")
        self.change_project()
        getattr(self, f"_{system}")(excel)

    @classmethod
    def again(cls, folder, system, version):
        """The same machine, in another process."""
        world = cls(folder, system)
        world.change_project(version)
        return world

    def _windows(self, excel):
        programs = self.root / "Program Files"
        self.programs, self.soffice = (programs,), programs / "LibreOffice" / "program" / "soffice.com"
        self.environ = {"LOCALAPPDATA": str(self.home / "Local"), "APPDATA": str(self.home / "Roaming")}
        (self.home / "Local").mkdir(exist_ok=True)
        (self.home / "Roaming").mkdir(exist_ok=True)
        if excel:
            program = programs / "Microsoft Office" / "root" / "Office16" / "EXCEL.EXE"
            program.parent.mkdir(parents=True, exist_ok=True)
            program.write_bytes(PE)
        self._install_office("unopkg.com")

    def _darwin(self, excel):
        applications = self.root / "Applications"
        self.programs = (applications,)
        (self.home / "Library" / "Application Support").mkdir(parents=True, exist_ok=True)
        self.soffice = applications / "LibreOffice.app" / "Contents" / "MacOS" / "soffice"
        if excel:
            (applications / "Microsoft Excel.app" / "Contents").mkdir(parents=True)
            (self.home / "Library" / "Containers" / "com.microsoft.Excel" / "Data").mkdir(parents=True)
        self._install_office("unopkg")

    def _linux(self, _excel):
        self.programs, self.soffice = (self.root / "opt",), self.root / "opt" / "libreoffice" / "program" / "soffice"
        self._install_office("unopkg")

    def _install_office(self, unopkg):
        if self.office:
            self.program(self.soffice)
            self.program(self.soffice.with_name(unopkg))

    def program(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PROGRAM % Path(sys.executable).resolve(), encoding="utf-8")
        path.chmod(0o755)
        return path

    def change_project(self, version="0.2.0"):
        """Another version of what would be installed."""
        self.version = version
        (self.project / "xlkpi" / "__init__.py").write_text(f'__version__ = "{version}"', encoding="utf-8")

    # --- asking and doing ---

    def output_of(self, command):
        if command[0] in ("tasklist", "pgrep"):
            image = command[-1] if command[0] == "pgrep" else command[2].split()[-1]
            name = "LibreOffice" if "soffice" in image else "Excel"
            return image if name in self.open_now else None
        return output_of(command)

    @property
    def machine(self):
        return OperatingSystem(
            system=self.system, home=self.home, environ=self.environ, python=self.running, output_of=self.output_of,
            registry=lambda key, name: self.registry.get((key, name), ""), which=lambda _name: None,
            programs=self.programs, user=self.user,
        )  # fmt: skip

    def state(self):
        self._tell()
        return look_around(self.project, self.machine, HOSTS)

    def run(self, command, **options):
        self._tell()
        return run_command(command, self.project, HOSTS, machine=self.machine, **options)

    def _tell(self):
        facts = ("system", "office", "fault", "version", "named", "log", "extension")
        answer = {name: str(getattr(self, name)) for name in facts} | {"profile": str(self.profile)}
        os.environ["XLKPI_WORLD"] = json.dumps(answer)

    @property
    def profile(self):
        return install_paths(self.system, self.home, self.environ).profile

    def snapshot(self):
        """Every path below the root, with the bytes of files; None for a folder."""
        return {
            str(path.relative_to(self.root)): path.read_bytes() if path.is_file() else None
            for path in sorted(self.root.rglob("*"))
        }

    def logged(self):
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
