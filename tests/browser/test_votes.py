"""Votes with a script: the page stays, the reader stays where they are, and each counts once."""

import re

import pytest
from playwright.sync_api import expect

from forum.posts.models import Vote
from tests.browser.people import enter_as
from tests.factories import make_claim, make_comment, make_counterpoint, make_essay, make_user


@pytest.fixture
def essay(transactional_db):
    return make_essay("The Collar", slug="the-collar")


def vote_of(user):
    return list(Vote.objects.filter(voter=user).values_list("is_up", flat=True))


def button(page, post, word):
    return page.locator(f"#post-{post.pk} > article").get_by_role(
        "button", name=re.compile(f"^{word}")
    )


def press(page, pressable):
    with page.expect_response(lambda answer: answer.request.method == "GET" and answer.ok):
        pressable()


def test_a_vote_counts_without_leaving_the_page(wide, essay, base_url):
    for _ in range(6):
        post = make_comment(essay, source="A remark. " * 60)
    member = make_user()
    enter_as(wide, member, base_url)
    wide.goto("/essays/the-collar/discussion/?order=newest")
    wide.evaluate("window.stayed = true")
    wide.locator("textarea").fill("Half a thought")
    yes, no = button(wide, post, "Yes"), button(wide, post, "No")
    yes.scroll_into_view_if_needed()
    where = wide.evaluate("scrollY")

    for pressed, votes in ((yes, [True]), (no, [False]), (yes, [True]), (yes, [])):
        press(wide, pressed.click)
        said = str(bool(votes)).lower()
        expect(wide.locator(":focus")).to_have_attribute("aria-pressed", said)
        assert vote_of(member) == votes
        assert pressed.evaluate("it => it === document.activeElement")
    assert wide.evaluate("[window.stayed, scrollY]") == [True, where]
    assert wide.locator("textarea").input_value() == "Half a thought"


def test_a_vote_counts_on_the_page_of_the_essay_too(wide, essay, base_url):
    post = make_comment(essay)
    member = make_user()
    enter_as(wide, member, base_url)
    wide.goto("/essays/the-collar/")
    wide.evaluate("window.stayed = true")
    press(wide, button(wide, post, "Yes").click)
    button(wide, post, "Yes").and_(wide.locator("[aria-pressed=true]")).wait_for()
    assert button(wide, post, "Yes").inner_text().split()[-1] == "1"
    assert wide.evaluate("window.stayed")
    assert vote_of(member) == [True]


def test_by_keyboard_and_twice_in_a_hurry(wide, essay, base_url):
    first, second = make_comment(essay), make_comment(essay)
    member = make_user()
    enter_as(wide, member, base_url)
    wide.goto("/essays/the-collar/discussion/?order=newest")
    button(wide, second, "No").focus()
    press(wide, lambda: wide.keyboard.press("Space"))
    wide.locator(f"#post-{second.pk} [aria-pressed=true]").wait_for()
    # Two clicks before the first is answered are one vote, and the other post is not forgotten.
    wide.evaluate(
        """([first, second]) => {
            const yes = id => document.querySelector(`#post-${id} > article .conv button`);
            yes(first).click(); yes(first).click(); yes(second).click();
        }""",
        [first.pk, second.pk],
    )
    for post in (first, second):
        button(wide, post, "Yes").and_(wide.locator("[aria-pressed=true]")).wait_for()
    wide.wait_for_load_state("networkidle")
    assert vote_of(member) == [True, True]


def test_a_vote_on_a_counterpoint_renews_the_verdict(wide, essay, base_url):
    claim = make_claim(essay)
    counterpoint = make_counterpoint(claim, "rebuts")
    for _ in range(2):
        make_counterpoint(claim, "undercuts", target=counterpoint)
    member = make_user()
    enter_as(wide, member, base_url)
    wide.goto(claim.get_absolute_url())
    standing = wide.locator("#verdict .standing").first
    assert standing.inner_text() == "Stands"
    press(wide, button(wide, counterpoint, "Yes").click)
    wide.locator("#verdict.is-contested").wait_for()
    assert standing.inner_text() == "Contested"
    assert vote_of(member) == [True]


def test_if_the_script_gets_no_answer_the_form_is_sent_the_plain_way(wide, essay, base_url):
    post = make_comment(essay)
    member = make_user()
    enter_as(wide, member, base_url)
    wide.goto("/essays/the-collar/discussion/")
    wide.evaluate("() => { window.fetch = () => new Promise((_, no) => setTimeout(no)) }")
    with wide.expect_navigation():
        button(wide, post, "Yes").click()
    assert wide.url.endswith(f"#post-{post.pk}")
    assert vote_of(member) == [True]
    assert button(wide, post, "Yes").get_attribute("aria-pressed") == "true"
