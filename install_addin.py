"""Set up xlkpi on this machine and run it, with nothing but Python 3.11 or later.

    python3 install_addin.py install             install the functions and the KPI menu in Excel and LibreOffice
    python3 install_addin.py uninstall           remove what install put there
    python3 install_addin.py status              list what is installed where, and whether the files are unchanged
    python3 install_addin.py doctor              check the installation and suggest fixes
    python3 install_addin.py demo [DIR]          eight periods of a made-up contract, and what is open
    python3 install_addin.py test [ARGUMENT...]  run the tests; arguments go to pytest

`install` works in your own folders and needs no administrator; see docs/install.md. `demo` and `test` keep a private
virtual environment beside this file (`.venv`, or the folder `XLKPI_VENV` names) and install the project into it.
`--dry-run` before the command prints the plan and changes nothing. The exit status is that of the program run; 1 when
a step failed, there are problems, or only a person can install what is missing; 2 for usage. An older Python can read
this file, and says that it is too old; it could not read what this file imports.
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
    options, for_pytest = read_command(arguments)
    if options.command in ("demo", "test"):
        return demo_or_test(options, for_pytest)
    from xlkpi.hosts.registry import HOSTS
    from xlkpi.installer.run_command import run_command

    only = getattr(options, "only", "")
    return run_command(options.command, ROOT, HOSTS, only=only, dry_run=options.dry_run)


def demo_or_test(options: argparse.Namespace, for_pytest: tuple[str, ...]) -> int:
    """Run one of the two commands that need a developer's machine."""
    sys.path.append(str(ROOT / "scripts"))
    from dev_machine import look
    from dev_machine_plan import plan_demo, plan_test
    from dev_machine_run import carry_out, show

    machine = look(ROOT)
    if options.command == "test":
        plan = plan_test(machine, for_pytest)
    else:
        plan = plan_demo(machine, options.folder, with_libreoffice=options.with_libreoffice)
    return show(plan) if options.dry_run else carry_out(plan)


def read_command(arguments: list[str]) -> tuple[argparse.Namespace, tuple[str, ...]]:
    """Read our own arguments. Those for pytest are cut off first, because pytest reads them itself."""
    commands_end = next((n for n, word in enumerate(arguments, 1) if not word.startswith("-")), len(arguments))
    for_pytest = tuple(arguments[commands_end:]) if arguments[commands_end - 1 : commands_end] == ["test"] else ()
    return command_parser().parse_args(arguments[:commands_end] if for_pytest else arguments), for_pytest


def command_parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    from xlkpi.hosts.registry import HOSTS

    parser = argparse.ArgumentParser(prog="install_addin.py", description=__doc__.splitlines()[0])
    parser.add_argument("--dry-run", action="store_true", help="print the plan and change nothing")
    metavar = "{install,uninstall,status,doctor,demo,test}"
    commands = parser.add_subparsers(dest="command", required=True, metavar=metavar)
    programs = " and ".join(host.label for host in HOSTS)
    install = commands.add_parser("install", help=f"install the functions and the KPI menu in {programs}")
    install.add_argument("--only", choices=[host.name for host in HOSTS], default="", help="only this program")
    uninstall = commands.add_parser("uninstall", help="remove what install put there")
    for command in (install, uninstall):  # `install --dry-run` is what people type; it must not install
        command.add_argument("--dry-run", action="store_true", default=argparse.SUPPRESS, help="as before the command")
    commands.add_parser("status", help="list what is installed where, and whether the files are unchanged")
    commands.add_parser("doctor", help="check the installation and suggest fixes")
    demo = commands.add_parser("demo", help="eight periods of a made-up contract, and what is open")
    demo.add_argument("folder", nargs="?", default="", metavar="DIR", help="where the files go")
    demo.add_argument("--with-libreoffice", action="store_true", help="install LibreOffice too")
    commands.add_parser("test", help="run the tests; arguments go to pytest")
    return parser


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
