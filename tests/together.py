"""Several deeds in the same instant, each on a thread and a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

# Nothing that a test does takes so long: it waits for something that never comes.
PATIENCE = 60


def together(*deeds: Callable[[], Any]) -> list[Any]:
    """What each of them returned, in their order; an error of one is raised here."""
    barrier = Barrier(len(deeds), timeout=PATIENCE)

    def run(deed: Callable[[], Any]) -> Any:
        try:
            barrier.wait()
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [each.result(PATIENCE) for each in [pool.submit(run, deed) for deed in deeds]]
