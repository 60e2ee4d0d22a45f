"""Set up xlkpi on this machine and run it, with nothing but Python 3.11 or later.

    python3 install_addin.py demo [DIR]          a whole period on sample data, from register to master
    python3 install_addin.py test [ARGUMENT...]  every test; arguments go to pytest

Both keep a private virtual environment beside this file (`.venv`, or the folder `XLKPI_VENV` names) and
install the project into it. `--dry-run` before the command prints the plan and changes nothing. The exit
status is that of the program run; 1 when a step failed or only a person can install what is missing; 2 for
usage. An older Python can read this file, and says so; what it imports it could not read.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main(arguments: list[str]) -> int:
    """Read the command line, plan, and carry out."""
    if sys.version_info < (3, 11):
        print("This is Python %d.%d. Run it with 3.11 or later." % sys.version_info[:2], file=sys.stderr)
        return 2
    from xlkpi.installing.doing import carry_out, show
    from xlkpi.installing.machine import look
    from xlkpi.installing.planning import plan_demo, plan_test

    asked, for_pytest = read_command(arguments)
    machine = look(ROOT)
    if asked.command == "test":
        plan = plan_test(machine, for_pytest)
    else:
        plan = plan_demo(machine, asked.folder, with_libreoffice=asked.with_libreoffice)
    return show(plan) if asked.dry_run else carry_out(plan)


def read_command(arguments: list[str]) -> tuple[argparse.Namespace, tuple[str, ...]]:
    """Our own arguments, and those that pytest reads for itself: they are cut off before ours are read."""
    parser = argparse.ArgumentParser(prog="install_addin.py", description=__doc__.splitlines()[0])
    parser.add_argument("--dry-run", action="store_true", help="print the plan and change nothing")
    commands = parser.add_subparsers(dest="command", required=True, metavar="{demo,test}")
    demo = commands.add_parser("demo", help="a whole period on sample data")
    demo.add_argument("folder", nargs="?", default="", metavar="DIR", help="where the files go")
    demo.add_argument("--with-libreoffice", action="store_true", help="install LibreOffice too")
    commands.add_parser("test", help="every test; arguments go to pytest")
    ours = next((n for n, word in enumerate(arguments, 1) if not word.startswith("-")), len(arguments))
    for_pytest = tuple(arguments[ours:]) if arguments[ours - 1 : ours] == ["test"] else ()
    return parser.parse_args(arguments[:ours] if for_pytest else arguments), for_pytest


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
