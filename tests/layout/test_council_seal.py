"""The Council's seal, as another program would calculate it: an HMAC over the manifest without its two seals."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest

from tests.small_catalogue import small_catalogue
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.layout.council_seal import compute_council_seal, digest_manifest, is_sealed_with
from xlkpi.layout.plan import make_return_key
from xlkpi.layout.provider_texts import Sender, manifest_text

SECRET, OTHER = b"k" * 32, b"o" * 32
PROVIDER, PERIOD = Provider("P01", "Oak & Ash", lots=("1a", "2b"), transport=True, contract_ref="C/17"), Period(2026, 2)


def manifest(secret):
    key = make_return_key(small_catalogue(), PROVIDER, PERIOD, ())
    return json.loads(manifest_text(small_catalogue(), key, PROVIDER, Sender(), {}, secret))


def test_without_a_key_a_manifest_has_no_seal_of_the_council():
    assert "council_seal" not in manifest(None)


def test_the_seal_is_the_hmac_of_all_the_rest():
    content = manifest(SECRET)
    seal = content["council_seal"]
    rest = {name: value for name, value in content.items() if name not in ("seal", "council_seal")}
    digest = hashlib.sha256(json.dumps(rest, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    assert seal == hmac.new(SECRET, digest.encode(), hashlib.sha256).hexdigest()
    assert digest_manifest(content) == digest
    assert compute_council_seal(digest, SECRET) == seal


@pytest.mark.parametrize("name", ["provider_id", "provider", "period", "sections", "previous_y"])
def test_whatever_is_changed_the_seal_is_of_something_else(name):
    content = manifest(SECRET)
    assert is_sealed_with(content["council_seal"], digest_manifest(content), SECRET)
    assert not is_sealed_with(content["council_seal"], digest_manifest({**content, name: "other"}), SECRET)
    assert not is_sealed_with(content["council_seal"], digest_manifest(content), OTHER)
    assert not is_sealed_with("ünsealed\udcff", digest_manifest(content), SECRET)
