"""A branch is moved to another claim and back; an entry of the watch list is tried, and holds."""

import re

import pytest
from playwright.sync_api import expect

from forum.guard.rules import _Kept
from forum.lib.house import House, keep
from tests.browser.people import enter_as
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
)

REASON = "It speaks of the price: that is the second claim."
# What is read where a moved branch stands, and where it stood.
HERE, AWAY = "Moved here by a moderator", "An answer was moved from here"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def sitting(browser, base_url, request, transactional_db):
    """Opens a page as somebody, or as a visitor; each has a browser of their own."""
    contexts = []

    def sit(user=None):
        context = browser.new_context(base_url=base_url, java_script_enabled=request.param)
        contexts.append(context)
        page = context.new_page()
        if user is not None:
            enter_as(page, user, base_url)
        return page

    yield sit
    for context in contexts:
        context.close()


@pytest.fixture
def claims(transactional_db):
    essay = make_essay("The Collar")
    return (
        make_claim(essay, statement="Nobody knew why the horse choked."),
        make_claim(essay, "It was cheap", statement="The collar was cheap."),
    )


@pytest.fixture
def rebuttal(claims):
    """An objection that nobody outweighs, below an answer to the first claim."""
    concern = make_counterpoint(claims[0], source="The saddlers knew.")
    return make_counterpoint(
        claims[0], target=concern, author=make_user("tobias"), source="Straw cost nothing."
    )


@pytest.fixture
def rules_as_before(monkeypatch):
    """Afterwards the process knows the migrated rules again."""
    for name in ("rules", "until"):
        monkeypatch.setattr(_Kept, name, getattr(_Kept, name))


def ask_for(judge, post, to):
    judge.goto(f"/posts/{post.pk}/report/")
    judge.get_by_role("link", name="Move it, with all below it").click()
    judge.get_by_label("Where to").fill(to)
    judge.get_by_role("button", name="Find it").click()


def decide(judge):
    judge.get_by_role("heading", name="What changes").wait_for()
    judge.get_by_label("Rule").select_option("1")
    judge.get_by_label("Reason").fill(REASON)
    judge.get_by_role("button", name="Move it", exact=True).click()
    judge.get_by_text(HERE).wait_for()


def standings(page, claims):
    found = []
    for claim in claims:
        page.goto(claim.get_absolute_url())
        found.append(page.locator("#verdict .standing").inner_text().strip())
    return found


def test_a_moved_branch_is_found_at_its_old_address_and_taken_back_all_is_as_before(
    sitting, claims, rebuttal
):
    keep(House(undo_minutes=10))
    here, there = claims
    judge, visitor, mine = sitting(make_moderator("mags")), sitting(), sitting(rebuttal.post.author)
    before = standings(visitor, claims)
    assert before == ["Stands", "Unchallenged"]

    ask_for(judge, rebuttal, "2")
    changes = judge.locator("main .kv")
    expect(changes).to_contain_text(re.compile(r"There, claim 2 will be\s*Unanswered"))
    expect(changes).to_contain_text(re.compile(r"Here, claim 1 will be\s*Unanswered"))
    decide(judge)

    assert standings(visitor, claims) == ["Unanswered", "Unanswered"]
    visitor.goto(f"/posts/{rebuttal.pk}/")
    visitor.wait_for_url(f"**{there.get_absolute_url()}**#post-{rebuttal.pk}")
    visitor.locator(f"#post-{rebuttal.pk}").get_by_role("link", name="Read why").click()
    expect(visitor.get_by_text(REASON)).to_be_visible()
    visitor.goto(here.get_absolute_url())
    expect(visitor.get_by_text("Straw cost nothing.")).to_have_count(0)
    visitor.get_by_text(AWAY).locator("..").get_by_role("link").click()
    visitor.wait_for_url(f"**{there.get_absolute_url()}**#post-{rebuttal.pk}")

    judge.goto("/moderation/?tab=decided")
    judge.get_by_role("button", name=re.compile("^Undo")).click()
    judge.get_by_text("You hold this case.").wait_for()
    assert standings(visitor, claims) == before
    visitor.goto(f"/posts/{rebuttal.pk}/")
    visitor.wait_for_url(f"**{here.get_absolute_url()}**#post-{rebuttal.pk}")
    for sign in (HERE, AWAY):
        expect(visitor.get_by_text(sign)).to_have_count(0)
    mine.goto("/inbox/")
    expect(mine.get_by_text("was moved")).to_have_count(0)


@pytest.mark.parametrize("sitting", [True], indirect=True, ids=["with scripts"])
def test_whoever_wrote_it_is_told_and_led_to_the_reason(sitting, claims, rebuttal):
    judge, mine = sitting(make_moderator("mags")), sitting(rebuttal.post.author)
    ask_for(judge, rebuttal, "collar was cheap")
    judge.get_by_role("link", name="The collar was cheap.").click()
    decide(judge)
    mine.goto("/inbox/")
    mine.get_by_role("link", name=re.compile("was moved to another place")).click()
    expect(mine.get_by_text(REASON)).to_be_visible()


@pytest.mark.parametrize("sitting", [False], indirect=True, ids=["without scripts"])
@pytest.mark.usefixtures("rules_as_before")
def test_a_watched_word_is_tried_on_past_posts_switched_on_and_holds_the_next(sitting):
    remark = make_comment(make_essay("The Collar"), source="I sell collars by the dozen.")
    judge, mine, visitor = sitting(make_moderator("mags")), sitting(make_user("tobias")), sitting()
    judge.goto("/moderation/")
    judge.get_by_role("link", name="Watch list").click()
    judge.get_by_label("What is looked for").fill("by the dozen")
    judge.get_by_label("Reason").fill("Collars are sold elsewhere.")
    judge.get_by_role("button", name="Save, and see what it finds").click()
    expect(judge.get_by_text("I sell collars by the dozen.")).to_be_visible()
    judge.get_by_role("button", name="Switch it on").click()
    expect(judge.get_by_text("every new post is looked through")).to_be_visible()

    mine.goto(f"/posts/{remark.pk}/reply/")
    mine.get_by_label("Your reply").fill("Mine come by the dozen, too.")
    mine.get_by_role("button", name="Post", exact=True).click()
    mine.get_by_text("Waiting for a moderator").wait_for()
    expect(mine.get_by_text("Collars are sold elsewhere.")).to_be_visible()
    visitor.goto(remark.thread.get_absolute_url())
    expect(visitor.get_by_text("Mine come by the dozen, too.")).to_have_count(0)
    judge.goto("/moderation/?tab=held")
    expect(judge.get_by_role("link", name=re.compile("Mine come by the dozen"))).to_be_visible()
