"""``xlkpi catalogue``: another contract's indicators checked, begun from an example, or used by the functions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xlkpi.catalogue.load import Catalogue, ContractTerms
from xlkpi.catalogue.terms_in_use import terms_path, write_terms
from xlkpi.council import catalogue_example, find_contract_folder
from xlkpi.council.catalogue_folder import find_catalogue_faults, load_catalogue_folder, read_versions
from xlkpi.council.lists.faults import Fault
from xlkpi.council.terms import read_terms
from xlkpi.errors import UnwritableFile
from xlkpi.writing.files import room_for, write_whole

EXAMPLE = Path(catalogue_example.__file__).parent
README = """\
A contract's indicators, as xlkpi reads them. Every line that begins with _ is a note for you.

contract.json   What the contract and its two sides are called.
2026-27.1.json  A version of the catalogue, called as its file: sections, indicators, and how entries depend on each
                other. Returns come back for years, so a version that was sent out is never changed: copy it.

xlkpi catalogue check FOLDER               every fault with its place
xlkpi new CONTRACT --catalogue FOLDER      a contract folder with these indicators
"""


def check_catalogue(folder: Path | str) -> tuple[list[str], str]:
    """Find every fault of a catalogue folder, and describe what is in it where there is none.

    Raises UnreadableFile where there is no such folder.
    """
    place = Path(folder)
    faults = find_catalogue_faults(place)
    if faults:
        return faults, ""
    terms = load_catalogue_folder(place)
    versions = ", ".join(_describe_version(catalogue, terms) for catalogue in terms.versions)
    latest = terms.in_force()
    counts = f"{len(latest.indicators)} indicators in {len(latest.sections)} sections"
    described = f"{latest.words.council}, {latest.words.contract}: {counts}; versions {versions}."
    return [], " ".join((described, *_describe_what_is_unused(terms)))


def _describe_what_is_unused(terms: ContractTerms) -> Iterator[str]:
    """Describe what the contract names and nothing uses: no fault, but perhaps not what was meant."""
    system = terms.words.case_system
    if system and not any(each.cross_checked for version in terms.versions for each in version.indicators.values()):
        yield f"No indicator is compared with “{system}”, because no “measured” names it."
    latest = terms.in_force()
    for section in latest.sections:
        if not latest.of_section(section.key):
            yield f"No indicator is in the section {section.title}, so its sheet is blank."


def _describe_version(catalogue: Catalogue, terms: ContractTerms) -> str:
    """Name a version and the period it is in force from: an officer sees where the next one begins."""
    if catalogue.from_period:
        return f"{catalogue.version} from {catalogue.from_period}"
    first_in_force = next(each for each in reversed(terms.versions) if not each.from_period)
    return catalogue.version if catalogue is first_in_force else f"{catalogue.version} (corrected by the next)"


def write_example(folder: Path | str) -> Path:
    """Write an example with notes to a folder that is new or empty. Raises UnwritableFile where it is neither."""
    place = Path(folder)
    room_for(place)
    if place.is_dir() and any(place.iterdir()):
        raise UnwritableFile(place, "it has files in it", "Name a folder that is new or empty.")
    for file in sorted(EXAMPLE.glob("*.json")):
        write_whole(place / file.name, file.read_bytes())
    write_whole(place / "README.txt", README.replace("\n", "\r\n").encode())
    return place


def find_target_faults(folder: Path | str) -> tuple[Fault, ...]:
    """Find what is wrong with a contract folder's list of changed targets; a catalogue folder has no such list.

    Raises SettingsError, UnreadableFile or RegisterError where its catalogue or its targets cannot be used.
    """
    contract = find_contract_folder(Path(folder))
    return read_terms(contract.targets, contract.catalogue)[1].faults if contract else ()


def use_catalogue(folder: Path | str) -> Path:
    """Let the functions on this computer judge by a contract folder, or by a catalogue folder; return the file written.

    Raises SettingsError, UnreadableFile or RegisterError where its catalogue or its targets cannot be used.
    """
    place = Path(folder)
    contract = find_contract_folder(place)
    catalogue = contract.catalogue if contract else place
    terms, targets = read_terms(contract.targets if contract else None, catalogue)
    versions = read_versions(catalogue) if catalogue else []
    path = terms_path()
    room_for(path.parent)
    write_whole(path, write_terms(versions, targets.changes, terms.words).encode())
    return path
