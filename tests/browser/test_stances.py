"""A member takes a stance, votes, says what changed their mind and changes the order: with scripts
on the same page all along, and with scripts off by plain forms."""

import pytest

from forum.counterpoints import actions
from forum.counterpoints.models import ChangedMind, Stance
from forum.counterpoints.stances import take_stance
from tests.browser.people import enter_as
from tests.factories import (
    cast_votes,
    make_claim,
    make_counterpoint,
    make_essay,
    make_user,
)


@pytest.fixture
def claim(transactional_db):
    return make_claim(make_essay("The Collar", slug="the-collar"))


@pytest.fixture
def debate(claim):
    """The second one convinces more readers; four of them say where they stand."""
    first = make_counterpoint(claim, author=make_user(display_name="Hester Vane"))
    second = make_counterpoint(claim, "undercuts", author=make_user(display_name="Ilya Brandt"))
    cast_votes(second.post, up=3)
    for side in ("agree", "agree", "disagree", "unsure"):
        take_stance(member=make_user(), claim=claim, side=side)
    return first, second


def stance_of(member):
    return [stance.side for stance in Stance.objects.filter(member=member)]


def pressed(page):
    return page.locator(".stance [aria-pressed=true]")


def cast_as(person, counterpoint):
    actions.vote(voter=person, counterpoint=counterpoint, is_up=True)


def order_on(page):
    return [item.get_attribute("id") for item in page.locator(".tree > .cp").all()]


def test_a_stance_is_taken_changed_and_explained_on_the_same_page(wide, claim, debate, base_url):
    _, second = debate
    member = make_user()
    enter_as(wide, member, base_url)
    wide.goto(claim.get_absolute_url())
    wide.evaluate("window.stayed = true")
    wide.locator("#add textarea").last.fill("Half a thought")
    assert wide.get_by_text("Told from five people up").is_visible()

    # By keyboard: the focus stays on the button that was pressed.
    wide.get_by_role("button", name="I disagree").focus()
    wide.keyboard.press("Space")
    pressed(wide).get_by_text("I disagree").wait_for()
    assert wide.evaluate("document.activeElement.innerText.trim()") == "I disagree"
    assert wide.get_by_text("2 agree, 2 disagree, 1 is unsure").is_visible()
    assert stance_of(member) == ["disagree"]

    wide.locator(f"#post-{second.pk} > article").get_by_role("button", name="Yes").click()
    wide.locator(f"#post-{second.pk} [aria-pressed=true]").wait_for()

    wide.get_by_role("button", name="I agree").click()
    wide.get_by_text("What moved you?").wait_for()
    assert stance_of(member) == ["agree"]
    wide.locator("#mover").select_option(label=f"Ilya Brandt’s undercut (post {second.pk})")
    wide.locator(".stance").get_by_role("button", name="This changed my mind").click()
    wide.get_by_text("What moved you?").wait_for(state="detached")
    made = ChangedMind.objects.get(member=member)
    assert (made.counterpoint_id, made.before, made.after) == (second.pk, "disagree", "agree")

    pressed(wide).click()
    wide.get_by_text("Told from five people up").wait_for()
    assert stance_of(member) == []
    assert wide.evaluate("window.stayed")
    assert wide.locator("#add textarea").last.input_value() == "Half a thought"


def test_the_order_and_the_share_are_in_the_address(wide, claim, debate, base_url):
    first, second = debate
    wide.goto(claim.get_absolute_url())
    assert order_on(wide) == [f"post-{second.pk}", f"post-{first.pk}"]
    wide.get_by_role("link", name="Oldest", exact=True).click()
    wide.wait_for_url("**/?order=oldest")
    assert order_on(wide) == [f"post-{first.pk}", f"post-{second.pk}"]
    wide.get_by_role("link", name="Only unanswered").click()
    wide.wait_for_url("**/?order=oldest&only=unanswered")


def test_what_convinces_both_sides_shows_as_soon_as_enough_of_both_say_so(
    wide, claim, debate, base_url
):
    _, second = debate
    member = make_user()
    for side, number in (("agree", 5), ("disagree", 4)):
        for _ in range(number):
            person = make_user()
            take_stance(member=person, claim=claim, side=side)
            enough = claim.counterpoints.select_related("post", "claim").get(pk=second.pk)
            cast_as(person, enough)
    cast_as(member, claim.counterpoints.select_related("post", "claim").get(pk=second.pk))
    enter_as(wide, member, base_url)
    wide.goto(claim.get_absolute_url())
    line = wide.locator(f"#post-{second.pk} > article > .top")
    assert "Convinces both sides" not in line.inner_text()
    wide.get_by_role("button", name="I disagree").click()
    line.get_by_text("Convinces both sides").wait_for()


def test_with_scripts_off_plain_forms_do_the_same(browser, claim, debate, base_url):
    first, second = debate
    member = make_user()
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    enter_as(page, member, base_url)
    page.goto(claim.get_absolute_url())
    assert order_on(page) == [f"post-{second.pk}", f"post-{first.pk}"]
    page.get_by_role("button", name="I disagree").click()
    assert page.url.endswith("#stance")
    assert pressed(page).inner_text().strip() == "I disagree"

    page.locator(f"#post-{second.pk} > article").get_by_role("link", name="changed my mind").click()
    page.get_by_role("group", name="And where do you stand now?").get_by_label("I agree").check()
    page.get_by_role("button", name="This changed my mind").click()
    made = ChangedMind.objects.get(member=member)
    assert (made.counterpoint_id, made.before, made.after) == (second.pk, "disagree", "agree")
    assert stance_of(member) == ["agree"]

    page.get_by_role("link", name="It changed your mind").click()
    page.get_by_role("button", name="Take it back").click()
    assert not ChangedMind.objects.filter(member=member).exists()

    page.goto(claim.get_absolute_url())
    page.get_by_role("link", name="Newest", exact=True).click()
    assert page.url.endswith("?order=newest")
    page.get_by_role("button", name="I am unsure").click()
    assert page.url.endswith("?order=newest#stance")
    page.get_by_role("button", name="This changed my mind").click()
    assert ChangedMind.objects.filter(member=member).exists()
    context.close()


def test_if_the_script_gets_no_answer_the_form_is_sent_the_plain_way(wide, claim, debate, base_url):
    member = make_user()
    enter_as(wide, member, base_url)
    wide.goto(claim.get_absolute_url())
    wide.evaluate("() => { window.fetch = () => new Promise((_, no) => setTimeout(no)) }")
    with wide.expect_navigation():
        wide.get_by_role("button", name="I am unsure").click()
    assert wide.url.endswith("#stance")
    assert stance_of(member) == ["unsure"]
