"""In a browser: a limit that is reached loses no words; a held post is explained, then released."""

import re

import pytest

from forum.accounts.models import User
from forum.guard.models import Limit
from forum.moderation.models import Rule
from tests.accounts.test_signup import signup_form
from tests.browser.people import enter_as
from tests.factories import make_comment, make_essay, make_moderator, make_newcomer
from tests.house.settled import settled

LINKS = "See https://a.example and https://b.example and https://c.example for the figures."


@pytest.fixture
def sitting(browser, base_url, transactional_db):
    """Opens a page as somebody, without scripts; each has a browser of their own."""
    contexts = []

    def sit(user):
        context = browser.new_context(base_url=base_url, java_script_enabled=False)
        contexts.append(context)
        page = context.new_page()
        enter_as(page, user, base_url)
        return page

    yield sit
    for context in contexts:
        context.close()


def reply(page, post, words):
    page.goto(f"/posts/{post.pk}/reply/")
    page.get_by_label("Your reply").fill(words)
    return page.get_by_role("button", name="Post", exact=True)


def test_a_limit_is_explained_and_the_text_is_kept(sitting):
    Limit.objects.filter(name="post-account").update(most=1, seconds=86_400)
    remark = make_comment(make_essay("The Collar"))
    page = sitting(make_newcomer("tobias"))
    reply(page, remark, "The first of today.").click()
    page.get_by_text("The first of today.").wait_for()
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        reply(page, remark, "The second, long thought about.").click()
    assert answer.value.status == 429
    assert page.get_by_text("You have posted once in a day").is_visible()
    assert page.get_by_text(re.compile(r"You can post again at .*\d\d:\d\d")).is_visible()
    assert page.get_by_label("Your reply").input_value() == "The second, long thought about."


def test_a_held_post_is_seen_by_its_author_and_by_all_once_it_is_released(sitting):
    essay = make_essay("The Collar")
    remark = make_comment(essay)
    mine, judge, other = (
        sitting(user)
        for user in (make_newcomer("tobias"), make_moderator("mags"), make_newcomer("wren"))
    )
    reply(mine, remark, LINKS).click()
    mine.get_by_text("Waiting for a moderator").wait_for()
    assert mine.get_by_text("more than two links to other sites").is_visible()
    assert mine.get_by_text("for the figures").is_visible()
    other.goto(remark.thread.get_absolute_url())
    assert not other.get_by_text("for the figures").is_visible()

    judge.goto("/moderation/?tab=held")
    judge.get_by_role("link", name=re.compile("for the figures")).click()
    judge.get_by_role("button", name=re.compile("^Take this case")).click()
    judge.get_by_label("Restore").check()
    judge.get_by_label("Rule", exact=True).select_option(value=str(Rule.objects.first().pk))
    judge.get_by_role("textbox", name="Reason").fill("The links are the sources of the figures.")
    judge.get_by_role("button", name="Decide", exact=True).click()
    judge.get_by_role("link", name="In the log").wait_for()

    other.goto(remark.thread.get_absolute_url())
    assert other.get_by_text("for the figures").is_visible()
    mine.goto(remark.thread.get_absolute_url())
    assert not mine.get_by_text("Waiting for a moderator").is_visible()


def test_a_browser_does_its_sum_before_somebody_signs_up(wide, base_url, transactional_db):
    settled(asks_for_work=True)
    wide.goto("/accounts/signup/")
    wide.get_by_text("Your browser has done its sum.").wait_for()
    for name, words in signup_form(username="ruth").items():
        wide.locator(f"[name={name}]").fill(words)
    wide.get_by_role("button", name="Sign up").click()
    wide.wait_for_url("**/confirm-email/")
    assert User.objects.filter(username="ruth").exists()
