"""Moderators in a browser: hide, restore, take back, walk the queue by keys, lock for a while."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from forum.lib.house import House, keep
from forum.moderation.models import Case
from forum.posts.models import Thread
from tests.browser.people import enter_as
from tests.factories import make_comment, make_essay, make_moderator, make_user
from tests.moderation.builders import make_case, make_report


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def sitting(browser, base_url, request, transactional_db):
    """Opens a page as somebody; each has a browser of their own."""
    contexts = []

    def sit(user, *, scripts=request.param):
        context = browser.new_context(base_url=base_url, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        enter_as(page, user, base_url)
        return page

    yield sit
    for context in contexts:
        context.close()


def decide(page, outcome, template):
    page.get_by_role("button", name=re.compile("^Take this case")).click()
    page.get_by_label("Begin with").select_option(label=template)
    if page.get_by_role("button", name="Fill it in").is_visible():
        page.get_by_role("button", name="Fill it in").click()
    assert page.get_by_label(outcome).is_checked()
    page.get_by_role("button", name="Decide", exact=True).click()
    page.get_by_role("link", name="In the log").wait_for()


def test_hidden_until_amended_amended_and_restored(sitting):
    author, moderator = make_user("tobias"), make_moderator("mags")
    post = make_comment(make_essay("The Collar"), author=author, source="You fool. It is three.")
    case = make_report(post).case
    judge, mine = sitting(moderator), sitting(author)
    judge.goto(case.get_absolute_url())
    decide(
        judge,
        "Hide it until it is amended",
        "About the writer, not the argument (hidden until amended)",
    )

    mine.goto("/inbox/")
    mine.get_by_role("link", name=re.compile("hidden until it is amended")).click()
    mine.get_by_role("link", name="Amend it").click()
    mine.get_by_label("Your text").fill("It is three.")
    mine.get_by_role("button", name="Send it to the moderators").click()
    mine.get_by_text("A moderator reads it now.").wait_for()

    judge.goto("/moderation/?tab=amended")
    judge.get_by_role("link", name=re.compile("It is three")).click()
    assert judge.locator("del").inner_text().strip() == "You fool."
    judge.get_by_role("button", name="Restore it as amended").click()
    judge.get_by_role("heading", name="Restored").wait_for()
    mine.goto(post.thread.get_absolute_url())
    assert mine.get_by_text("It is three.").is_visible()
    assert not mine.get_by_text("You fool.").is_visible()


def test_a_decision_is_taken_back_before_anybody_is_told(sitting):
    keep(House(undo_minutes=10))
    author, moderator = make_user("tobias"), make_moderator("mags")
    post = make_comment(make_essay("The Collar"), author=author, source="It is three.")
    case = make_report(post).case
    judge, mine = sitting(moderator), sitting(author)
    judge.goto(case.get_absolute_url())
    decide(judge, "Remove it", "Advertising (removed)")
    mine.goto(post.thread.get_absolute_url())
    assert mine.get_by_text("may still take it back").is_visible()
    judge.get_by_role("button", name=re.compile("^Undo")).click()
    judge.get_by_text("You hold this case.").wait_for()
    mine.goto(post.thread.get_absolute_url())
    assert mine.get_by_text("It is three.").is_visible()
    assert not mine.get_by_text("may still take it back").is_visible()
    mine.goto("/inbox/")
    assert not mine.get_by_text("was removed").is_visible()


@pytest.mark.parametrize("sitting", [True], indirect=True, ids=["with scripts"])
def test_the_queue_by_keys(sitting):
    moderator = make_moderator("mags")
    cases = [make_case(make_comment(source=f"Post number {at}.")) for at in range(3)]
    page = sitting(moderator)
    page.goto("/moderation/")
    page.locator("main").get_by_text("Keys", exact=True).wait_for()
    for key in "jjxkx":
        page.keyboard.press(key)
    chosen = page.locator("tbody input:checked")
    assert [box.get_attribute("value") for box in chosen.all()] == [
        str(case.pk) for case in cases[:2]
    ]
    page.keyboard.press("c")
    page.get_by_text("held by you").wait_for()
    assert Case.objects.get(pk=cases[0].pk).claimed_by == moderator
    page.goto("/moderation/")
    for key in "jjo":
        page.keyboard.press(key)
    page.get_by_role("heading", name=str(cases[1])).wait_for()


@pytest.mark.parametrize("sitting", [True], indirect=True, ids=["with scripts"])
def test_a_case_by_keys_and_on_to_the_next(sitting):
    moderator = make_moderator("mags")
    first, second = (make_case(make_comment(source=f"Post number {at}.")) for at in range(2))
    page = sitting(moderator)
    page.goto(first.get_absolute_url())
    page.locator("main").get_by_text("Keys", exact=True).wait_for()
    page.keyboard.press("c")
    page.get_by_text("held by you").wait_for()
    page.keyboard.press("d")
    page.keyboard.press("Space")
    page.get_by_role("combobox", name="Rule").select_option(index=1)
    reason = page.get_by_role("textbox", name="Reason")
    reason.fill("It answers what was written.")
    reason.press("End")
    page.keyboard.press("q")
    assert reason.input_value() == "It answers what was written.q"
    page.get_by_role("button", name="Decide", exact=True).click()
    page.get_by_role("link", name=f"On to case {second.pk}").wait_for()
    page.keyboard.press("n")
    page.get_by_role("heading", name=str(second)).wait_for()
    page.keyboard.press("q")
    page.get_by_role("heading", name="Moderation queue").wait_for()


def test_many_are_chosen_looked_at_and_decided(sitting):
    moderator = make_moderator("mags")
    cases = [make_case(make_comment(source=f"Post number {at}.")) for at in range(3)]
    page = sitting(moderator)
    page.goto("/moderation/")
    for case in cases[:2]:
        page.get_by_label(f"Choose {str(case).lower()}", exact=True).check()
    page.get_by_role("button", name="Decide the chosen together").click()
    page.get_by_label("Decision").select_option(label="Hide it")
    page.get_by_role("button", name="Show what would change").click()
    assert page.get_by_text("Will be hidden").count() == 2
    page.get_by_label("Reason").fill("They say nothing about the sentence.")
    page.get_by_role("button", name="Decide two cases").click()
    page.get_by_text("2 decided.").wait_for()
    assert page.get_by_role("link", name=re.compile("Post number 2")).is_visible()
    assert not page.get_by_role("link", name=re.compile("Post number 0")).is_visible()


def test_locked_for_an_hour_it_says_so_and_is_open_again_by_itself(sitting):
    member, moderator = make_user("tobias"), make_moderator("mags")
    post = make_comment(make_essay("The Collar"), author=member)
    url = post.thread.get_absolute_url()
    judge, mine = sitting(moderator), sitting(member)
    judge.goto(url)
    judge.get_by_role("link", name="Lock this discussion").click()
    judge.get_by_label("For how long").select_option(label="One hour")
    judge.get_by_label("Rule").select_option(index=2)
    judge.get_by_label("Reason").fill("It goes round in circles: come back rested.")
    judge.get_by_role("button", name="Lock it").click()

    mine.goto(url)
    banner = mine.locator(".because", has_text="Locked: it can be read, not answered")
    assert "It goes round in circles" in banner.inner_text()
    assert "By mags, under rule 2" in banner.inner_text()
    assert "until a moderator ends it" not in banner.inner_text()
    assert mine.locator("#reply").get_by_text("This thread is closed until").is_visible()
    assert not mine.get_by_label("Add to the discussion").is_visible()
    banner.get_by_role("link", name="In the log").click()
    mine.get_by_role("heading", name="Locked", exact=True).wait_for()

    Thread.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    mine.goto(url)
    assert banner.count() == 0
    mine.get_by_label("Add to the discussion").fill("Rested: it was three.")
    mine.get_by_role("button", name="Post", exact=True).click()
    mine.get_by_text("Rested: it was three.").wait_for()


def test_a_member_is_judged_for_what_is_not_one_post_and_appeals(sitting):
    member, moderator = make_user("tobias", about="Buys likes."), make_moderator("mags")
    make_report(make_comment(), reporter=member, text="I dislike it.")
    judge, mine = sitting(moderator), sitting(member)
    judge.goto("/moderation/members/tobias/")
    judge.get_by_role("button", name="Open a case about this member").click()
    for said in ("Buys likes.", "I dislike it.", "held by you"):
        assert judge.get_by_text(said).first.is_visible()
    judge.get_by_label("Warn them").check()
    judge.get_by_label("Rule", exact=True).select_option(index=1)
    judge.get_by_label("Reason", exact=True).fill("Report what breaks a rule.")
    judge.get_by_role("button", name="Decide", exact=True).click()
    judge.get_by_role("heading", name="Sanctioned").wait_for()

    mine.goto("/inbox/")
    mine.get_by_role("link", name=re.compile("Your conduct was found to break a rule")).click()
    mine.get_by_role("link", name="Appeal", exact=True).click()
    mine.get_by_label("Why was the decision wrong?").fill("They all broke a rule.")
    mine.get_by_role("button", name="Send the appeal").click()
    mine.get_by_text("Another moderator decides; you will be told.").wait_for()

    second = sitting(make_moderator("mo"))
    second.goto("/moderation/?tab=members")
    second.get_by_role("link", name="About tobias").click()
    second.get_by_role("button", name=re.compile("^Take this case")).click()
    second.get_by_label("Do nothing").check()
    second.get_by_label("End the sanction that was appealed against").check()
    second.get_by_label("Reason", exact=True).fill("All of what they reported broke a rule.")
    second.get_by_role("button", name="Decide", exact=True).click()
    second.get_by_role("heading", name="Nothing done").wait_for()
    mine.goto("/moderation/standing/")
    assert mine.get_by_text("reversed on").is_visible()


def test_the_key_of_the_decision_works_where_a_member_is_judged(sitting):
    make_user("tobias")
    judge = sitting(make_moderator("mags"), scripts=True)
    judge.goto("/moderation/members/tobias/")
    judge.get_by_role("button", name="Open a case about this member").click()
    judge.get_by_role("heading", name="Your decision").wait_for()
    judge.keyboard.press("d")
    assert judge.evaluate("document.activeElement.name") == "sanction"
