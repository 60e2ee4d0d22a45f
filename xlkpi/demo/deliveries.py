"""Everything that reaches the sample officer's inbox, as data: who sends what, under which name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xlkpi.catalogue.load import Catalogue
from xlkpi.core.checks import AskedIndicator
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.council import Settings, file_name
from xlkpi.demo.behaviours import DAYS_LATE, Behaviour, find_behaviour
from xlkpi.demo.file_naming import PDF, choose_file_name, make_lock_file
from xlkpi.demo.filling import choose_punctual_day, declare_return, fill_entries, move_to_weekday
from xlkpi.demo.mistakes import add_explanations, plant_mistakes, remove_cases, undo_correction
from xlkpi.demo.sample import DEMO_PERIOD, EARLIER_PERIOD
from xlkpi.demo.stories import is_sent
from xlkpi.layout.addresses import list_asked
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import Filled, make_return_key


@dataclass(frozen=True)
class Delivery:
    """One file of the inbox; ``name`` is its path there, with ``/``.

    Its content is, in this order: the bytes of ``content``, the file named ``copy_of``, or the return of
    ``provider`` for ``period`` with ``filled`` typed in, saved again by LibreOffice where ``convert`` is set.
    """

    name: str
    behaviour: Behaviour
    provider: Provider | None = None
    period: Period | None = None
    filled: Filled | None = None
    convert: bool = False
    copy_of: str = ""
    content: bytes | None = None


@dataclass(frozen=True)
class _World:
    catalogue: Catalogue
    settings: Settings

    def asked(self, provider: Provider, period: Period) -> tuple[AskedIndicator, ...]:
        return list_asked(self.catalogue, make_return_key(self.catalogue, provider, period, self.settings.as_written))

    def careful(self, provider: Provider, period: Period, day: date) -> Filled:
        return declare_return(provider, fill_entries(provider, self.asked(provider, period), period), day)


def plan_deliveries(catalogue: Catalogue, providers: Sequence[Provider], settings: Settings) -> tuple[Delivery, ...]:
    """Plan what arrives for the demo period: a return of all but one, some twice, and other files."""
    world = _World(catalogue, settings)
    sent: list[Delivery] = []
    for provider in providers:
        if not provider.runs_in(DEMO_PERIOD):
            continue
        sent.extend(_deliveries_of(world, provider, [delivery.name for delivery in sent]))
    return (*sent, *_rubbish(providers))


def plan_earlier_deliveries(
    catalogue: Catalogue, providers: Sequence[Provider], settings: Settings, period: Period = EARLIER_PERIOD
) -> tuple[Delivery, ...]:
    """Plan what arrived for an earlier period: a clean return of everybody who had to report, but for the stories."""
    world = _World(catalogue, settings)
    return tuple(
        _plain(world, provider, period, file_name(provider, period))
        for provider in providers
        if provider.runs_in(period)
        and is_sent(provider.provider_id, period)
        and any(entry.due for entry in world.asked(provider, period))
    )


def _plain(world: _World, provider: Provider, period: Period, name: str) -> Delivery:
    filled = world.careful(provider, period, choose_punctual_day(provider, period))
    return Delivery(name, Behaviour.CLEAN, provider, period, filled)


def _deliveries_of(world: _World, provider: Provider, taken: Sequence[str]) -> Iterator[Delivery]:
    behaviour = find_behaviour(provider)
    day = _day(world, provider, behaviour)
    name = choose_file_name(provider, DEMO_PERIOD, day.isoformat(), taken)
    filled = _filled(world, provider, behaviour, day)
    sent = file_name(provider, DEMO_PERIOD)
    if behaviour is Behaviour.MISSING:
        return
    if behaviour is Behaviour.RESUBMITTED:
        first = declare_return(
            provider, undo_correction(dict(filled.entries)), move_to_weekday(day - timedelta(days=5))
        )
        yield Delivery("emails/KPI return FINAL.xlsx", behaviour, provider, DEMO_PERIOD, first)
        name = "emails/KPI return FINAL (2).xlsx"
    if behaviour is Behaviour.TWICE:
        yield Delivery(f"emails/Fwd {sent}", behaviour, provider, DEMO_PERIOD, copy_of=sent)
        name = sent
    if behaviour is Behaviour.OTHER_PERIOD:
        old = _plain(world, provider, EARLIER_PERIOD, "emails/KPI return.xlsx")
        yield Delivery(old.name, behaviour, provider, EARLIER_PERIOD, old.filled)
        name = sent
    yield Delivery(name, behaviour, provider, DEMO_PERIOD, filled, convert=behaviour is Behaviour.CONVERTED)


def _day(world: _World, provider: Provider, behaviour: Behaviour) -> date:
    if behaviour is Behaviour.LATE:
        late = timedelta(days=DAYS_LATE[provider.provider_id])
        return move_to_weekday(world.settings.send_by(DEMO_PERIOD) + late)
    return choose_punctual_day(provider, DEMO_PERIOD)


def _filled(world: _World, provider: Provider, behaviour: Behaviour, day: date) -> Filled:
    careful = world.careful(provider, DEMO_PERIOD, day)
    entries = dict(careful.entries)
    if behaviour is Behaviour.MISTAKEN:
        spoilt = plant_mistakes(entries, world.asked(provider, DEMO_PERIOD))
        return Filled(spoilt, Declaration(), careful.saved_on)
    if behaviour is Behaviour.EXPLAINS:
        return Filled(add_explanations(entries), careful.declaration, careful.saved_on)
    if behaviour is Behaviour.NO_CASES:
        return Filled(remove_cases(entries), careful.declaration, careful.saved_on)
    return careful


def _rubbish(providers: Sequence[Provider]) -> Iterator[Delivery]:
    yield Delivery("emails/Scan of signed return.pdf", Behaviour.RUBBISH, content=PDF)
    yield Delivery("emails/KPI return (1).xlsx", Behaviour.RUBBISH, content=b"")
    for provider in providers[:1]:
        owner = provider.contacts[0].name if provider.contacts else ""
        yield Delivery(f"~${file_name(provider, DEMO_PERIOD)}", Behaviour.RUBBISH, content=make_lock_file(owner))
