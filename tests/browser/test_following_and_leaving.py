"""What a member hears of, whom they do not, and how they leave; with scripts and without."""

import re

import pytest
from django.core import mail

from forum.accounts.models import User
from forum.departures import carry_out_due
from forum.notifications.actions import notify
from forum.notifications.choosing import ways_chosen
from forum.notifications.following import is_following
from forum.notifications.models import Notice
from forum.posts.models import Draft, Post
from tests.browser.people import PASSPHRASE, enter_as, make_confirmed
from tests.factories import make_claim, make_comment, make_essay
from tests.notifications.pages import stop_url


@pytest.fixture
def wren(transactional_db):
    return make_confirmed("wren", display_name="Wren Oddfellow")


@pytest.fixture
def essay(transactional_db):
    return make_essay("The Collar", slug="the-collar")


@pytest.fixture
def plain(browser, base_url):
    """A page without scripts."""
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(8_000)
    yield page
    context.close()


def test_following_a_discussion_ending_it_and_how_its_news_comes(plain, wren, essay, base_url):
    make_comment(essay)
    enter_as(plain, wren, base_url)
    plain.goto("/essays/the-collar/discussion/")
    plain.get_by_role("button", name="Follow this discussion").click()
    plain.get_by_role("button", name="Following this discussion").wait_for()
    assert is_following(wren, "discussion", essay.pk)
    plain.goto("/following/")
    plain.get_by_role("button", name=re.compile("Let go of The Collar")).click()
    plain.get_by_text("You follow nothing yet.").wait_for()
    assert not is_following(wren, "discussion", essay.pk)
    plain.goto("/inbox/settings/")
    plain.get_by_label("Somebody writes in a discussion").select_option("weekly")
    plain.get_by_role("button", name="Save").click()
    plain.get_by_text("from now on news comes as you chose").wait_for()
    assert ways_chosen([wren.pk], ["post"])[wren.pk]["post"] == "weekly"


def test_a_letter_is_stopped_with_one_press_signed_out(plain, wren):
    plain.goto(stop_url(wren, "answered"))
    assert ways_chosen([wren.pk], ["answered"])[wren.pk]["answered"] == "daily"
    plain.locator("main").get_by_role("button").first.click()
    plain.get_by_role("heading", level=1).wait_for()
    assert ways_chosen([wren.pk], ["answered"])[wren.pk]["answered"] == "site"


def test_what_is_opened_in_the_inbox_is_read_and_can_be_new_again(wide, wren, essay, base_url):
    for _ in range(2):
        post = make_comment(essay)
        notify(
            recipient=wren, kind="answered", actor=post.author, sentence="answers you.",
            url=post.get_absolute_url(),
        )  # fmt: skip
    enter_as(wide, wren, base_url)
    wide.goto("/inbox/")
    wide.locator(".notice a[href*='/posts/']").first.click()
    wide.wait_for_url("**/discussion/**")
    wide.goto("/inbox/")
    assert Notice.objects.filter(read_at=None).count() == 1
    wide.get_by_role("button", name=re.compile("Mark as new")).first.click()
    wide.wait_for_url("**/inbox/")
    assert Notice.objects.filter(read_at=None).count() == 2


def test_a_muted_members_posts_fold_and_open_by_hand(wide, wren, essay, base_url):
    loud = make_confirmed("loud", display_name="Loud Larkspur")
    make_comment(essay, author=loud, source="Loud words.")
    make_comment(essay, source="Quiet words.")
    enter_as(wide, wren, base_url)
    wide.goto("/members/loud/")
    wide.get_by_role("link", name=re.compile("Mute or block")).click()
    wide.get_by_label(re.compile("^Mute:")).check()
    wide.get_by_role("button", name="Save").click()
    wide.get_by_role("heading", name="Whom you mute").wait_for()
    wide.goto("/essays/the-collar/discussion/")
    assert wide.get_by_text("Quiet words.").is_visible()
    assert not wide.get_by_text("Loud words.").is_visible()
    wide.get_by_text("From a member whom you mute").click()
    assert wide.get_by_text("Loud words.").is_visible()
    wide.goto("/muted/")
    wide.get_by_role("button", name=re.compile("End it: Loud Larkspur")).click()
    wide.get_by_text("You mute nobody.").wait_for()
    wide.goto("/essays/the-collar/discussion/")
    assert wide.get_by_text("Loud words.").is_visible()


@pytest.mark.parametrize(("choice", "left"), [("Keep it", "What I said."), ("Remove the text", "")])
def test_leaving_for_good_with_either_choice(plain, wren, essay, base_url, choice, left):
    remark = make_comment(essay, author=wren, source="What I said.")
    make_comment(parent=remark, source="An answer.")
    enter_as(plain, wren, base_url)
    plain.goto("/accounts/departure/")
    plain.get_by_label(re.compile(f"^{choice}")).check()
    plain.get_by_label(re.compile("^At once")).check()
    plain.get_by_label(re.compile("user name, to confirm")).fill("wren")
    plain.get_by_role("button", name="Delete my account").click()
    plain.locator("[name=password]").fill(PASSPHRASE)
    plain.locator("main").get_by_role("button").first.click()
    plain.get_by_role("heading", level=1).wait_for()
    carry_out_due()
    member = User.objects.get(pk=wren.pk)
    assert (member.name, member.email) == ("A former member", "")
    assert Post.objects.get(pk=remark.pk).text == left
    plain.goto("/essays/the-collar/discussion/")
    assert plain.get_by_text("An answer.").is_visible()
    assert plain.get_by_text("Wren Oddfellow").count() == 0


def test_a_text_written_signed_out_is_found_after_signing_up_elsewhere(
    wide, browser, base_url, essay
):
    claim = make_claim(essay)
    wide.goto(claim.get_absolute_url())
    wide.get_by_role("link", name="Answer this claim").first.click()
    wide.locator("label.is-rebuts").click()
    wide.get_by_label(re.compile("restate|own words|fair", re.IGNORECASE)).first.fill("So it was.")
    wide.locator("[name=source]").fill("The villages had been bought out.")
    wide.get_by_role("button", name="Sign up and keep the text").click()
    wide.wait_for_url("**/accounts/signup/**")
    wide.locator("[name=username]").fill("ruth")
    wide.locator("[name=email]").fill("ruth@example.org")
    for name in ("password1", "password2"):
        wide.locator(f"[name={name}]").fill("four dull words do well")
    wide.locator("main").get_by_role("button", name="Sign up", exact=True).click()
    wide.get_by_text("We have sent you a letter").wait_for()
    link = re.search(r"https?://\S+/accounts/confirm-email/\S+", mail.outbox[-1].body)[0]
    context = browser.new_context(base_url=base_url)
    other = context.new_page()
    other.goto(link)
    other.get_by_role("button", name="Yes, confirm it").click()
    other.wait_for_url("**/accounts/login/**")
    other.locator("[name=login]").fill("ruth")
    other.locator("[name=password]").fill("four dull words do well")
    other.locator("main").get_by_role("button", name="Log in", exact=True).click()
    other.get_by_text("Written before you logged in: not public yet").wait_for()
    assert other.locator("[name=source]").input_value() == "The villages had been bought out."
    assert not Post.objects.filter(depth=1).exists()
    other.get_by_role("button", name="Post the counterpoint").click()
    other.wait_for_url("**/claims/**")
    assert Post.objects.get(depth=1).author.username == "ruth"
    assert not Draft.objects.exists()
    context.close()
