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
    the way has no end within some steps: it may lead round in a ring.
    """
    here, successor = essay, successor_of(essay, reader)
    for _ in range(MOST_STEPS):
        if successor is None:
            break
        here, successor = successor, successor_of(successor, reader)
    return here if successor is None and here is not essay else None


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
