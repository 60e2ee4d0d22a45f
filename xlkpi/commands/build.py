"""``xlkpi build``: the return workbooks of a period, one per provider of the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xlkpi.commands.previous import is_master, last_figures, record_of_folder, record_of_master
from xlkpi.commands.request import parsed_period
from xlkpi.consolidation.open_plans import find_open_plans
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.council import Council, Fault, Settings, file_name, locate_lists, read_council
from xlkpi.layout.addresses import EDITIONS, NATIVE, UDF, ReturnKey
from xlkpi.layout.carried_forward import NOTHING, CarriedForward
from xlkpi.layout.plan import get_layout, make_return_key
from xlkpi.layout.provider_texts import LastFigures, Sender, make_provider_texts
from xlkpi.reading.returns.seal_key import find_or_make_key
from xlkpi.writing.file_names import ENDING, WITH_MACROS
from xlkpi.writing.files import room_for
from xlkpi.writing.own_outputs import KeptFile, OutputWriter
from xlkpi.writing.returns.template import Template, make_template

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class EarlierPeriods:
    """What earlier periods leave for the next returns, by provider: last figures, and what is carried forward."""

    figures: Mapping[str, Mapping[str, LastFigures]] = field(default_factory=dict)
    carried: Mapping[str, CarriedForward] = field(default_factory=dict)


@dataclass(frozen=True)
class BuiltReturns:
    """Each provider's workbook that was built, the providers with nothing due, and the faults of the register.

    ``not_running`` are the providers whose contract does not run in the period, so that nothing was built for them.
    ``kept`` are the files of the folder that were not replaced, each with the workbook written next to it.
    """

    files: tuple[tuple[Provider, Path], ...]
    nothing_due: tuple[Provider, ...]
    faults: tuple[Fault, ...]
    kept: tuple[KeptFile, ...] = ()
    not_running: tuple[Provider, ...] = ()


def build_returns(
    register: Path | str,
    period: Period | str,
    out: Path | str,
    *,
    edition: str = NATIVE,
    previous: Path | str | None = None,
    settings: Path | str | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> BuiltReturns:
    """Build a return workbook for every provider of the register whose contract runs in the period (Schedule 3.0).

    The native ``edition`` is macro-free; "udf" gives macro workbooks that use the worksheet functions, and needs the
    extra ``excel``. ``previous`` is a folder of earlier returns, or a master: their figures are shown beside the
    inputs, and their open action plans are carried forward.
    ``settings`` is the TOML file with readings and contacts, by default ``xlkpi.toml`` beside the register. A file
    that xlkpi did not write, or that has changed since, is only replaced with ``overwrite``: otherwise the workbook is
    written next to it under a numbered name. The same input gives the same bytes. Raises UnreadableFile or
    RegisterError where the register cannot be read, UnwritableFile where a workbook could not be written, MissingPart
    where the extra is not installed, ValueError for a period or edition that is not recognised.
    """
    period = parsed_period(period)
    if edition not in EDITIONS:
        message = f"“{edition}” is not an edition. Write native or udf."
        raise ValueError(message)
    room_for(Path(out))
    council = read_council(locate_lists(register=register, settings=settings))
    before = read_previous(previous, period, council)
    writer = OutputWriter(overwrite)
    files = write_returns(council, period, Path(out), before, edition=edition, progress=progress, writer=writer)
    idle = tuple(provider for provider, _ in files if not _is_asked(provider, period, council))
    not_running = tuple(provider for provider in council.register.providers or () if not provider.runs_in(period))
    return BuiltReturns(files, idle, council.register.faults, tuple(writer.kept), not_running)


def write_returns(
    council: Council,
    period: Period,
    out: Path,
    previous: EarlierPeriods,
    *,
    edition: str = NATIVE,
    progress: Progress | None = None,
    writer: OutputWriter | None = None,
) -> tuple[tuple[Provider, Path], ...]:
    """Stamp the workbook of each provider whose contract runs in the period, and write it to ``out``."""
    writer = writer or OutputWriter()
    templates: dict[ReturnKey, Template] = {}
    secret = find_or_make_key()
    sender = sender_of(council.settings, period)
    providers = [provider for provider in council.register.providers or () if provider.runs_in(period)]
    files = []
    for number, provider in enumerate(providers, start=1):
        carried = previous.carried.get(provider.provider_id, NOTHING)
        key = make_return_key(council.catalogue, provider, period, council.settings.as_written, edition, carried)
        if key not in templates:
            templates[key] = make_template(council.catalogue, key)
        last = previous.figures.get(provider.provider_id, {})
        texts = make_provider_texts(council.catalogue, key, provider, sender, last, secret, carried=carried)
        name = file_name(provider, period, WITH_MACROS if edition == UDF else ENDING)
        files.append((provider, writer.write(out / name, templates[key].stamp(texts))))
        if progress:
            progress(number, len(providers))
    return tuple(files)


def read_previous(previous: Path | str | None, period: Period, council: Council) -> EarlierPeriods:
    """Read what earlier periods leave for the next returns; nothing where none are named."""
    if not previous:
        return EarlierPeriods()
    is_one_file = is_master(previous)
    record = (
        record_of_master(previous, council.catalogue) if is_one_file else record_of_folder(previous, period, council)
    )
    record = record.before(period)
    plans = find_open_plans(record)
    return EarlierPeriods(last_figures(record), {provider: CarriedForward(each) for provider, each in plans.items()})


def sender_of(settings: Settings, period: Period) -> Sender:
    """Return what all returns of a period say about the Council: contacts, where to send, by when."""
    return Sender(settings.contacts, settings.send_to, settings.send_by(period))


def _is_asked(provider: Provider, period: Period, council: Council) -> bool:
    """Tell whether any indicator is due from a provider in the period."""
    key = make_return_key(council.catalogue, provider, period, council.settings.as_written)
    return any(indicator.due for indicator in get_layout(council.catalogue, key).asked)
