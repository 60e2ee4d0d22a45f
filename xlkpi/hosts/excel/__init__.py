"""Excel: what builds the add-in, answers its functions and macros, and installs it."""

from __future__ import annotations

NAME = "excel"
"""On the command line, in the record, and the folder of its sources in udfs."""
EXTRA = "excel"
"""The extra of the package that brings what only Excel needs."""
