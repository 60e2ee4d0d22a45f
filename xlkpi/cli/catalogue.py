"""``xlkpi catalogue``: check a folder with another contract's indicators, write an example, or use one."""

from __future__ import annotations

import argparse

from xlkpi.cli.terminal import DONE, FIX, UNREADABLE, say, say_faults

ACTIONS = {
    "check": "name every fault of a catalogue folder by its place",
    "example": "write an example with notes to a new folder",
    "use": "let the worksheet functions on this PC judge by a contract folder: its catalogue and targets",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi catalogue``."""
    parser.add_argument(
        "action", choices=tuple(ACTIONS), help="; ".join(f"{name}: {ACTIONS[name]}" for name in ACTIONS)
    )
    parser.add_argument("folder", metavar="FOLDER", help="the catalogue folder, or for use a contract folder")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the three."""
    from xlkpi.commands.catalogue import check_catalogue, find_target_faults, use_catalogue, write_example

    if arguments.action == "example":
        folder = write_example(arguments.folder)
        say(f"An example of a catalogue is in {folder}. Change it, and check it: xlkpi catalogue check {folder}")
        return DONE
    if arguments.action == "use":
        path = use_catalogue(arguments.folder)
        say(f"The functions judge by {arguments.folder} once Excel or LibreOffice is started again ({path}).")
        return FIX if say_faults(find_target_faults(arguments.folder)) else DONE
    faults, description = check_catalogue(arguments.folder)
    for fault in faults:
        print(fault)
    if description:
        print(f"Nothing to fix. {description}")
    return UNREADABLE if faults else DONE
