"""From a report to an appeal that reverses: everybody is told, and the standing moves back."""

import re

import pytest
from django.urls import reverse

from tests.browser.people import enter_as
from tests.factories import (
    cast_votes,
    make_claim,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def sitting(browser, base_url, request, transactional_db):
    """Opens a page as somebody; each has a browser of their own."""
    contexts = []

    def sit(user):
        context = browser.new_context(base_url=base_url, java_script_enabled=request.param)
        contexts.append(context)
        page = context.new_page()
        enter_as(page, user, base_url)
        return page

    yield sit
    for context in contexts:
        context.close()


def decide(page, outcome, reason):
    page.get_by_role("button", name=re.compile("^Take")).first.click()
    page.get_by_role("radio", name=outcome).check()
    page.get_by_role("textbox", name="Reason", exact=True).fill(reason)
    page.get_by_role("button", name="Decide").click()
    page.get_by_role("link", name="In the log").wait_for()


def report(page, post):
    page.goto(f"/posts/{post.pk}/report/")
    page.get_by_label("Personal attack").check()
    page.get_by_role("main").get_by_role("button", name="Report").click()


def take_up(page, tab):
    page.goto(f"/moderation/?tab={tab}")
    page.get_by_role("link", name=re.compile("The saddlers knew")).click()


def appeal(page):
    page.goto("/inbox/")
    page.get_by_role("link", name=re.compile("was hidden")).click()
    page.get_by_role("link", name="Appeal").click()
    page.get_by_label("Why was the decision wrong?").fill("It calls nobody a fool.")
    page.get_by_role("button", name="Send the appeal").click()
    page.get_by_text("Another moderator decides").wait_for()


def check_reporter(page):
    """Told of the reversal, they may read why, and find both decisions by their report."""
    page.goto("/inbox/")
    page.get_by_role("link", name=re.compile("that you reported is back in its place")).click()
    assert page.get_by_text("It names a trade and not a person.").is_visible()
    page.goto(reverse("moderation:own-reports"))
    assert page.get_by_text("It is back in its place.").is_visible()
    assert page.get_by_text("At first: it was hidden").is_visible()


def test_a_decision_is_appealed_and_reversed(sitting):
    author = make_user("ottoline")
    claim = make_claim(make_essay("The Collar"))
    objection = make_counterpoint(claim, "rebuts", author=author, source="The saddlers knew.")
    cast_votes(objection.post, up=3)
    reader = sitting(make_user("ruth"))

    def standing():
        reader.goto(claim.get_absolute_url())
        return reader.locator(".verdict .standing").first.inner_text()

    before = standing()
    report(reader, objection.post)
    first = sitting(make_moderator("mags"))
    take_up(first, "open")
    decide(first, "Hide it A line stays", "It speaks of the saddlers as if they were fools.")
    assert standing() != before

    mine = sitting(author)
    appeal(mine)
    second = sitting(make_moderator("mo"))
    take_up(second, "appeals")
    assert second.get_by_text("It calls nobody a fool.").is_visible()
    decide(second, "Restore it", "It names a trade and not a person.")

    mine.goto("/inbox/")
    assert mine.get_by_role("link", name=re.compile("it was reversed")).is_visible()
    assert standing() == before
    check_reporter(reader)
    reader.goto("/moderation/log/")
    assert reader.get_by_text("It names a trade and not a person.").is_visible()
    assert reader.get_by_text("On appeal against").is_visible()
