from dataclasses import fields
from typing import Any

from forum.house.models import Settings
from forum.lib.house import House

PARTS = tuple(field.name for field in fields(House))


def read_house() -> House:
    """What was settled; where nothing was, as it comes. One query."""
    row = Settings.objects.values(*PARTS).first()
    return House(**row) if row else House()


def values_of(settled: Settings | House) -> dict[str, Any]:
    return {part: getattr(settled, part) for part in PARTS}
