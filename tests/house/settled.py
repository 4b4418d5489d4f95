"""Settings for a test, known to the process as they are to a real one once it has read them."""

from forum.house.actions import settle
from forum.lib.house import read_again


def settled(**values) -> None:
    settle(by=None, values=values)
    # What waits for the transaction's end waits for ever in a test.
    read_again()
