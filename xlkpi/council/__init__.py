"""The officer's own files: the register of providers and the settings, checked at the border."""

from __future__ import annotations

from xlkpi.council.file_names import file_name, provider_file
from xlkpi.council.lists.faults import Fault
from xlkpi.council.register.read import read_register
from xlkpi.council.settings import SETTINGS_NAME, Settings, read_settings, settings_beside

__all__ = [
    "SETTINGS_NAME",
    "Fault",
    "Settings",
    "file_name",
    "provider_file",
    "read_register",
    "read_settings",
    "settings_beside",
]
