"""Two claims are linked by two members, and merged by a moderator: old addresses lead on."""

import pytest

from forum.counterpoints.merging import merge_claims
from tests.browser.people import enter_as
from tests.factories import make_claim, make_counterpoint, make_essay, make_moderator, make_user


@pytest.fixture
def claims(transactional_db):
    essay = make_essay("The Collar")
    return (
        make_claim(essay, statement="Nobody knew why the horse choked."),
        make_claim(essay, "It was cheap", statement="No one had found the cause."),
    )


def test_proposed_by_one_confirmed_by_another_and_seen_on_both(wide, claims, base_url):
    stays, goes = claims
    enter_as(wide, make_user("proposer"), base_url)
    wide.goto(stays.get_absolute_url())
    wide.get_by_role("link", name="Link it with another claim").click()
    wide.get_by_label("Words of the other claim").fill("found the cause")
    wide.get_by_role("button", name="Find it").click()
    wide.get_by_label("No one had found the cause.").check()
    wide.get_by_label("Makes the same point").check()
    wide.get_by_label("Why, in a sentence").fill("Both say that it was unknown.")
    wide.get_by_role("button", name="Propose the link").click()
    wide.locator("#links").get_by_text("Proposed").wait_for()

    wide.context.clear_cookies()
    enter_as(wide, make_user("judge"), base_url)
    wide.goto(goes.get_absolute_url())
    wide.get_by_role("button", name="So it is").click()
    wide.wait_for_url("**/claims/*/#links")
    wide.context.clear_cookies()
    for one, other in (claims, claims[::-1]):
        wide.goto(one.get_absolute_url())
        wide.locator("#links").get_by_text(other.statement).wait_for()


def test_merged_by_a_moderator_the_old_address_leads_to_the_claim_that_stays(
    wide, claims, base_url
):
    stays, goes = claims
    post = make_counterpoint(goes, source="The saddlers knew.").post
    enter_as(wide, make_moderator(), base_url)
    wide.goto(goes.get_absolute_url())
    wide.get_by_role("link", name="Merge it").click()
    wide.get_by_label("Nobody knew why the horse choked.").check()
    wide.get_by_role("button", name="See what would change").click()
    wide.get_by_label("Rule").select_option("1")
    wide.get_by_label("Reason").fill("Both claims assert that the cause was unknown.")
    wide.get_by_label("I have read both claims").check()
    wide.get_by_role("button", name="Merge them").click()
    wide.wait_for_url(f"**{stays.get_absolute_url()}")
    wide.locator("#parts").get_by_text("No one had found the cause.").wait_for()

    wide.context.clear_cookies()
    wide.goto(goes.get_absolute_url())
    assert wide.url.endswith(stays.get_absolute_url())
    wide.locator(f"#post-{post.pk}").get_by_text("The saddlers knew.").wait_for()


def test_merged_and_parted_again_both_claims_read_as_before(wide, claims, base_url):
    stays, goes = claims
    post = make_counterpoint(goes, source="The saddlers knew.").post
    moderator = make_moderator()
    merge_claims(by=moderator, claim=goes, into=stays)
    enter_as(wide, moderator, base_url)
    wide.goto(stays.get_absolute_url())
    wide.locator(f"#post-{post.pk}").get_by_text("The saddlers knew.").wait_for()
    wide.locator("#parts").get_by_role("link", name="Part it again").click()
    wide.get_by_text("Written since they were merged").wait_for()
    wide.get_by_label("Rule").select_option("1")
    wide.get_by_label("Reason").fill("One speaks of the cause, the other of who knew it.")
    wide.get_by_role("button", name="Part them").click()
    wide.wait_for_url(f"**{goes.get_absolute_url()}")

    wide.context.clear_cookies()
    wide.goto(goes.get_absolute_url())
    assert wide.url.endswith(goes.get_absolute_url())
    wide.locator(f"#post-{post.pk}").get_by_text("The saddlers knew.").wait_for()
    wide.goto(stays.get_absolute_url())
    assert wide.locator("#parts").count() == 0
    assert wide.locator(f"#post-{post.pk}").count() == 0
