"""Colours and clocks: the device's own, until a reader says otherwise."""

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe

from forum.accounts.actions import choose_zone
from tests.browser.people import enter_as, make_confirmed
from tests.factories import cast_votes, make_claim, make_comment, make_counterpoint, make_essay

MOMENT = datetime(2026, 3, 9, 22, 30, tzinfo=UTC)
ENHANCED = {"runOnly": ["color-contrast-enhanced", "color-contrast"]}


@pytest.fixture
def debate(transactional_db):
    essay = make_essay("The Collar", slug="the-collar")
    claim = make_claim(essay)
    for relation in ("rebuts", "undercuts", "supports", "concedes"):
        cast_votes(make_counterpoint(claim, relation).post, up=2, down=1)
    make_comment(essay, now=MOMENT)
    return claim


def ink_and_paper(page):
    return page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )


def test_high_contrast_is_chosen_at_the_foot_of_a_page_and_stays(wide, debate):
    wide.goto(debate.get_absolute_url())
    usual = ink_and_paper(wide)
    wide.get_by_label("Colours").select_option(label="High contrast, light")
    assert ink_and_paper(wide)[0] == "rgb(0, 0, 0)" != usual[0]
    wide.goto("/")
    assert ink_and_paper(wide)[0] == "rgb(0, 0, 0)"
    wide.get_by_label("Colours").select_option(label="High contrast, dark")
    assert ink_and_paper(wide) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    wide.get_by_label("Colours").select_option(label="As on this device")
    wide.goto(debate.get_absolute_url())
    assert ink_and_paper(wide) == usual


def test_a_device_that_asks_for_more_contrast_gets_it(wide, debate):
    wide.emulate_media(contrast="more", color_scheme="dark")
    wide.goto(debate.get_absolute_url())
    assert ink_and_paper(wide) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_ink_on_the_page_of_a_claim_reaches_seven_to_one(wide, debate, scheme):
    wide.emulate_media(contrast="more", color_scheme=scheme)
    wide.goto(debate.get_absolute_url())
    options = {"runOnly": {"type": "rule", "values": ENHANCED["runOnly"]}}
    found = Axe().run(wide, options=options).response["violations"]
    nodes = [node["html"][:120] for each in found for node in each["nodes"]]
    assert nodes == []


def test_times_are_told_by_the_browsers_clock(browser, base_url, debate):
    context = browser.new_context(base_url=base_url, timezone_id="Asia/Tokyo", locale="en-GB")
    page = context.new_page()
    page.goto("/essays/the-collar/discussion/")
    time = page.locator(".thread time").first
    assert time.inner_text() == "10 March 2026, 07:30"
    assert time.get_attribute("title") == "9 March 2026, 22:30 UTC"
    context.close()


def test_or_by_that_of_the_account_and_as_written_without_a_script(browser, base_url, wide, debate):
    member = make_confirmed("wren")
    choose_zone(member=member, time_zone="America/New_York")
    enter_as(wide, member, base_url)
    wide.goto("/essays/the-collar/discussion/")
    assert wide.locator(".thread time").first.inner_text() == "9 March 2026, 18:30"
    context = browser.new_context(
        base_url=base_url, timezone_id="Asia/Tokyo", java_script_enabled=False
    )
    plain = context.new_page()
    plain.goto("/essays/the-collar/discussion/")
    assert plain.locator(".thread time").first.inner_text() == "9 March 2026, 22:30"
    assert not plain.get_by_label("Colours").is_visible()
    context.close()
