"""The locked requirements: complete, in step with each other, and bound to no place."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = ("requirements.txt", "requirements-test.txt")
PINNED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ;\\]+)", re.MULTILINE)
REQUIRED = re.compile(r"^(?P<name>[A-Za-z0-9-]+)")


def locked(lock: str) -> dict[str, str]:
    return dict(PINNED.findall((ROOT / lock).read_text()))


def required() -> tuple[list[str], list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return project["project"]["dependencies"], project["dependency-groups"]["test"]


def missing(requirements: list[str], lock: str) -> set[str]:
    return {REQUIRED.match(each)["name"] for each in requirements} - locked(lock).keys()


def test_what_the_site_needs_is_locked():
    of_the_site, _ = required()
    assert not missing(of_the_site, "requirements.txt")


def test_what_the_tests_need_is_locked():
    of_the_site, of_the_tests = required()
    assert not missing(of_the_site + of_the_tests, "requirements-test.txt")


def test_tests_run_with_the_releases_that_the_site_runs_with():
    assert locked("requirements.txt").items() <= locked("requirements-test.txt").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_folder(lock):
    assert not re.search(r"://|^-|\s/[a-z]", (ROOT / lock).read_text(), re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_has_a_hash(lock):
    text = (ROOT / lock).read_text()
    for pinned in PINNED.finditer(text):
        following = text[pinned.end() :].split("\n", 2)
        assert "--hash=sha256:" in following[1], pinned["name"]


def test_the_reader_of_argdown_is_locked_without_a_host():
    lock = json.loads((ROOT / "tests/exchange/argdown/package-lock.json").read_text())
    packages = [each for path, each in lock["packages"].items() if path]
    assert packages
    assert all("integrity" in each and "resolved" not in each for each in packages)
