"""Words of one's own with scripts off: begun before there is a login, mended, read in context."""

import pytest

from forum.posts.models import Draft, Post
from tests.browser.people import PASSPHRASE, enter_as, make_confirmed
from tests.factories import make_comment, make_essay, make_user

URL = "/essays/the-collar/discussion/"


@pytest.fixture
def wren(transactional_db):
    return make_confirmed("wren", display_name="Wren Oddfellow")


@pytest.fixture
def remark(transactional_db):
    return make_comment(make_essay("The Collar", slug="the-collar"), source="A horse choked.")


@pytest.fixture
def plain(browser, base_url):
    """A narrow page without scripts."""
    context = browser.new_context(
        base_url=base_url, java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    page.set_default_timeout(8_000)
    yield page
    context.close()


@pytest.mark.parametrize("way", ["Add to the discussion", "Reply to post"])
def test_what_is_written_signed_out_is_gone_on_with_after_the_login(plain, wren, remark, way):
    plain.goto(URL)
    plain.get_by_role("link", name=way).first.click()
    assert plain.get_by_text("Not public yet").is_visible()
    plain.locator("[name=source]").fill("Not one of them did.")
    plain.get_by_role("button", name="I have an account").click()
    plain.locator("[name=login]").fill("wren")
    plain.locator("[name=password]").fill(PASSPHRASE)
    plain.locator("main").get_by_role("button", name="Log in", exact=True).click()
    plain.get_by_text("Written before you logged in: not public yet").wait_for()
    assert plain.locator("[name=source]").input_value() == "Not one of them did."
    plain.get_by_role("button", name="Post", exact=True).click()
    plain.wait_for_url("**/discussion/**")
    made = Post.objects.get(author=wren)
    assert made.parent == (remark if way.startswith("Reply") else None)
    assert not Draft.objects.exists()


def test_a_post_is_mended_its_history_tells_how_and_it_is_withdrawn(plain, wren, remark, base_url):
    mine = make_comment(parent=remark, author=wren, source="All horses choked.")
    make_comment(parent=mine, source="Did they?")
    enter_as(plain, wren, base_url)
    plain.goto(URL)
    plain.get_by_role("link", name=f"Edit post {mine.pk}").click()
    plain.locator("[name=source]").fill("Some horses choked.")
    plain.locator("main").get_by_role("button", name="Save").first.click()
    plain.wait_for_url("**/discussion/**")
    plain.get_by_role("link", name="Edited").click()
    assert plain.locator("main del").first.inner_text().strip() == "All"
    assert plain.locator("main ins").first.inner_text().strip() == "Some"
    plain.goto(URL)
    plain.get_by_role("link", name=f"Withdraw post {mine.pk}").click()
    plain.locator("main").get_by_role("button", name="Withdraw").click()
    plain.wait_for_url("**/discussion/**")
    taken_back = plain.locator(f"#post-{mine.pk} > article")
    assert taken_back.get_by_text("Withdrawn").first.is_visible()
    assert taken_back.get_by_text("Some horses choked.").is_visible()
    assert plain.get_by_role("link", name=f"Withdraw post {mine.pk}").count() == 0
    assert plain.get_by_text("Did they?").is_visible()


def test_one_post_is_read_with_what_it_answers_and_what_answers_it(plain, remark):
    answer = make_comment(parent=remark, author=make_user(), source="Which one?")
    make_comment(parent=answer, source="The grey one.")
    make_comment(parent=remark, source="Something else.")
    plain.goto(f"/posts/{answer.pk}/context/")
    for words in ("A horse choked.", "Which one?", "The grey one."):
        assert plain.get_by_text(words).is_visible()
    assert plain.get_by_text("Something else.").count() == 0
    plain.get_by_role("link", name="All of the discussion").click()
    assert plain.get_by_text("Something else.").is_visible()
