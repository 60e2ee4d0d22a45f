"""The Council's seal on a return's manifest: an HMAC that nobody can make without the Council's key."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Mapping

SEAL_FIELD = "council_seal"
NOT_SEALED = ("seal", SEAL_FIELD)


def digest_manifest(content: Mapping[str, object]) -> str:
    """Compute the digest that the Council seals: of a manifest's content without its two seals."""
    plain = {name: value for name, value in content.items() if name not in NOT_SEALED}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def compute_council_seal(digest: str, secret: bytes) -> str:
    """Seal a manifest's digest with the Council's key."""
    return hmac.new(secret, digest.encode("ascii"), "sha256").hexdigest()


def is_sealed_with(seal: str, digest: str, secret: bytes) -> bool:
    """Tell whether a seal was made with this key, of this content."""
    return hmac.compare_digest(seal.encode("utf-8", "replace"), compute_council_seal(digest, secret).encode("ascii"))
