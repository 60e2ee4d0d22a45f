"""What the Council keeps about a contract: register, settings, decisions, lists; read once, as one `Council`.

Each name is loaded when it is first used: what reads the lists takes a third of a second, and a command that reads
returns loads it while other processes read them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi import load_later

# At once, and it is small: `list_files` is its module's name too, which would be found instead of the function.
from xlkpi.council.list_files import Named, SeveralNamed, list_files, settings_of_list

if TYPE_CHECKING:
    from xlkpi.core.contract_places import SETTINGS_NAME
    from xlkpi.council.contract_folder import ContractFolder, find_contract_folder
    from xlkpi.council.council import Council, ProviderRegister, read_council
    from xlkpi.council.council_files import LOG_NAME, CouncilFiles, local_paths, locate_lists, settings_beside
    from xlkpi.council.lists.faults import Fault
    from xlkpi.council.register.read import read_register
    from xlkpi.council.settings import Settings, read_settings
    from xlkpi.council.terms import terms_near
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

_NAMES = {
    "xlkpi.core.contract_places": ("SETTINGS_NAME",),
    "xlkpi.council.contract_folder": ("ContractFolder", "find_contract_folder"),
    "xlkpi.council.council": ("Council", "ProviderRegister", "read_council"),
    "xlkpi.council.council_files": ("LOG_NAME", "CouncilFiles", "local_paths", "locate_lists", "settings_beside"),
    "xlkpi.council.lists.faults": ("Fault",),
    "xlkpi.council.register.read": ("read_register",),
    "xlkpi.council.settings": ("Settings", "read_settings"),
    "xlkpi.council.terms": ("terms_near",),
    "xlkpi.writing.file_names": ("file_name", "provider_file"),
}
__getattr__ = load_later(__name__, {name: module for module, names in _NAMES.items() for name in names})
