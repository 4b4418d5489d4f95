"""A store of one process never holds more than it may."""

from hypothesis import given
from hypothesis import strategies as st

from forum.lib.newest import Newest

PUTS = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 12)))


@given(PUTS)
def test_it_never_holds_more_than_it_may_and_forgets_the_oldest_first(puts):
    store = Newest(10)
    order = []
    for key, size in puts:
        store.put(key, size, size)
        order = [each for each in order if each[0] != key]
        if size <= 10:
            order.append((key, size))
        while sum(each[1] for each in order) > 10:
            order.pop(0)
        assert store.held == sum(size for size, _ in store.kept.values()) <= 10
        assert [(key, value) for key, (_, value) in store.kept.items()] == order


def test_what_was_dropped_is_gone():
    store = Newest(10)
    store.put("a", 1, 4)
    store.drop("a")
    store.drop("never there")
    assert (store.get("a"), store.held, len(store)) == (None, 0, 0)
