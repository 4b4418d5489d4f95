"""The pictures of an argument, as a browser shows them: the map, and how a claim has fared."""

import re

import pytest
from playwright.sync_api import expect

from forum.counterpoints.map_reading import ROWS
from tests.factories import make_claim, make_counterpoint, make_essay, make_user

ANSWER = "The saddlers never said so."


@pytest.fixture
def essay():
    essay = make_essay("The Horse Collar", slug="the-horse-collar")
    claim = make_claim(essay, statement="Nobody knew why the horse choked.")
    objection = make_counterpoint(claim, source="The saddlers knew.")
    make_counterpoint(claim, "undercuts", target=objection, source=ANSWER)
    make_counterpoint(make_claim(essay, "Towns grew", statement="Towns grew where horses pulled."))
    return essay


@pytest.fixture
def crowded():
    essay = make_essay("A Long Quarrel", slug="a-long-quarrel")
    for place in range(ROWS + 10):
        make_claim(essay, ("Nobody knew why.", "Towns grew")[place % 2])
    return essay


def goes_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def links_in(part):
    """Where its links lead, without double ones."""
    found = part.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return {link for link in found if link.startswith(("/claims/", "/posts/", "/counterpoints/"))}


def test_on_a_wide_screen_the_map_and_its_list_say_the_same(wide, essay):
    wide.goto("/essays/the-horse-collar/map/")
    picture = wide.get_by_role("group", name="The whole map of The Horse Collar")
    expect(picture).to_be_visible()
    assert links_in(picture) == links_in(wide.locator("#list"))
    assert len(links_in(picture)) == 6
    assert not goes_sideways(wide)
    # Every word stands inside the picture.
    box = picture.bounding_box()
    for text in picture.locator("text").all():
        place = text.bounding_box()
        assert place["x"] >= box["x"] - 1
        assert place["x"] + place["width"] <= box["x"] + box["width"] + 1


def test_words_of_the_map_keep_off_each_other(wide, essay):
    wide.goto("/essays/the-horse-collar/map/")
    boxes = [
        text.bounding_box() for text in wide.locator("svg.pic text").all() if text.text_content()
    ]
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            assert (
                one["x"] + one["width"] <= other["x"] + 1
                or other["x"] + other["width"] <= one["x"] + 1
                or one["y"] + one["height"] <= other["y"] + 4
                or other["y"] + other["height"] <= one["y"] + 4
            )


def test_on_a_phone_the_list_takes_the_place_of_the_picture(phone, essay):
    phone.goto("/essays/the-horse-collar/map/")
    expect(phone.locator("svg.pic")).to_be_hidden()
    listed = phone.locator("#list")
    expect(listed.get_by_role("link", name=ANSWER)).to_be_visible()
    expect(listed.get_by_text("Nobody has answered this")).to_be_visible()
    assert not goes_sideways(phone)


def test_from_a_crowded_map_one_goes_nearer_by_part(wide, phone, crowded):
    for page in (wide, phone):
        page.goto("/essays/a-long-quarrel/map/")
        assert not goes_sideways(page)
        page.locator("#list").get_by_role("link", name="Oats").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Map of part 2 of")
        assert not goes_sideways(page)
        page.get_by_role("link", name="The whole map").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("The whole map of")


def test_the_map_is_taken_away_as_a_file_that_opens_by_itself(wide, essay, tmp_path):
    wide.goto("/essays/the-horse-collar/map/")
    with wide.expect_download() as started:
        wide.get_by_role("link", name="As an SVG file").click()
    assert started.value.suggested_filename == "the-horse-collar-map.svg"
    kept = tmp_path / "map.svg"
    started.value.save_as(kept)
    wide.goto(kept.as_uri())
    expect(wide.locator("text.head")).to_have_text("The whole map of The Horse Collar")
    ink = "element => getComputedStyle(element).fill"
    light = wide.locator("text.head").evaluate(ink)
    wide.emulate_media(color_scheme="dark")
    assert wide.locator("text.head").evaluate(ink) != light


def test_after_an_answer_the_history_of_the_claim_tells_it(wide, essay):
    claim = make_claim(essay, "He did not count days any more.", statement="He stopped counting.")
    objection = make_counterpoint(claim, author=make_user(display_name="Hester Vane"))
    wide.goto(claim.get_absolute_url())
    history = wide.get_by_role("complementary", name="About this claim")
    expect(history.get_by_role("img")).to_have_accessible_name("Unchallenged, then unanswered")
    make_counterpoint(claim, target=objection)
    wide.reload()
    expect(history.get_by_role("img")).to_have_accessible_name(
        "Unchallenged, then unanswered, then stands"
    )
    history.get_by_role("link", name="Hester Vane’s rebuttal").click()
    expect(wide).to_have_url(re.compile(rf"/claims/{claim.pk}/.*#post-{objection.pk}$"))
