import gc
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TestCase, TransactionTestCase
from hypothesis import settings
from pytest_django.plugin import blocking_manager_key

from forum.guard.rules import rules_now
from forum.lib.house import House, keep
from tests import migrated, migrated_on_postgres
from tests.kept import forget_what_is_kept
from tests.rows import Rows, put_back, rows_of_all_tables

# A page makes some ten thousand things and lets go of them: to look for what holds itself after
# every few hundred is a tenth of all that the tests take.
gc.set_threshold(100_000, 20, 100)

# Properties are about what comes out: how long it takes is for the bench to say. On PostgreSQL
# fewer examples are tried: there they ask whether it does the same, not whether the rule is right.
settings.register_profile("sqlite", deadline=None)
settings.register_profile("postgresql", settings.get_profile("sqlite"), max_examples=15)
settings.load_profile(connection.vendor)

# What the migrations put into the tables.
MIGRATED_ROWS = pytest.StashKey[Rows]()


DATABASE_FIXTURES = {"db", "transactional_db"}


def pytest_collection_modifyitems(config, items):
    """Whatever asks no database says the same on either: on PostgreSQL it is left out."""
    if connection.vendor == "postgresql":
        pure = [item for item in items if not asks_a_database(item)]
        config.hook.pytest_deselected(items=pure)
        items[:] = [item for item in items if asks_a_database(item)]
    put_long_ones_first(items)


def put_long_ones_first(items):
    """Of those that empty the tables, with which a run ends: or one worker is still at it when the
    other has nothing left.
    """
    long = [item for item in items if item.get_closest_marker("long")]
    others = [item for item in items if item not in long]
    ending = [item for item in others if empties_the_tables(item)]
    at = others.index(ending[0]) if ending else len(others)
    items[:] = [*others[:at], *long, *others[at:]]


def asks_a_database(item):
    case = getattr(item, "cls", None)
    if case is not None and issubclass(case, TransactionTestCase):
        return True
    return bool(DATABASE_FIXTURES & set(item.fixturenames))


def pytest_collection_finish():
    """What the site and its tests are made of stays to the end, and is not looked through again."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """What ends by emptying the tables leaves them as they were migrated to whatever comes next."""
    found = yield
    # After the last of all there are no tables any more.
    if empties_the_tables(item) and nextitem and not empties_the_tables(nextitem):
        with item.config.stash[blocking_manager_key].unblock():
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
            put_back(item.config.stash[MIGRATED_ROWS])
    return found


def empties_the_tables(item):
    case = getattr(item, "cls", None)
    if case is not None and issubclass(case, TransactionTestCase):
        return not issubclass(case, TestCase)
    return "transactional_db" in item.fixturenames


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """What lies there was brought by `_migrated_before`. The folder goes when the tests end."""
    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def _migrated_before(django_db_modify_db_settings):
    """What to call once the tables are migrated."""
    if connection.vendor == "postgresql":
        return migrated_on_postgres.bring()
    return migrated.bring(Path(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_setup(_migrated_before, django_db_setup, django_db_blocker, pytestconfig):
    _migrated_before()
    with django_db_blocker.unblock():
        pytestconfig.stash[MIGRATED_ROWS] = rows_of_all_tables()
        # Every test goes by the rules as they were migrated, and none pays for reading them.
        rules_now()


@pytest.fixture(autouse=True)
def _no_page_kept_from_the_test_before():
    # Unlike the default cache, which lies in the database, this one is not rolled back.
    forget_what_is_kept()


@pytest.fixture(autouse=True)
def _nothing_settled_by_the_test_before():
    keep(House())
