"""Carries out the departures whose moment has come, and empties what had kept the old pages."""

from django.core.cache import caches
from django_tasks import task

from forum.exchange.leaving import erase_due
from forum.lib.newest import forget_all
from forum.search.forgetting import forget_removed_words


def carry_out_due() -> int:
    gone = erase_due()
    if gone:
        forget_traces()
    return gone


def forget_traces() -> None:
    """Words in the files of the index, and pages that nobody can ask for any more."""
    forget_removed_words()
    caches["pages"].clear()
    caches["fragments"].clear()
    forget_all()


@task
def leave_when_due() -> int:
    return carry_out_due()
