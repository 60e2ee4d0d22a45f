"""``xlkpi build``: the return workbooks of a period, one per provider of the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from xlkpi.commands.earlier_periods import EarlierPeriods, read_earlier_periods
from xlkpi.commands.request import needed_period
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.council import ContractFolder, Council, Fault, Settings, SeveralNamed, file_name, locate_lists, read_council
from xlkpi.layout.addresses import EDITIONS, NATIVE, UDF
from xlkpi.layout.carried_forward import NOTHING, CarriedForward
from xlkpi.layout.plan import get_layout, make_return_key
from xlkpi.layout.provider_texts import Sender, make_provider_texts
from xlkpi.reading.returns.seal_key import find_or_make_key
from xlkpi.writing.file_names import ENDING, WITH_MACROS
from xlkpi.writing.files import room_for
from xlkpi.writing.own_outputs import KeptFile, OutputWriter
from xlkpi.writing.returns.template import template_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class BuiltReturns:
    """Each provider's workbook that was built for a period, those with nothing due, and the faults of the lists.

    Those with nothing due have a workbook only where everyone was to get one.
    ``not_running`` are the providers whose contract does not run in the period, so that nothing was built for them;
    ``notes`` say what was found of earlier periods.
    ``kept`` are the files of the folder that were not replaced, each with the workbook written next to it.
    """

    files: tuple[tuple[Provider, Path], ...]
    nothing_due: tuple[Provider, ...]
    faults: tuple[Fault, ...]
    period: Period
    kept: tuple[KeptFile, ...] = ()
    not_running: tuple[Provider, ...] = ()
    notes: tuple[str, ...] = ()


def build_returns(
    register: Path | str,
    period: Period | str,
    out: Path | str,
    *,
    edition: str = NATIVE,
    previous: SeveralNamed = None,
    settings: Path | str | None = None,
    overwrite: bool = False,
    everyone: bool = False,
    progress: Progress | None = None,
    contract: ContractFolder | None = None,
    as_of: date | None = None,
) -> BuiltReturns:
    """Build a return workbook for every provider whose contract runs in the period and who has something due.

    A provider with nothing due gets no workbook, unless ``everyone`` is set, or a plan is open. The native ``edition``
    is macro-free; "udf" gives macro workbooks that use the worksheet functions, and needs the extra ``excel``.
    ``previous`` are folders of earlier returns, or masters: last figures are shown beside the inputs, and open action
    plans are carried forward; those of the inbox of a ``contract`` folder are too. ``settings`` is the TOML file with
    readings and contacts, by default ``xlkpi.toml`` beside the register. A file that xlkpi did not write, or that has
    changed since, is only replaced with ``overwrite``: otherwise the workbook is written next to it under a numbered
    name. ``as_of`` is the day on which plans and questions are open, None for today: the same input and day give the
    same bytes. Raises UnreadableFile or RegisterError where the register cannot be read, UnwritableFile where a
    workbook could not be written, MissingPart without the extra, ValueError for a period or edition not recognised.
    """
    _check_edition(edition)
    room_for(Path(out))
    council = read_council(locate_lists(register=register, settings=settings, contract=contract))
    period = needed_period(period, council.terms.scheme)
    before = read_earlier_periods(previous, period, council, as_of)
    council = before.council
    running, not_running, idle = _who_reports(council, period, before.carried)
    asked = running if everyone else tuple(provider for provider in running if provider not in idle)
    writer = OutputWriter(overwrite)
    asked_only = replace(council, register=replace(council.register, providers=asked))
    files = write_returns(asked_only, period, Path(out), before, edition=edition, progress=progress, writer=writer)
    faults = (*council.register.faults, *council.targets.faults)
    return BuiltReturns(files, idle, faults, period, tuple(writer.kept), not_running, before.notes)


def _check_edition(edition: str) -> None:
    if edition not in EDITIONS:
        message = f"“{edition}” is not an edition. Write native or udf."
        raise ValueError(message)


def _who_reports(
    council: Council, period: Period, carried: Mapping[str, CarriedForward]
) -> tuple[tuple[Provider, ...], ...]:
    """Return the providers whose contract runs in the period, those whose does not, and the first with nothing to do.

    A provider with an open plan or a question has something to do even where nothing is due.
    """
    providers = council.register.providers or ()
    running = tuple(provider for provider in providers if provider.runs_in(period))
    idle = tuple(
        provider
        for provider in running
        if provider.provider_id not in carried and not _is_asked(provider, period, council)
    )
    return running, tuple(provider for provider in providers if provider not in running), idle


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
    secret = find_or_make_key()
    sender, catalogue = sender_of(council.settings, period), council.terms.in_force(period)
    providers = [provider for provider in council.register.providers or () if provider.runs_in(period)]
    files = []
    for number, provider in enumerate(providers, start=1):
        carried = previous.carried.get(provider.provider_id, NOTHING)
        key = make_return_key(catalogue, provider, period, council.settings.as_written, edition, carried)
        last = previous.figures.get(provider.provider_id, {})
        texts = make_provider_texts(catalogue, key, provider, sender, last, secret, carried=carried)
        name = file_name(provider, period, WITH_MACROS if edition == UDF else ENDING)
        files.append((provider, writer.write(out / name, template_of(catalogue, key).stamp(texts))))
        if progress:
            progress(number, len(providers))
    return tuple(files)


def sender_of(settings: Settings, period: Period) -> Sender:
    """Return what all returns of a period say about the Council: contacts, where to send, by when."""
    return Sender(settings.contacts, settings.send_to, settings.send_by(period))


def _is_asked(provider: Provider, period: Period, council: Council) -> bool:
    """Tell whether any indicator is due from a provider in the period."""
    catalogue = council.terms.in_force(period)
    key = make_return_key(catalogue, provider, period, council.settings.as_written)
    return any(indicator.due for indicator in get_layout(catalogue, key).asked)
