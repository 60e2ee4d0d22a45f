"""What the Council keeps about a contract: register, settings, decisions, lists; read once, as one `Council`."""

from __future__ import annotations

from xlkpi.core.contract_places import SETTINGS_NAME
from xlkpi.council.contract_folder import ContractFolder, find_contract_folder
from xlkpi.council.council import (
    LOG_NAME,
    Council,
    CouncilFiles,
    ProviderRegister,
    local_paths,
    locate_lists,
    read_council,
    terms_near,
)
from xlkpi.council.list_files import Named, SeveralNamed, list_files, settings_of_list
from xlkpi.council.lists.faults import Fault
from xlkpi.council.register.read import read_register
from xlkpi.council.settings import Settings, read_settings, settings_beside
from xlkpi.writing.file_names import file_name, provider_file

__all__ = [
    "LOG_NAME",
    "SETTINGS_NAME",
    "ContractFolder",
    "Council",
    "CouncilFiles",
    "Fault",
    "Named",
    "ProviderRegister",
    "Settings",
    "SeveralNamed",
    "file_name",
    "find_contract_folder",
    "list_files",
    "local_paths",
    "locate_lists",
    "provider_file",
    "read_council",
    "read_register",
    "read_settings",
    "settings_beside",
    "settings_of_list",
    "terms_near",
]
