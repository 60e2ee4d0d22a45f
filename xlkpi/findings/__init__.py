"""Findings: every message that xlkpi has about a return or a list, with its severity and its remedy.

The templates are in one file per stage: ``entry``, ``return_file``, ``inbox``, ``council_lists``, ``finance``. A
template's ``{field}`` is replaced by a fact; a part in ``[…]`` is left out where one of its facts is not known (a
function in a cell does not know addresses). The worksheet formulas are rendered from these same templates, so a
provider reads the same words in the row, in the marked copy and in the master.

To add a finding, write its message in the file of its stage and add its code to ``codes``.
"""

from __future__ import annotations

from xlkpi.findings.codes import Code
from xlkpi.findings.rendering import Finding, finding, pieces, render, shorten
from xlkpi.findings.severity import Severity
from xlkpi.findings.unreadable import Unreadable

__all__ = ["Code", "Finding", "Severity", "Unreadable", "finding", "pieces", "render", "shorten"]
