"""A real Chromium before a real server: `page.goto("/")` opens the site as visitors get it."""

import fcntl
import functools
import os
import shutil

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Locator
from pytest_django.live_server_helper import LiveServer

from forum.guard.models import HoldRule
from forum.guard.rules import _Kept, forget_rules
from tests.browser.attending import Attended
from tests.conftest import MIGRATED_ROWS
from tests.rows import put_back

# Playwright keeps an event loop running in this thread, and Django would refuse it the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Headless, in containers too, and talking to nobody but the page's own server.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

WIDE = {"width": 1440, "height": 1000}
NARROW = {"width": 360, "height": 800}
# Milliseconds: nothing here takes long, so what does not come is missed soon.
PATIENCE = 8_000


def _chromium() -> str:
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not found:
        pytest.exit("No Chromium found: install one, or name it with CHROMIUM=…", returncode=1)
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": _chromium(),
        "args": CHROMIUM_ARGUMENTS,
    }


@pytest.fixture(scope="session")
def _collected_files(tmp_path_factory, worker_id):
    """To compress them takes some seconds: of several workers one does it for all."""
    if worker_id == "master":
        return collect()
    # What the workers of one run have in common.
    shared = tmp_path_factory.getbasetemp().parent / "collected"
    with (shared.parent / "collected.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if shared.exists():
            return shutil.copytree(shared, settings.STATIC_ROOT, dirs_exist_ok=True)
        collect()
        return shutil.copytree(settings.STATIC_ROOT, shared)


def collect():
    with override_settings(STORAGES=settings.COLLECTED_STORAGES):
        call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture(scope="session")
def _attended():
    return Attended()


@pytest.fixture(scope="session")
def live_server(_collected_files, _attended):
    server = LiveServer("localhost", start=False)
    # The site serves its collected files itself: no handler for tests comes before it.
    server.thread.static_handler = _attended.serving
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def base_url(live_server):
    return live_server.url


@pytest.fixture(scope="session")
def _migrated_rows_at_hand(playwright, django_db_setup, pytestconfig):
    # Once Playwright's event loop runs, Django gives this thread a connection of its own. The one
    # before it knew how to put back what emptying the tables takes away; now this one does, and
    # quicker.
    connection._test_serialized_contents = pytestconfig.stash[MIGRATED_ROWS]
    connection.creation.deserialize_db_from_string = put_back


@pytest.fixture(scope="session", autouse=True)
def _what_is_pressed_has_led_somewhere():
    """A click by itself is over once the next page begins to arrive, and nothing is on it yet."""
    with pytest.MonkeyPatch.context() as patch:
        for way in ("click", "press"):
            patch.setattr(Locator, way, _and_read_the_page(getattr(Locator, way)))
        yield


def _and_read_the_page(act):
    @functools.wraps(act)
    def act_and_read(locator, *args, **options):
        act(locator, *args, **options)
        locator.page.wait_for_load_state("domcontentloaded")

    return act_and_read


@pytest.fixture(autouse=True)
def _as_visitors_get_it(
    live_server,
    _attended,
    _migrated_rows_at_hand,
    transactional_db,
    django_db_serialized_rollback,
    monkeypatch,
):
    """Collected files; and what the migrations put into the database is there for each test."""
    # Whoever writes here is as quick as a machine.
    for name in ("rules", "until"):
        monkeypatch.setattr(_Kept, name, getattr(_Kept, name))
    HoldRule.objects.filter(name="too-quick").update(is_on=False)
    forget_rules()
    # Limits are counted in a table that is no model's, so no flush empties it.
    caches["default"].clear()
    with override_settings(STORAGES=settings.COLLECTED_STORAGES):
        yield
        _attended.wait()


@pytest.fixture
def page(page):
    """Fails the test if the console complained, as it does of whatever the policy forbids."""
    complaints = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


@pytest.fixture
def wide(page):
    page.set_viewport_size(WIDE)
    page.emulate_media(reduced_motion="reduce")
    page.set_default_timeout(PATIENCE)
    return page


@pytest.fixture
def phone(browser, base_url):
    """A page under a thumb: nothing hovers."""
    context = browser.new_context(
        base_url=base_url, viewport=NARROW, has_touch=True, is_mobile=True
    )
    complaints = []
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []
