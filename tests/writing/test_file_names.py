"""Names of return files: what every system takes, and never one name for two providers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.council import file_name
from xlkpi.writing.file_names import name_with

Q2 = Period(2026, 2)
RESERVED = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}


def name_of(provider_id, name):
    return file_name(Provider(provider_id, name), Q2)


def test_the_name_an_officer_expects():
    assert name_of("P007", "Willow Tree CIC") == "KPI return 2026-27 Q2 - P007 Willow Tree CIC.xlsx"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Oast/Hop: “A” <B>|C?*", "Oast-Hop- “A” -B--C--"),
        ("Oast Ltd.", "Oast Ltd"),
        ("Oast . . ", "Oast"),
        ("O'Hara & Sons", "O'Hara & Sons"),
        ("Café\u202exslx", "Café-xslx"),
        ("...", ""),
    ],
)
def test_what_a_system_refuses_is_replaced(name, shown):
    assert name_of("P1", name) == f"KPI return 2026-27 Q2 - P1 {shown}".rstrip() + ".xlsx"


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("a.xlsx", "a - checked.xlsx"),
        ("a\udcff.xlsx", "a- - checked.xlsx"),
        ("n" * 225 + ".xlsx", "n" * 225 + " - checked.xlsx"),
        ("n" * 226 + ".xlsx", "n" * 216 + "~e38d9d4a - checked.xlsx"),
        ("\udcff" * 250, "-" * 221 + "~e38d9d4a - checked"),
        ("a." + "x" * 240, f"a - checked.{'x' * 189}~e38d9d4a{'x' * 30}"),
    ],
)
def test_a_word_is_added_before_the_ending_and_the_whole_fits(name, named):
    assert re.sub("~[0-9a-f]{8}", "~e38d9d4a", name_with(name, " - checked")) == named


def test_long_names_that_differ_only_at_their_end_stay_apart():
    assert name_with("n" * 240 + "1.xlsx", " - checked") != name_with("n" * 240 + "2.xlsx", " - checked")


def test_a_long_name_is_cut_and_the_number_is_not():
    name = name_of("P001", "The Very Long Association of " * 9)
    assert len(name) <= 120
    assert name.startswith("KPI return 2026-27 Q2 - P001 The Very Long")
    assert name.endswith(".xlsx")


@pytest.mark.parametrize("pair", [("A/1", "A-1"), ("A/1", "A?1"), ("A 1", "A-1"), ("P" * 31, "P" * 32), ("a.", "a")])
def test_numbers_that_look_alike_keep_different_names(pair):
    first, second = (name_of(provider_id, "Oast") for provider_id in pair)
    assert first.casefold() != second.casefold()


def test_a_number_that_swallows_the_name_keeps_its_own_file():
    assert name_of("P1 Oast", "Hop") != name_of("P1", "Oast Hop")


TEXT = st.text(max_size=150)


@given(TEXT.filter(bool), TEXT)
def test_any_provider_has_a_name_every_system_takes(provider_id, name):
    result = name_of(provider_id, name)
    stem = result.removesuffix(".xlsx")
    assert result != stem
    assert len(result) <= 120
    assert len(result.encode("utf-8", "surrogatepass")) <= 255
    assert not set(result) & set('<>:"/\\|?*')
    assert all(ord(c) >= 32 for c in result)
    assert not stem.endswith((".", " "))
    assert not result.startswith(("~$", ".", " "))
    assert result.split(".")[0].strip().casefold() not in RESERVED


@given(st.sets(st.text("Aa1/?. ~-é", min_size=1, max_size=6), min_size=2, max_size=6))
def test_different_numbers_never_share_a_name(numbers):
    distinct = {number.casefold(): number for number in numbers}.values()
    names = [name_of(number, "Oast").casefold() for number in distinct]
    assert len(set(names)) == len(names)
