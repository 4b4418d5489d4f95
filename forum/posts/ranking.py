"""Which posts come first."""

from math import sqrt

# One-sided 90 %, that is the lower end of an 80 % interval: strict enough that one vote does
# not beat ten, mild enough that a new post can rise.
_Z = 1.2816


def wilson(up: int, n: int) -> float:
    """The lower bound of the share of readers, of whom `up` out of `n` said yes; 0 for none."""
    if not up:
        # The terms below would cancel only up to rounding, and such posts must tie.
        return 0.0
    share = up / n
    spread = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return (share + _Z**2 / (2 * n) - spread) / (1 + _Z**2 / n)
