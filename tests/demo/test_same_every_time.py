"""The sample county is the same on every machine, and reaches a folder as it was thought out."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo.sample_deliveries import demo
from xlkpi.demo import Behaviour, write_inbox
from xlkpi.demo.seeded_random import SeededRandom

ROOT = Path(__file__).parents[2]
PRINT_ALL = "from tests.demo.sample_deliveries import demo, earlier; print(repr((demo(), earlier())))"


def test_the_dice_fall_as_they_fell_when_this_was_written():
    dice = SeededRandom("P007", "2026-27 Q2")
    assert [dice.between(1, 6) for _ in range(12)] == FALLEN
    assert {SeededRandom(n).between(3, 5) for n in range(50)} == {3, 4, 5}


FALLEN = [5, 1, 5, 2, 4, 5, 1, 2, 2, 3, 4, 6]


def test_nothing_depends_on_the_process():
    """A set's order differs from process to process; no figure may."""
    seen = set()
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", PRINT_ALL],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"},
            capture_output=True,
            check=True,
        )
        seen.add(hashlib.sha256(run.stdout).hexdigest())
    assert len(seen) == 1


def content_of(delivery):
    return f"{delivery.provider.provider_id} {delivery.period} {delivery.filled.saved_on}".encode()


def converted(data):
    return b"converted " + data


@pytest.mark.parametrize("convert", [None, converted])
def test_the_inbox_holds_every_delivery(tmp_path, convert):
    paths = write_inbox(tmp_path, demo(), content_of, convert)
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [delivery.name for delivery in demo()]
    assert sorted(paths) == sorted(path for path in tmp_path.rglob("*") if path.is_file())
    content = {provider_return.name: path.read_bytes() for provider_return, path in zip(demo(), paths, strict=True)}
    (copy,) = [delivery for delivery in demo() if delivery.copy_of]
    assert content[copy.name] == content[copy.copy_of]
    for provider_return in demo():
        if provider_return.content is not None:
            assert content[provider_return.name] == provider_return.content
        elif not provider_return.copy_of:
            office = convert is not None and provider_return.behaviour is Behaviour.CONVERTED
            assert content[provider_return.name] == (
                converted(content_of(provider_return)) if office else content_of(provider_return)
            )
