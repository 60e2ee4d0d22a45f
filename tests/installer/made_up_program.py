"""What every program of a made-up machine does: one script that looks at its own name.

It is copied to where the program is looked for, so it runs there as a process of its own and imports nothing of ours.
"""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import sys

UNSEEN = ("-I", "-m", "--quiet", "--disable-pip-version-check")
DOES_NOTHING = "does not work on this computer"  # the real unopkg ends with 0 then, too


def act(me, words, say):
    """Do what the program `me` does when it is given these words; its exit status."""
    world = json.loads(os.environ["XLKPI_WORLD"])
    asked = [word for word in words if word not in UNSEEN]
    name = "unopkg " + words[0] if me.name.startswith("unopkg") else asked[0]
    with pathlib.Path(world["log"]).open("a") as log:
        log.write(me.stem + " " + " ".join(word.splitlines()[0] if word else "" for word in words) + "\n")
    if world["fault"] == name:
        return 3
    if name.startswith("unopkg "):
        return unopkg(words, world, say)
    if me.name.startswith(("soffice", "libreoffice")):
        say("LibreOffice", world["office"], "520(Build:2)")
        return 0
    return python(me, asked, world, say)


def unopkg(words, world, say):
    known = pathlib.Path(world["profile"], "uno_packages", "known.json")
    if words[0] == "add":
        known.parent.mkdir(parents=True, exist_ok=True)
        if world["fault"] != DOES_NOTHING:
            known.write_text(pathlib.Path(words[-1]).read_text())
    elif words[0] == "remove":
        known.unlink()
    elif words[0] == "list":
        say("All deployed user extensions:", "\n")
        if known.exists():
            say("Identifier: org.xlkpi.calc\n  Version:", known.read_text().split()[-1], "\nURL:")
    return 0


def python(me, asked, world, say):
    """Make environments, take what pip would put there, build what our builders build, and answer questions."""
    here = me.parent.parent
    if asked[0] == "venv":
        windows = world["system"] == "windows"
        programs = pathlib.Path(asked[1], "Scripts" if windows else "bin")
        programs.mkdir(parents=True)
        shutil.copy(me, programs / ("python.exe" if windows else "python"))
        pathlib.Path(asked[1], "pyvenv.cfg").write_text("home = there")
    elif asked[0] == "pip":
        take_packages(here, asked, world)
    elif asked[0] == "xlkpi.hosts.libreoffice.build_oxt" and world["extension"]:
        shutil.copy(world["extension"], asked[1])
    elif asked[0] in ("xlkpi.hosts.excel.build_xlam", "xlkpi.hosts.libreoffice.build_oxt"):
        pathlib.Path(asked[1]).write_text(asked[0] + " " + (here / "what").read_text())
    elif asked[0] == "xlkpi":
        say("xlkpi", (here / "what").read_text())
    elif asked[0] == "-c":
        say(answer(here, asked[1], world))
    else:
        return 9
    return 0


def take_packages(here, asked, world):
    if asked[-1].endswith("excel.txt"):
        for bits in ("32", "64"):
            (here / f"xlwings{bits}-0.37.8.dll").write_text("library")
        script = here / "lib/python3.12/site-packages/xlwings/xlwings-0.37.8.applescript"
        script.parent.mkdir(parents=True)
        script.write_text("tell application")
    (here / "what").write_text(world["version"])


def answer(here, question, world):
    if "ensurepip, venv" in question:
        return "1"
    if "import pip" in question:
        return "3.12"
    packages = {"pandas": "1", "lxml": "1", "xlkpi": (here / "what").read_text()}
    without = here / "without"
    if without.exists():
        packages[without.read_text()] = ""
    facts = {"python": "3.12.4", "system": "Made up", "needs": ["pandas", "lxml"], "catalogue": "1"}
    return json.dumps({**facts, "names": world["named"], "packages": {**packages, "xlwings": "0.37.8"}})


if __name__ == "__main__":
    sys.exit(act(pathlib.Path(sys.argv[0]), sys.argv[1:], print))
