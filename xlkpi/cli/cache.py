"""``xlkpi cache``: where the cache of returns is and how large, and how to clear it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xlkpi.cli.arguments import UsageError, positive_number
from xlkpi.cli.terminal import DONE
from xlkpi.core.day import long_date

if TYPE_CHECKING:
    from xlkpi.commands.cache import CacheSize


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi cache``."""
    parser.add_argument("action", nargs="?", choices=("clear",), help="delete every return in the cache")
    parser.add_argument(
        "--older-than", type=positive_number, metavar="DAYS", help="clear only what was read more than DAYS days ago"
    )


def run(arguments: argparse.Namespace) -> int:
    """Describe the cache, or clear it. Clearing changes no figure: the next run reads every file again."""
    from xlkpi.commands.cache import clear_cache, measure_cache

    if arguments.older_than is not None and arguments.action is None:
        message = "--older-than belongs to “xlkpi cache clear”. Add the word clear."
        raise UsageError(message)
    if arguments.action is None:
        print(_describe(measure_cache()))
        return DONE
    before = measure_cache()
    clear_cache(arguments.older_than)
    deleted = before.returns - measure_cache().returns
    print(f"Deleted {_count(deleted)} from the cache in {before.folder}. The next run reads those files again.")
    return DONE


def _describe(cache: CacheSize) -> str:
    lines = [f"The cache is in {cache.folder}"]
    if cache.oldest is None:
        lines.append("It contains no returns.")
    else:
        megabytes = f"{cache.size / 1_000_000:.1f} MB"
        lines.append(
            f"It contains {_count(cache.returns)}, {megabytes}. The oldest was read on {long_date(cache.oldest)}."
        )
    lines.append(f"Each return is deleted {cache.days} days after it was read. XLKPI_CACHE_DAYS sets another number.")
    lines.append("To delete all of them now, run: xlkpi cache clear")
    return "\n".join(lines)


def _count(returns: int) -> str:
    return "1 return" if returns == 1 else f"{returns} returns"
