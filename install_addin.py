"""Set up xlkpi on this machine and run it, with nothing but Python 3.11 or later.

    python3 install_addin.py install             the functions and the KPI menu, in Excel and LibreOffice
    python3 install_addin.py uninstall           takes away what install put there
    python3 install_addin.py status              what is installed where, and whether it is as it was put
    python3 install_addin.py doctor              what is missing or wrong, and how to mend it
    python3 install_addin.py demo [DIR]          a whole period on sample data, from register to master
    python3 install_addin.py test [ARGUMENT...]  every test; arguments go to pytest

`install` works in your own folders and needs no administrator; docs/install.md tells more. `demo` and `test` keep
a private virtual environment beside this file (`.venv`, or the folder `XLKPI_VENV` names) and install the project
into it. `--dry-run` before the command prints the plan and changes nothing. The exit status is that of the program
run; 1 when a step failed, something must be mended, or only a person can install what is missing; 2 for usage. An
older Python can read this file, and says so; what it imports it could not read.
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
    asked, for_pytest = read_command(arguments)
    if asked.command in ("demo", "test"):
        return demo_or_test(asked, for_pytest)
    from xlkpi.installer.commands import run

    return run(asked.command, ROOT, only=getattr(asked, "only", ""), dry_run=asked.dry_run)


def demo_or_test(asked: argparse.Namespace, for_pytest: tuple[str, ...]) -> int:
    """The two commands that run the project from this folder."""
    from xlkpi.installer.dev_machine import look
    from xlkpi.installer.dev_plan import plan_demo, plan_test
    from xlkpi.installer.run_plan import carry_out, show

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
    metavar = "{install,uninstall,status,doctor,demo,test}"
    commands = parser.add_subparsers(dest="command", required=True, metavar=metavar)
    install = commands.add_parser("install", help="the functions and the KPI menu, in Excel and LibreOffice")
    install.add_argument("--only", choices=("excel", "libreoffice"), default="", help="just this one")
    later = [install, commands.add_parser("uninstall", help="takes away what install put there")]
    for command in later:  # `install --dry-run` is what people type; it must not install
        command.add_argument("--dry-run", action="store_true", default=argparse.SUPPRESS, help="as before the command")
    commands.add_parser("status", help="what is installed where, and whether it is as it was put")
    commands.add_parser("doctor", help="what is missing or wrong, and how to mend it")
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
