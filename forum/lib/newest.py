"""A small store of one process: it keeps what was put into it last, up to a size."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakSet

Value = TypeVar("Value")

# Every one of this process.
STORES: "WeakSet[Newest[Any]]" = WeakSet()


def forget_all() -> None:
    """What somebody wants forgotten is in none of them any more."""
    for store in list(STORES):
        store.clear()


class Newest(Generic[Value]):
    """`most` is the sum of the sizes that it holds, in whatever unit they are told in."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.held = 0
        self.kept: OrderedDict[Hashable, tuple[int, Value]] = OrderedDict()
        self.lock = Lock()
        STORES.add(self)

    def __len__(self) -> int:
        return len(self.kept)

    def get(self, key: Hashable) -> Value | None:
        found = self.kept.get(key)
        return found[1] if found is not None else None

    def put(self, key: Hashable, value: Value, size: int = 1) -> None:
        with self.lock:
            self._drop(key)
            if size > self.most:
                return
            self.kept[key] = size, value
            self.held += size
            while self.held > self.most:
                _, (left, _) = self.kept.popitem(last=False)
                self.held -= left

    def drop(self, key: Hashable) -> None:
        with self.lock:
            self._drop(key)

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()
            self.held = 0

    def _drop(self, key: Hashable) -> None:
        size, _ = self.kept.pop(key, (0, None))
        self.held -= size
