"""What stands around an essay's text, as a browser takes it: data, images, contents, neighbours."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import world  # noqa: F401 — a fixture
from tests.world.pages import Page

DATA = 'script[type="application/ld+json"]'


@pytest.fixture
def illustrated(world) -> Page:  # noqa: F811
    return next(page for page in world.pages if page.name == "essay in a series")


def shown_file(page):
    """Which of the image's files the browser chose, once it has come."""
    image = page.get_by_role("img", name="A plough")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", value=True)
    assert image.evaluate("image => image.naturalWidth") > 0
    return image.evaluate("image => image.currentSrc")


def test_data_for_machines_is_read_and_breaks_no_policy(wide, world):  # noqa: F811
    wide.add_init_script(
        "window.broken = [];"
        "addEventListener('securitypolicyviolation', e => broken.push(e.violatedDirective))"
    )
    kinds = {"essay": "Article", "claim": "Claim", "discussion": "DiscussionForumPosting"}
    for name, kind in kinds.items():
        wide.goto(next(page.url for page in world.pages if page.name == name))
        said = wide.locator(DATA).evaluate("block => JSON.parse(block.textContent)")
        assert said["@type"] == kind
        assert said["url"] == wide.url
        assert wide.evaluate("broken") == []


def test_a_phone_loads_the_small_file_and_a_wide_screen_a_larger_one(wide, phone, illustrated):
    phone.goto(illustrated.url)
    assert shown_file(phone).endswith("-480.webp")
    wide.goto(illustrated.url)
    assert shown_file(wide).endswith("-960.webp")


def test_an_image_keeps_its_place_before_it_has_come(phone, illustrated):
    # It is asked for and never answered.
    phone.route("**/media/**", lambda _: None)
    phone.goto(illustrated.url)
    box = phone.get_by_role("img", name="A plough").bounding_box()
    assert box["width"] / box["height"] == pytest.approx(1200 / 90, rel=0.05)


def test_on_a_phone_the_contents_are_folded_up_before_the_text(wide, phone, illustrated):
    phone.goto(illustrated.url)
    contents = phone.get_by_role("navigation", name="Contents")
    expect(contents).to_be_hidden()
    phone.get_by_text("In this essay").locator("visible=true").tap()
    contents.get_by_role("link", name="Oats").tap()
    expect(phone).to_have_url(f"{phone.url.split('#')[0]}#h-oats")
    wide.goto(illustrated.url)
    expect(wide.get_by_role("navigation", name="Contents")).to_have_count(0)
    expect(wide.get_by_role("navigation", name="Sections")).to_be_visible()


def test_a_series_is_read_from_essay_to_essay(wide, illustrated):
    wide.goto(illustrated.url)
    wide.get_by_role("navigation", name="In this series").locator("[rel=next]").click()
    expect(wide).to_have_url(illustrated.url.replace("tools-2", "tools-3"))
