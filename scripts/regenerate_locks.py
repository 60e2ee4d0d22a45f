"""Write the lock files: every package that the installer and the tests install, by version and sha256.

The locks serve all systems and Python 3.11 or later ("universal": lines carry markers). uv resolves them; it is needed
only when the locks are written (`pip install uv`). Pins that still fit stay as they are. To move to newer versions,
delete the files in xlkpi/installer/locks first. `--check` compares the locks with pyproject.toml, without a network.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from xlkpi.installer.locks import FOLDER, lock_file

EXTRAS = ("test", "excel", "run")
"""The first has all packages of the others, so that their versions are the same."""
OLDEST = 11
PLATFORMS = (
    "x86_64-pc-windows-msvc",
    "aarch64-apple-darwin",
    "x86_64-apple-darwin",
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
)
HEADER = "# Written by scripts/regenerate.py --only locks. Packages by version and sha256; pip takes no other file.\n"
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\]+?))? \\$", re.MULTILINE)
NO_UV = "uv, which resolves the packages, is not here: run pip install uv, then try again."


def locks(root: Path, check: bool) -> dict[str, bytes]:
    """The lock files as they should be. Raises RuntimeError where they do not fit pyproject.toml, or uv fails."""
    present = {extra: lock_file(root, extra) for extra in EXTRAS}
    faults = [fault for extra in EXTRAS for fault in lock_faults(root, extra)]
    if check or (not faults and not _uv()):
        if faults:
            raise RuntimeError(faults[0])
        return {_name(extra): path.read_bytes() for extra, path in present.items()}
    return _written_anew(root)


def lock_faults(root: Path, extra: str) -> Iterator[str]:
    """List what is wrong with a lock: a requirement without a pin that satisfies it, a pin without a hash, a host."""
    lock = lock_file(root, extra)
    if not lock.is_file():
        yield f"{lock.name} is not there. To write it, run: python scripts/regenerate.py --only locks"
        return
    text = lock.read_text(encoding="utf-8")
    pins = pins_of(text)
    for requirement in requirements(root, extra):
        versions = pins.get(canonicalize_name(requirement.name), {})
        if not versions or not all(requirement.specifier.contains(version) for version in versions):
            yield f"{lock.name} has no version of {requirement}. Run: python scripts/regenerate.py --only locks"
    unhashed = [name for name, versions in pins.items() for hashes in versions.values() if not hashes]
    yield from (f"{lock.name}: {name} has no sha256" for name in unhashed)
    if "://" in text or "-url" in text:
        yield f"{lock.name} names a package index. Remove it: pip's own settings say where packages are."


def pins_of(text: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Read a lock: by package, its versions (markers may choose one of several) with their hashes."""
    pins: dict[str, dict[str, tuple[str, ...]]] = {}
    starts = list(PIN.finditer(text))
    for pin, following in zip(starts, [*starts[1:], None], strict=True):
        block = text[pin.end() : following.start() if following else len(text)]
        hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})\b", block))
        pins.setdefault(canonicalize_name(pin["name"]), {})[pin["version"]] = hashes
    return pins


def requirements(root: Path, extra: str) -> list[Requirement]:
    """What pyproject.toml asks for: the package's own needs, those of an extra, and the build tool."""
    content = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    project, build = content["project"], content["build-system"]["requires"]
    asked = project["dependencies"] + (project["optional-dependencies"][extra] if extra != "run" else [])
    return [Requirement(text) for text in [*asked, *build]]


def _written_anew(root: Path) -> dict[str, bytes]:
    if not _uv():
        raise RuntimeError(NO_UV)
    with tempfile.TemporaryDirectory() as scratch:
        files = {extra: Path(scratch) / f"{extra}.txt" for extra in EXTRAS}
        for extra, file in files.items():
            present = lock_file(root, extra)
            if present.is_file():
                shutil.copy(present, file)  # uv keeps the versions that it finds there
            others = () if extra == EXTRAS[0] else ("--constraint", str(files[EXTRAS[0]]))
            _compile(root, extra, file, others)
        newest = _newest_with_wheels(files["excel"])
        wheels = f"# Wheels: Python 3.{OLDEST} to 3.{newest}, on Windows, Mac and Linux.\n"
        headers = {extra: HEADER + (wheels if extra != "test" else "") for extra in EXTRAS}
        texts = {extra: file.read_text(encoding="utf-8") for extra, file in files.items()}
        return {_name(extra): (headers[extra] + text).encode() for extra, text in texts.items()}


def _compile(root: Path, extra: str, output: Path, constraint: tuple[str, ...]) -> None:
    """Resolve one lock. The build tool goes in by standard input: the package itself does not depend on it."""
    build = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    chosen = () if extra == "run" else ("--extra", extra)
    shape = ("--universal", "--generate-hashes", "--no-annotate", "--no-emit-index-url", "--no-header", "--quiet")
    command = ("pip", "compile", "pyproject.toml", "-", *chosen, *constraint, *shape)
    python = ("--python-version", f"3.{OLDEST}")
    _run_uv((*command, *python, "--output-file", str(output)), root, "\n".join(build))


def _newest_with_wheels(lock: Path) -> int:
    """Find the newest Python for which every package of a lock has a wheel on each platform."""
    version = OLDEST
    while all(_has_wheels(lock, version + 1, platform) for platform in PLATFORMS):
        version += 1
    return version


def _has_wheels(lock: Path, version: int, platform: str) -> bool:
    options = (
        "--dry-run",
        "--quiet",
        "--only-binary",
        ":all:",
        "--require-hashes",
        "--target",
        str(lock.parent / "to"),
    )
    where = ("--python-version", f"3.{version}", "--python-platform", platform)
    try:
        _run_uv(("pip", "install", *options, *where, "-r", str(lock)), lock.parent)
    except RuntimeError:
        return False
    return True


def _run_uv(arguments: tuple[str, ...], folder: Path, typed: str = "") -> None:
    done = subprocess.run([*_uv(), *arguments], cwd=folder, input=typed, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"uv ended with status {done.returncode}. {done.stderr[-1000:]}")


def _uv() -> list[str]:
    """Give the command that runs uv: the program, or the module beside this Python; nothing where there is none."""
    program = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    return [program] if program else []


def _name(extra: str) -> str:
    return (FOLDER / f"{extra}.txt").as_posix()
