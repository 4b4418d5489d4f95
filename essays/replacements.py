"""Where the address of a retired essay leads."""

from typing import Any

from essays.models import Essay

# An essay that replaces one that replaced one: longer chains are an oversight, rings as well.
MOST_STEPS = 5


def successor_of(essay: Essay, reader: Any) -> Essay | None:
    """The essay that took its place, if this reader may open it; one query."""
    if essay.retired_at is None or essay.redirects_to_id is None:
        return None
    columns = ("slug", "title", "retired_at", "redirects_to")
    found: Essay | None = (
        Essay.objects.visible_to(reader).only(*columns).filter(pk=essay.redirects_to_id).first()
    )
    return found


def destination_of(essay: Essay, reader: Any) -> Essay | None:
    """Where the reader is sent on to: as far along as they may read. None if nowhere, and where
    the way leads round in a ring or does not end.
    """
    passed, here = {essay.pk}, essay
    for _ in range(MOST_STEPS):
        successor = successor_of(here, reader)
        if successor is None:
            return here if here is not essay else None
        if successor.pk in passed:
            return None
        passed.add(successor.pk)
        here = successor
    return None if successor_of(here, reader) else here


def leads_to(essay: Essay, other: Essay) -> bool:
    """Whether its address, followed on, arrives at the other; whoever may read them."""
    ways: dict[int, int | None] = dict(
        Essay.objects.filter(redirects_to__isnull=False).values_list("pk", "redirects_to")
    )
    here: int | None = essay.pk
    passed: set[int | None] = set()
    while here is not None and here not in passed:
        passed.add(here)
        here = ways.get(here)
    return other.pk in passed
