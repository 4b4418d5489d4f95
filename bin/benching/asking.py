"""Asks a server for pages, one after another over one connection, and tells what that cost."""

import gzip
import http.client
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urlencode
from uuid import uuid4

from benching.processes import Meter, Server

OK, FOUND, NOT_MODIFIED = 200, 302, 304
WARM_UP = 15
CSRF_TOKEN = "b" * 32
TOLD = 2_000
TAG_OR_SPACE = re.compile(r"<[^>]*>|\s+")
POST_MARK = re.compile(rb'<li [^>]*id="post-\d+"')

TEXT = """\
This leaves out the *landless third*, and the figures from the north say **nothing** about them.

> A custom is kept alive by those whom it feeds.

See [the petition](https://archive.example/1846/12): the guild paid for the survey, the ministry \
merely renamed it, and nobody kept count of what was lost within a single winter.
"""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    etag: str

    @property
    def posts(self) -> int:
        body = gzip.decompress(self.body) if self.body[:2] == b"\x1f\x8b" else self.body
        return len(POST_MARK.findall(body))


@dataclass(slots=True)
class Cost:
    """Of one kind of request: each slice of time by itself, so that a hiccup spoils but one."""

    cpu: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)
    # What each request took, in seconds: the slowest are what a reader remembers.
    taken: list[float] = field(default_factory=list)

    @property
    def cpu_ms(self) -> float:
        return median(self.cpu) * 1000

    @property
    def a_second(self) -> float:
        return median(self.rate)

    @property
    def p95_ms(self) -> float:
        """Nineteen of twenty were answered sooner."""
        return sorted(self.taken)[int(len(self.taken) * 0.95)] * 1000


class Caller:
    def __init__(self, server: Server, meter: Meter) -> None:
        self.server, self.meter = server, meter
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)

    def ask(
        self, path: str, headers: dict[str, str], *, expected: int, form: str | None = None
    ) -> Answer:
        method = "GET" if form is None else "POST"
        try:
            self.connection.request(method, path, body=form, headers=headers)
            response = self.connection.getresponse()
        except ConnectionError:
            # The server hangs up on whoever is silent for two seconds.
            self.connection.close()
            self.connection.request(method, path, body=form, headers=headers)
            response = self.connection.getresponse()
        body = response.read()
        if response.status != expected:
            words = TAG_OR_SPACE.sub(" ", body.decode(errors="replace"))[:TOLD]
            raise SystemExit(f"{method} {path} gave {response.status}, not {expected}: {words}")
        return Answer(response.status, body, response.headers.get("ETag", ""))

    def spend(self, seconds: float, ask: Callable[[], object], cost: Cost) -> None:
        ask()
        number, before, started = 0, self.meter.read(), time.perf_counter()
        while (taken := time.perf_counter() - started) < seconds:
            began = time.perf_counter()
            ask()
            cost.taken.append(time.perf_counter() - began)
            number += 1
        cost.cpu.append((self.meter.read() - before) / number)
        cost.rate.append(number / taken)


def measure(
    pairs: Sequence[tuple[Caller, Callable[[], object]]], seconds: float, slices: int
) -> list[Cost]:
    """The callers in turn, slice by slice: what disturbs the machine disturbs all alike."""
    costs = [Cost() for _ in pairs]
    for _, ask in pairs:
        for _ in range(WARM_UP):
            ask()
    for _ in range(slices):
        for (caller, ask), cost in zip(pairs, costs, strict=True):
            caller.spend(seconds / slices, ask, cost)
    return costs


def poster(caller: Caller, paths: Sequence[str], cookie: str, **values: str) -> Callable[[], None]:
    """Posts to these in turn, each time with a new form key."""
    headers = {
        "Cookie": f"{cookie}; csrftoken={CSRF_TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    posted = 0

    def post() -> None:
        nonlocal posted
        posted += 1
        form = {
            "csrfmiddlewaretoken": CSRF_TOKEN,
            "form_key": str(uuid4()),
            "source": f"{TEXT}\nRemark {posted}.",
            **values,
        }
        path = paths[posted % len(paths)]
        caller.ask(path, headers, expected=FOUND, form=urlencode(form))

    return post
