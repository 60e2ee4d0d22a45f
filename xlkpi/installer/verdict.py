"""One thing the doctor looked at."""

from __future__ import annotations

from dataclasses import dataclass

AGAIN = "Run again: python3 install_addin.py install"


@dataclass(frozen=True)
class Check:
    """What is there, what to do about it ("" for nothing), and whether it must be done."""

    part: str
    found: str
    remedy: str = ""
    must: bool = False
