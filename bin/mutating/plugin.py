"""Pytest's part: first to note in which tests each check refuses, then to remove one after the
other and run those tests until one of them fails.

The folder named by MUTANTS holds what the first run found out for the second.
"""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from mutating.loading import install, switch

FOLDER = Path(os.environ["MUTANTS"])
# Which share of the checks this process removes: "0/2".
SHARE = os.environ.get("MUTANTS_SHARE", "")
# A check that so many tests do not miss is missed by none.
MOST_TESTS = 250

install()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    switch.test = item.nodeid
    began = time.perf_counter()
    found = yield
    _taken[item.nodeid] = time.perf_counter() - began
    switch.test = ""
    return found


_taken: dict[str, float] = {}


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Each worker of the first run leaves what it saw."""
    if not SHARE and _taken:
        seen = {site: sorted(tests) for site, tests in switch.refused_in.items()}
        name = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        (FOLDER / f"seen-{name}.json").write_text(json.dumps({"seen": seen, "taken": _taken}))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if SHARE:
        wanted = {test for tests in _plan().values() for test in tests}
        config.hook.pytest_deselected(items=[each for each in items if each.nodeid not in wanted])
        items[:] = [each for each in items if each.nodeid in wanted]


def _plan() -> dict[str, list[str]]:
    """Of this process: by check, the tests to run, the quickest first."""
    number, of = map(int, SHARE.split("/"))
    plan: dict[str, list[str]] = json.loads((FOLDER / "plan.json").read_text())
    return {site: plan[site][:MOST_TESTS] for site in sorted(plan)[number::of]}


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    if not SHARE:
        return None
    items = {each.nodeid: each for each in session.items}
    missed_by: dict[str, str] = {}
    for site, tests in _plan().items():
        for test in tests:
            if test in items and _misses(site, items[test], session.items):
                missed_by[site] = test
                break
        (FOLDER / f"missed-{SHARE[0]}.json").write_text(json.dumps(missed_by))
    return True


def _misses(site: str, item: pytest.Item, items: list[pytest.Item]) -> bool:
    """It fails without the check, and passes with all of them: what fails anyhow says nothing."""
    return _fails_without(site, item, items) and not _fails_without("", item, items)


class _After:
    """Stands for the test that comes next: as much as is asked of one."""

    fixturenames = ()

    def __init__(self, chain: list[Any]) -> None:
        self.chain = chain

    def listchain(self) -> list[Any]:
        return self.chain


def _shared(items: list[pytest.Item]) -> list[Any]:
    """The session and the folders that all tests lie in."""
    levels = zip(*(each.listchain() for each in items), strict=False)
    shared = [level[0] for level in levels if len(set(level)) == 1]
    return [node for node in shared if isinstance(node, pytest.Session | pytest.Directory)]


def _fails_without(site: str, item: pytest.Item, items: list[pytest.Item]) -> bool:
    # What comes next decides what is kept: only what all tests share, so that what a class or a
    # module sets up is set up without the check as well.
    after: Any = _After(_shared(items))
    switch.removed = site
    _failed_within.clear()
    try:
        reports = runtestprotocol(item, nextitem=after, log=False)
    finally:
        switch.removed = ""
    return bool(_failed_within) or any(
        report.failed for report in reports if report.when != "teardown"
    )


_failed_within: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """What is no report of a whole test is one of a part of it."""
    if SHARE and report.failed:
        _failed_within.append(report.nodeid)
