"""Other people's judges of packages: openxml-audit, always here, and the Open XML SDK, where npm put it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

VERSIONS = ("Office2007", "Office2010", "Office2013", "Office2016", "Office2019", "Office2021", "Microsoft365")
SDK = "ooxml-validator"


@cache
def _validator() -> Any:
    from openxml_audit import FileFormat, OpenXmlValidator

    return OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=20)


def openxml_audit_faults(path: Path) -> list[str]:
    """What openxml-audit says is wrong with a file."""
    return [str(problem) for problem in _validator().validate(str(path)).errors]


def node_modules() -> Path:
    """The folder to which npm has installed what we ask of it: XLKPI_NODE_MODULES names it, else ``node_modules``."""
    return Path(os.environ.get("XLKPI_NODE_MODULES") or "node_modules").resolve()


def find_sdk() -> str:
    """The command of the Open XML SDK's validator; empty where it is not on this machine."""
    return shutil.which(SDK, path=str(node_modules() / ".bin")) or shutil.which(SDK) or ""


def sdk_faults(path: Path, version: str = VERSIONS[-1]) -> list[str]:
    """What the Open XML SDK says is wrong with a file, for one version of Office."""
    done = subprocess.run(
        [find_sdk(), path, "--officeVersion", version], capture_output=True, encoding="utf-8", check=False
    )
    answer = json.loads(done.stdout)
    return [f"{error.get('path')}: {error.get('description')}" for error in answer["errors"]]
