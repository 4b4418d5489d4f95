"""The hash chain of the log, without a database.

Each entry's hash covers the hash before it, its public fields, and a hash of what is not public.
That one covers the facts of the decision and the salted hashes of its parts: the words that were
judged, and what stood around them. Without a salt nobody can try texts against them; once a part
and its salt are erased, its hash stays, and the chain and the other part still prove themselves.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any


def canonical(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def salted_hash(salt: str, private: Mapping[str, Any]) -> str:
    return sha256(f"{salt}{canonical(private)}".encode()).hexdigest()


def seal_of(parts: Mapping[str, Any]) -> str:
    """Over hashes and facts, none of which can be guessed at."""
    return salted_hash("", parts)


def folded(seals: Iterable[str]) -> str:
    """One hash for many, in their order; empty for none."""
    whole = ""
    for seal in seals:
        whole = sha256(f"{whole}{seal}".encode()).hexdigest()
    return whole


def link(previous: str, public: Mapping[str, Any], private_hash: str) -> str:
    return sha256(f"{previous}{canonical(public)}{private_hash}".encode()).hexdigest()
