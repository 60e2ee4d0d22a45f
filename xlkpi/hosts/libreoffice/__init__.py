"""LibreOffice: what builds the extension, and installs it."""

from __future__ import annotations

NAME = "libreoffice"
"""On the command line, in the record, and the folder of its sources in udfs."""
