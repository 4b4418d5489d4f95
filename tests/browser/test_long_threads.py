"""A long thread: what is new, what came meanwhile, and folds that stay as they were left."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum.posts import visits
from forum.posts.models import Post, Visit
from tests.browser.people import enter_as
from tests.factories import make_comment, make_essay, make_user

URL = "/essays/the-collar/discussion/"


@pytest.fixture
def thread(transactional_db):
    top = make_comment(make_essay("The Collar", slug="the-collar"), source="The top.")
    for number in range(4):
        make_comment(parent=top, source=f"Reply {number}. " + "Word. " * 200)
    return top.thread


@pytest.fixture
def member(thread):
    newest = Post.objects.order_by("-pk")[0].pk
    member = make_user("ruth")
    long_ago = timezone.now() - timedelta(days=2)
    visits.visit(member=member, thread=thread, newest=newest, now=long_ago)
    return member


def add(thread, **fields):
    return make_comment(parent=thread.posts.get(depth=1), **fields)


def test_leaving_the_page_tells_what_was_seen(wide, thread, member, base_url):
    new = add(thread, source="Today's news.")
    enter_as(wide, member, base_url)
    wide.goto(URL)
    assert wide.get_by_text("One post is new since you were here").is_visible()
    wide.get_by_role("link", name="Only the new ones").click()
    assert wide.locator(f"#post-{new.pk} .badge.fresh").is_visible()
    # What was told on the way is told; and it is new for as long as the visit lasts.
    wide.goto("about:blank")
    wide.wait_for_timeout(300)
    assert Visit.objects.get(member=member).seen == new.pk
    wide.goto(URL)
    wide.get_by_role("button", name="I have seen them").click()
    wide.wait_for_url(f"**{URL}")
    assert wide.locator(".badge.fresh").count() == 0


def test_without_scripts_it_is_told_by_a_button(browser, thread, member, base_url):
    add(thread)
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    enter_as(page, member, base_url)
    page.goto(URL)
    page.get_by_role("button", name="I have seen them").click()
    assert page.get_by_text("new since you were here").count() == 0
    context.close()


def test_what_comes_meanwhile_is_said_and_moves_nothing(wide, thread, base_url):
    wide.clock.install()
    wide.goto(URL)
    assert wide.locator("thread-news").inner_text() == ""
    height = wide.evaluate("document.documentElement.scrollHeight")
    add(thread)
    with wide.expect_response("**/news/**"):
        wide.clock.run_for(31_000)
    link = wide.get_by_role("link", name="One new reply")
    link.wait_for()
    assert wide.evaluate("document.documentElement.scrollHeight") == height
    link.click()
    wide.get_by_text("Six posts.").wait_for()


def test_a_fold_stays_as_it_was_left(wide, thread, base_url):
    wide.goto(URL)
    fold = wide.locator("details.fold")
    assert not fold.evaluate("it => it.open")
    fold.locator("summary").click()
    wide.wait_for_timeout(100)
    wide.reload()
    assert fold.evaluate("it => it.open")
    fold.locator("summary").click()
    wide.wait_for_timeout(100)
    wide.reload()
    assert not fold.evaluate("it => it.open")
