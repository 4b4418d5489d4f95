"""Every page, light and dark, narrow and wide: accessible, in bounds, and without complaint."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from tests.world import VISITOR, make_world

SIZES = {"narrow": {"width": 360, "height": 800}, "wide": {"width": 1440, "height": 1000}}
SCHEMES = ("light", "dark")


@pytest.fixture
def world(transactional_db):
    return make_world()


# A page in the dark is the same page: of axe's rules these ask about its colours.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}


def faults_of(page, options=None) -> list[str]:
    """What axe finds, and whether the page is wider than the screen."""
    found = [
        f"{fault['id']}: {[node['html'][:200] for node in fault['nodes'][:3]]}"
        for fault in Axe().run(page, options=options).response["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways")
    return found


def open_as(browser, base_url, width, scheme):
    return browser.new_context(
        base_url=base_url,
        viewport=SIZES[width],
        color_scheme=scheme,
        reduced_motion="reduce",
    )


def session_of(user, base_url) -> dict:
    """The cookie of a member who is logged in, without the page for it each time."""
    client = Client()
    client.force_login(user)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", SIZES)
def test_no_page_is_at_fault(browser, base_url, world, width, scheme):
    faults, complaints = {}, []
    context = open_as(browser, base_url, width, scheme)
    page = context.new_page()
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    who = VISITOR
    for each in sorted(world.pages, key=lambda each: each.who):
        if each.status != 200:
            continue
        if each.who != who:
            who = each.who
            page.goto("about:blank")  # what a page still asks for, it asks for as who it was
            context.clear_cookies()
            if user := world.user(who):
                context.add_cookies([session_of(user, base_url)])
        page.goto(each.url)
        if found := faults_of(page, COLOURS if scheme == "dark" else None):
            faults[each.name] = found
    context.close()
    assert not faults, "\n".join(f"{name}: {found}" for name, found in faults.items())
    assert not complaints, "\n".join(complaints)
