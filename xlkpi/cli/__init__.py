"""The command ``xlkpi``: results on stdout, progress and messages on stderr."""

from __future__ import annotations

from xlkpi.cli.main import main

__all__ = ["main"]
