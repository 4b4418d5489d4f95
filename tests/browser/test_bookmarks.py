"""Keeping a sentence, from where it stands in the essay."""

from tests.browser.people import enter_as
from tests.factories import make_essay, make_user


def test_a_sentence_is_kept_from_where_it_stands(wide, base_url, transactional_db):
    make_essay("The Collar", slug="the-collar")
    enter_as(wide, make_user(), base_url)
    wide.goto("/essays/the-collar/")
    wide.locator("#s-1-2 .sn > a").focus()
    wide.locator("#s-1-2 .keep").click()
    wide.get_by_label("A note to yourself").fill("Ask Wen.")
    wide.get_by_role("button", name="Keep it").click()
    wide.get_by_role("link", name="Your bookmarks").click()
    assert wide.get_by_text("Ask Wen.").is_visible()
    wide.get_by_role("button", name="Let it go").click()
    wide.get_by_role("heading", name="Keep this sentence").wait_for()
