from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

P = ParamSpec("P")
R = TypeVar("R")


def joined(act: Callable[P, R]) -> Callable[P, R]:
    """Like `transaction.atomic`, but within another action it is a part of that one, without a
    savepoint of its own: whoever catches what it raises may not go on in that transaction.

    For what every post passes through, where half of all statements would be savepoints.
    """

    @wraps(act)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(savepoint=not _is_within_an_action()):
            return act(*args, **kwargs)

    return whole


def _is_within_an_action() -> bool:
    # A test's own transaction is no action: what fails in it is undone alone, as anywhere.
    blocks = connection.atomic_blocks
    return bool(blocks) and not blocks[-1]._from_testcase  # type: ignore[attr-defined]
