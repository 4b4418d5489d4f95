from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, transaction

P = ParamSpec("P")
R = TypeVar("R")


def joined(act: Callable[P, R]) -> Callable[P, R]:
    """Like `transaction.atomic`, but within another action it is a part of that one, without a
    savepoint of its own: whoever catches what it raises may not go on in that transaction.

    For what every post passes through, where half of all statements would be savepoints.
    """

    @wraps(act)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        connection: Any = connections[DEFAULT_DB_ALIAS]
        if not _is_within_an_action(connection):
            with transaction.atomic():
                return act(*args, **kwargs)
        try:
            return act(*args, **kwargs)
        except BaseException:
            connection.needs_rollback = True
            raise

    return whole


def _is_within_an_action(connection: Any) -> bool:
    # A test's own transaction is no action: what fails in it is undone alone, as anywhere.
    blocks = connection.atomic_blocks
    return bool(blocks) and not blocks[-1]._from_testcase


class Changing:
    """A cursor for a statement that changes rows: where that fails within a transaction, nobody
    goes on in it. What Django's `mark_for_rollback_on_error` does, for a third of what that costs.
    """

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def __enter__(self) -> Any:
        self.cursor = self.connection.cursor()
        return self.cursor

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed and self.connection.in_atomic_block:
            self.connection.needs_rollback = True
        self.cursor.close()
