"""How long requests took, by view: a few numbers in the memory of each process, and no more.

What is kept of a view is how many requests took how long, in spans that grow by a half each: so a
percentile is right to a half, whatever comes, and no request costs more than a look-up.
"""

import time
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from django.http import HttpRequest, HttpResponse

# In milliseconds: from one to about 25 seconds. What takes longer is in the last span.
SPANS = tuple(1.5**power for power in range(26))
# So many views are told apart; there are no more in the table of addresses.
MOST_VIEWS = 500
# From then on all counts of a view are halved: what is long past weighs ever less.
MOST_COUNTED = 4_096


@dataclass(frozen=True, slots=True)
class Pace:
    """Of one view: half of its requests took at most `middle` milliseconds, 95 % at most `slow`."""

    view: str
    requests: int
    middle: int
    slow: int


class Tally:
    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = {}

    def add(self, view: str, seconds: float) -> None:
        counts = self.counts.get(view)
        if counts is None:
            if len(self.counts) >= MOST_VIEWS:
                return
            counts = self.counts.setdefault(view, [0] * (len(SPANS) + 1))
        counts[bisect_left(SPANS, seconds * 1_000)] += 1
        if sum(counts) > MOST_COUNTED:
            counts[:] = [count // 2 for count in counts]

    def slowest(self, number: int) -> list[Pace]:
        paces = [_pace(view, counts) for view, counts in list(self.counts.items())]
        return sorted(paces, key=lambda pace: (-pace.slow, -pace.middle, pace.view))[:number]

    def forget(self) -> None:
        self.counts.clear()


def _pace(view: str, counts: list[int]) -> Pace:
    total = sum(counts)
    return Pace(view, total, _reached(counts, total * 0.5), _reached(counts, total * 0.95))


def _reached(counts: list[int], number: float) -> int:
    """The end of the span in which so many requests are through."""
    place = next(place for place, done in enumerate(accumulate(counts)) if done >= number)
    return round(SPANS[min(place, len(SPANS) - 1)])


TALLY = Tally()


class TimingMiddleware:
    """Around all others. Kept pages and files are answered by no view, and not counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and match.view_name:
            TALLY.add(match.view_name, time.perf_counter() - begun)
        return response
