"""Aids for whoever writes: words to quote, names to mention."""

import pytest

from tests.browser.people import enter_as
from tests.factories import make_comment, make_essay, make_user

URL = "/essays/the-collar/discussion/"


@pytest.fixture
def remark(transactional_db):
    return make_comment(make_essay("The Collar", slug="the-collar"), source="The *whole* collar.")


def select(page, selector):
    page.evaluate(
        """(selector) => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector(selector));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        selector,
    )


def test_selected_words_are_quoted_in_the_answer(wide, remark, base_url):
    enter_as(wide, make_user(), base_url)
    wide.goto(URL)
    select(wide, f"#post-{remark.pk} .prose p")
    wide.get_by_role("link", name="Quote and answer").click()
    wide.wait_for_url("**/reply/?quote=*")
    assert wide.locator("textarea").input_value() == "> The whole collar.\n\n"
    wide.locator("textarea").press("Control+End")
    wide.locator("textarea").type("Of which horse?")
    wide.get_by_role("button", name="Post", exact=True).click()
    wide.get_by_text("Of which horse?").wait_for()
    assert wide.locator("blockquote").inner_text().strip() == "The whole collar."


def test_a_name_is_chosen_by_keyboard(wide, remark, base_url):
    make_user("ottoline", display_name="Ottoline Nightjar")
    make_user("otto")
    enter_as(wide, make_user(), base_url)
    wide.goto(f"/posts/{remark.pk}/reply/")
    area = wide.locator("textarea")
    area.type("As @ott")
    options = wide.locator("[role=option]")
    options.nth(1).wait_for()
    assert options.all_inner_texts() == ["otto", "Ottoline Nightjar (ottoline)"]
    area.press("ArrowDown")
    assert area.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    area.press("Enter")
    area.type("says")
    assert area.input_value() == "As @ottoline says"
    assert not wide.get_by_role("listbox").is_visible()
    area.type(" and @ott")
    options.first.wait_for()
    area.press("Escape")
    assert area.input_value() == "As @ottoline says and @ott"
    assert area.evaluate("it => it === document.activeElement")


def test_a_name_is_chosen_with_the_mouse(wide, remark, base_url):
    make_user("ottoline")
    enter_as(wide, make_user(), base_url)
    wide.goto(f"/posts/{remark.pk}/reply/")
    wide.locator("textarea").type("@otto")
    wide.locator("[role=option]").click()
    assert wide.locator("textarea").input_value() == "@ottoline "
