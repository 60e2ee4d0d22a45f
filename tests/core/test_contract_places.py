"""Finding the contract folder from a place in it."""

from __future__ import annotations

from xlkpi.core.contract_places import find_contract_root, is_contract_root


def test_a_contract_folder_has_settings_and_an_inbox(tmp_path):
    place = tmp_path / "inbox" / "October"
    place.mkdir(parents=True)
    assert (is_contract_root(tmp_path), find_contract_root(place)) == (False, None)
    (tmp_path / "xlkpi.toml").touch()
    assert (is_contract_root(tmp_path), find_contract_root(place)) == (True, tmp_path)
    assert find_contract_root(place / "a file.xlsx") == tmp_path
