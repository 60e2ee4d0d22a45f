"""The officer's own files: the register of providers and the settings, checked at the border."""

from __future__ import annotations

from xlkpi.register.faults import Fault
from xlkpi.register.file_names import file_name, provider_file
from xlkpi.register.read import read_register
from xlkpi.register.settings import SETTINGS_NAME, Settings, read_settings, settings_beside

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
