"""Building the returns of a period: one workbook a provider of the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.catalogue.load import Catalogue, load_catalogue
from xlkpi.commands.periods import parsed_period
from xlkpi.commands.previous import previous_figures
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.council import Fault, Settings, file_name, read_register, read_settings, settings_beside
from xlkpi.council.file_names import ENDING, WITH_MACROS
from xlkpi.layout.addresses import EDITIONS, NATIVE, UDF, ReturnKey
from xlkpi.layout.plan import get_layout, make_return_key
from xlkpi.layout.provider_texts import LastFigures, Sender, make_provider_texts
from xlkpi.writing.files import room_for, write_whole
from xlkpi.writing.returns.template import Template, make_template

if TYPE_CHECKING:
    from datetime import date

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class BuiltReturns:
    """What a build made: each provider's workbook, those with nothing due, and the faults of the register."""

    files: tuple[tuple[Provider, Path], ...]
    nothing_due: tuple[Provider, ...]
    faults: tuple[Fault, ...]


def build_returns(
    register: Path | str,
    period: Period | str,
    out: Path | str,
    *,
    edition: str = NATIVE,
    previous: Path | str | None = None,
    settings: Path | str | None = None,
    progress: Progress | None = None,
) -> BuiltReturns:
    """Build a return workbook for every sound row of the register (Schedule 3.0).

    The native ``edition`` is macro-free; "udf" gives macro workbooks whose results the worksheet functions work out,
    and needs the extra ``excel``. ``previous`` is a folder of earlier returns, whose figures are shown beside the
    inputs. ``settings`` is the TOML file with readings and contacts; without it, ``xlkpi.toml`` beside the register
    is used where there is one. The same input gives the same bytes. Raises UnreadableFile or RegisterError where the
    register cannot be read at all, UnwritableFile where a workbook could not be written, MissingPart where the extra
    is not installed, ValueError for a period or edition that is none.
    """
    period = parsed_period(period)
    if edition not in EDITIONS:
        message = f"“{edition}” is no edition. Write native or udf."
        raise ValueError(message)
    register = Path(register)
    room_for(Path(out))
    catalogue = load_catalogue()
    providers, faults = read_register(register)
    known = read_settings(settings or settings_beside(register))
    before = previous_figures(Path(previous), period) if previous else {}
    files = write_returns(catalogue, providers, period, Path(out), known, before, edition=edition, progress=progress)
    idle = tuple(
        p for p in providers if not _anything_due(catalogue, make_return_key(catalogue, p, period, known.as_written))
    )
    return BuiltReturns(files, idle, faults)


def write_returns(
    catalogue: Catalogue,
    providers: Sequence[Provider],
    period: Period,
    out: Path,
    settings: Settings,
    previous: Mapping[str, Mapping[str, LastFigures]],
    *,
    edition: str = NATIVE,
    progress: Progress | None = None,
) -> tuple[tuple[Provider, Path], ...]:
    """Stamp each provider's workbook from the template of its sections, and write it to ``out``."""
    templates: dict[ReturnKey, Template] = {}
    sender = sender_of(settings, period)
    files = []
    for number, provider in enumerate(providers, start=1):
        key = make_return_key(catalogue, provider, period, settings.as_written, edition)
        if key not in templates:
            templates[key] = make_template(catalogue, key)
        facts = make_provider_texts(catalogue, key, provider, sender, previous.get(provider.provider_id, {}))
        path = out / file_name(provider, period, WITH_MACROS if edition == UDF else ENDING)
        write_whole(path, templates[key].stamp(facts))
        files.append((provider, path))
        if progress:
            progress(number, len(providers))
    return tuple(files)


def sender_of(settings: Settings, period: Period) -> Sender:
    """What all returns of a period say of the council: contacts, where to send, by when."""
    due: date = settings.send_by(period)
    return Sender(settings.contacts, settings.send_to, due)


def _anything_due(catalogue: Catalogue, key: ReturnKey) -> bool:
    return any(one.due for one in get_layout(catalogue, key).asked)
