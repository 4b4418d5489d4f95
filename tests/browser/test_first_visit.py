"""What a browser that was never here before fetches for a page of posts."""

import random
import re

import pytest

from tests.browser.people import enter_as
from tests.factories import make_claim, make_comment, make_counterpoint, make_essay, make_user

POSTS = 25
# Bytes as they come over the line, headers and all, fonts apart.
MOST = 35_000
# The page, its sheet, its script, its signs.
REQUESTS = 4
RELATIONS = ("rebuts", "undercuts", "supports", "rebuts")
WORDS = "harness ox plough Lefebvre yoke Roman throat medieval carts evidence pulls not the a of in"


@pytest.fixture
def words():
    """What each post says."""
    rng = random.Random(25)
    return [" ".join(rng.choices(WORDS.split(), k=60)) for _ in range(POSTS)]


@pytest.fixture
def discussion(transactional_db, words):
    essay = make_essay("The Collar", slug="the-collar")
    for source in words:
        make_comment(essay, source=source)
    return "/essays/the-collar/discussion/"


@pytest.fixture
def claim(transactional_db, words):
    """Its opening is on the page, too, so it has one counterpoint less."""
    claim, answered = make_claim(), None
    for number, source in enumerate(words[1:]):
        relation = RELATIONS[number % len(RELATIONS)]
        answered = make_counterpoint(claim, relation, target=answered, source=source)
        if number % 3 == 2:
            answered = None
    return claim.get_absolute_url()


def fetched(page):
    """Bytes by address of what is fetched from now on; what the browser had already is left out."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    asked, found = {}, {}
    line.on("Network.requestWillBeSent", lambda e: asked.update({e["requestId"]: e}))

    def finished(event):
        request = asked[event["requestId"]]
        if request.get("type") != "Font" and event["encodedDataLength"]:
            found[request["request"]["url"]] = event["encodedDataLength"]

    line.on("Network.loadingFinished", finished)
    return found


@pytest.mark.parametrize("reader", ["visitor", "member"])
@pytest.mark.parametrize("kind", ["discussion", "claim"])
def test_a_first_visit_to_a_page_of_25_posts_is_light(wide, kind, reader, base_url, request):
    url = request.getfixturevalue(kind)
    if reader == "member":
        enter_as(wide, make_user("ruth"), base_url)
    found = fetched(wide)
    wide.goto(url, wait_until="networkidle")
    assert wide.locator("[id^=post-]").count() == POSTS
    assert sum(found.values()) <= MOST, found
    assert len(found) <= REQUESTS, found


def test_the_icon_of_the_site_is_drawn_by_the_file_of_its_signs(wide, discussion, base_url):
    wide.goto(discussion)
    icon = wide.locator("link[rel=icon]").get_attribute("href")
    assert wide.locator("svg use").first.get_attribute("href").startswith(icon)
    drawing = wide.request.get(base_url + icon).text()
    assert re.search(r"<svg [^>]*viewBox[^>]*>\s*(<!--[^>]*-->\s*)*<path", drawing)
