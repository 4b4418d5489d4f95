"""The hash chain of the log, without a database.

Each entry's hash covers the hash before it, its public fields, and a salted hash of what is not
public. Without the salt nobody can try texts against that one; once text and salt are erased,
the chain still holds.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any


def canonical(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def salted_hash(salt: str, private: Mapping[str, Any]) -> str:
    return sha256(f"{salt}{canonical(private)}".encode()).hexdigest()


def link(previous: str, public: Mapping[str, Any], private_hash: str) -> str:
    return sha256(f"{previous}{canonical(public)}{private_hash}".encode()).hexdigest()
