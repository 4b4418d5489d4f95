"""Every page, light and dark, narrow and wide: accessible, in bounds, and without complaint."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client

from tests.world.making import make_world
from tests.world.pages import VISITOR

OK = 200
SIZES = {"narrow": {"width": 360, "height": 800}, "wide": {"width": 1440, "height": 1000}}
# Each page is opened once, wide and light, then made narrow, then dark, then wide again.
LOOKS = (("wide", "light"), ("narrow", "light"), ("narrow", "dark"), ("wide", "dark"))
# As many as there are usually workers: each makes a world of its own.
PARTS = 2


@pytest.fixture
def world(transactional_db):
    return make_world()


ALL = {"resultTypes": ["violations"]}
# A page in the dark is the same page: of axe's rules these ask about its colours, and take longer
# than all others together.
COLOURS = ("color-contrast", "link-in-text-block")
ONLY_COLOURS = {**ALL, "runOnly": COLOURS}
ALL_BUT_COLOURS = {**ALL, "rules": {rule: {"enabled": False} for rule in COLOURS}}
# Every second page is asked about its colours in these two looks, the others in the other two: what
# pages are made of stands on many of them.
BY_TURNS = (
    {("wide", "light"), ("narrow", "dark")},
    {("narrow", "light"), ("wide", "dark")},
)


def rules_for(look, coloured) -> dict | None:
    """Which of axe's rules; None where there is nothing to ask."""
    if "light" in look:
        return ALL if look in coloured else ALL_BUT_COLOURS
    return ONLY_COLOURS if look in coloured else None


def faults_of(page, options: dict | None = ALL) -> list[str]:
    """What axe finds, and whether the page is wider than the screen."""
    found = violations(page, options) if options else []
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways")
    return found


def violations(page, options: dict) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [
        f"{fault['id']}: {[node['html'][:200] for node in fault['nodes'][:3]]}"
        for fault in page.evaluate("options => axe.run(options)", options)["violations"]
    ]


def look_as(page, width, scheme):
    page.set_viewport_size(SIZES[width])
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")


def session_of(user, base_url) -> dict:
    """The cookie of a member who is logged in, without the page for it each time."""
    client = Client()
    client.force_login(user)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_is_at_fault(browser, base_url, world, part):
    faults, complaints = {}, []
    context = browser.new_context(base_url=base_url)
    page = context.new_page()
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    who = VISITOR
    opened = [each for each in world.pages if each.status == OK]
    for number, each in enumerate(sorted(opened, key=lambda each: each.who)[part::PARTS]):
        if each.who != who:
            who = each.who
            page.goto("about:blank")  # what a page still asks for, it asks for as who it was
            context.clear_cookies()
            if user := world.user(who):
                context.add_cookies([session_of(user, base_url)])
        look_as(page, *LOOKS[0])
        page.goto(each.url)
        for look in LOOKS:
            look_as(page, *look)
            if found := faults_of(page, rules_for(look, BY_TURNS[number % 2])):
                faults[each.name, *look] = found
    context.close()
    assert not faults, "\n".join(f"{where}: {found}" for where, found in faults.items())
    assert not complaints, "\n".join(complaints)
