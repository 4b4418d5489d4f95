"""The README names what is there: each setting of an operator, and each place in the tree."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text()

READ_IN_SETTINGS = re.compile(r'environment\.\w+\(\s*"([A-Z_]+)"')
READ_IN_SERVE = re.compile(r"\$\{([A-Z_]+):-")
# What an image sets for itself; nobody who installs the site says it.
OUR_OWN = {"GUNICORN"}


def names_read() -> set[str]:
    settings = (ROOT / "forum/settings.py").read_text()
    serve = (ROOT / "bin/serve").read_text()
    return set(READ_IN_SETTINGS.findall(settings)) | set(READ_IN_SERVE.findall(serve)) - OUR_OWN


def names_in_the_table() -> set[str]:
    firsts = re.findall(r"^\| (`.*?) \|", README, re.MULTILINE)
    return {name for first in firsts for name in re.findall(r"`([A-Z_]+)`", first)}


def test_the_table_of_settings_has_every_name_that_is_read_and_no_other():
    assert names_in_the_table() == names_read()


def packages() -> list[str]:
    inits = ROOT.glob("forum/*/__init__.py")
    return sorted({init.parent.name for init in inits} - {"management", "templatetags"})


@pytest.mark.parametrize("name", packages())
def test_the_tree_names_every_package_of_the_site(name):
    assert re.search(rf"^      {name}/ +\w", README, re.MULTILINE)


@pytest.mark.parametrize("line", re.findall(r"^    (\S+)(?:  \S+)? {2,}\w", README, re.MULTILINE))
def test_what_the_tree_names_is_there(line):
    assert list(ROOT.glob(line.rstrip("/"))), line
