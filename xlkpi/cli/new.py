"""``xlkpi new``: make a contract folder."""

from __future__ import annotations

import argparse

from xlkpi.cli.terminal import DONE, say, say_new_key


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi new``."""
    parser.add_argument(
        "folder", metavar="DIR", help="the folder to make, as “day-services”; one that exists must be empty"
    )
    catalogue = "a folder with another contract's indicators, as “xlkpi catalogue example” writes one; it is copied"
    catalogue += " (else the contract that comes with xlkpi)"
    parser.add_argument("--catalogue", metavar="FOLDER", help=catalogue)


def run(arguments: argparse.Namespace) -> int:
    """Make the folder, and say what to do first."""
    from xlkpi.commands.new import make_contract_folder
    from xlkpi.reading.returns.seal_key import has_key

    had_key = has_key()
    contract = make_contract_folder(arguments.folder, catalogue=arguments.catalogue)
    print(f"Contract folder: {contract.root}")
    say("Enter the providers in register.csv and your contacts in xlkpi.toml. README.txt says what goes where.")
    say_new_key(had_key=had_key)
    say("In this folder, every command runs without arguments. Begin with: xlkpi build")
    return DONE
