"""``xlkpi key``: where the Council's key is, how to move it to a colleague's PC, and what happens without it."""

from __future__ import annotations

import argparse
from pathlib import Path

from xlkpi.cli.terminal import DONE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi key``."""
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--import", dest="source", metavar="FILE", help="use the key in this file on this PC")
    either.add_argument("--export", dest="target", metavar="FILE", help="write a copy of the key to this file")


def run(arguments: argparse.Namespace) -> int:
    """Describe, import or export the key. The key itself is never printed."""
    from xlkpi.commands.key import describe_key, export_key, import_key

    if arguments.source is not None:
        path = import_key(Path(arguments.source))
        print(f"The key is now in {path}. Returns sealed with it are recognised on this PC.")
    elif arguments.target is not None:
        path = export_key(Path(arguments.target))
        print(f"A copy of the key is in {path}. Delete it when the colleague has imported it.")
    else:
        print("\n".join(describe_key()))
    return DONE
