"""Cutting what XlsxWriter wrote at the one place where something of ours belongs."""

from __future__ import annotations

import re

from xlkpi.errors import PlanError


def cut_once(pattern: re.Pattern[str], text: str, name: str) -> tuple[str, str]:
    """What comes before and after the one place where a pattern is found in a part of XlsxWriter's.

    Raises PlanError where it is found nowhere, or more than once: then XlsxWriter is not the one we know.
    """
    matches = list(pattern.finditer(text))
    if len(matches) != 1:
        message = f"XlsxWriter writes {pattern.pattern} {len(matches)} times into {name}"
        raise PlanError(message)
    return text[: matches[0].start()], text[matches[0].end() :]
