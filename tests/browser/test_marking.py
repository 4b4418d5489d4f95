"""From a sentence to the posted counterpoint and back to the same line: by keyboard alone, with
scripts off, under a thumb; and nothing that was typed is lost on the way."""

import re

import pytest

from forum.counterpoints.models import Claim
from forum.posts.models import Draft
from tests.browser.people import enter_as, make_confirmed
from tests.browser.test_the_whole_way import Keyboard
from tests.factories import make_claim, make_essay

ESSAY = "/essays/the-collar/"
SELECT = """([first, last]) => {
  const words = document.createTreeWalker(
    document.querySelector("#para-1"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (words.nextNode()) {
    const node = words.currentNode;
    if (node.data.includes(first)) range.setStart(node, node.data.indexOf(first));
    if (node.data.includes(last)) range.setEnd(node, node.data.indexOf(last) + last.length);
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def essay(transactional_db):
    return make_essay("The Collar", slug="the-collar")


@pytest.fixture
def member(essay):
    return make_confirmed("wren", display_name="Wren Oddfellow")


class Typist(Keyboard):
    """Types, too; never points."""

    def write(self, name, words):
        self.reach(self.page.locator(f"[name={name}]"))
        self.page.keyboard.type(words)

    def choose(self, name, steps):
        """Down in a list of words, so many times."""
        self.reach(self.page.locator(f"[name={name}]"))
        for _ in range(steps):
            self.page.keyboard.press("ArrowDown")


def write_claim(hand):
    hand.write("statement", "Nobody understood the horse.")
    hand.tick(hand.page.locator("[name=relation][value=rebuts]"))
    hand.write("restatement", "Nobody knew why it choked.")
    hand.write("source", "The saddlers wrote it down.")
    hand.press(hand.page.get_by_role("button", name="Post the counterpoint"))
    hand.page.get_by_role("heading", level=1, name="Nobody understood the horse.").wait_for()


def back_to_the_line(hand):
    """The way back leads to the very words, and the next Tab goes on from there."""
    page = hand.page
    hand.press(page.get_by_role("link", name="Read it in the essay"))
    assert page.url.endswith("#p-1")
    passage = page.locator("#p-1")
    box = passage.bounding_box()
    assert 0 <= box["y"] < page.viewport_size["height"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#para-1') !== null")
    return passage


def from_claim_to_claim(hand):
    """Text, sign, note, claim, and back again."""
    page = hand.page
    hand.press(page.locator(".ref[data-claim='1']"))
    hand.press(page.locator("#claim-1"))
    page.get_by_role("heading", level=1).wait_for()
    heading = page.locator(".cp h3").first.inner_text()
    assert re.match("Rebuttal by Wren Oddfellow, nobody has answered it, no replies", heading)
    back_to_the_line(hand)


def test_by_keyboard_alone_over_two_sentences(wide, base_url, member):
    enter_as(wide, member, base_url)
    hand = Typist(wide)
    wide.goto(ESSAY)
    hand.choose_sentence("1.2")
    hand.tick(wide.locator("[name=s][value='3']"))
    told = wide.locator("chosen-words [role=status]")
    assert told.inner_text() == "Chosen: “Nobody knew why. Everybody blamed the horse.”"
    write_claim(hand)
    assert Claim.objects.get().passage.exact == "Nobody knew why. Everybody blamed the horse."
    back_to_the_line(hand)
    from_claim_to_claim(hand)


def test_by_keyboard_with_scripts_off_over_a_few_words(browser, base_url, member):
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    enter_as(page, member, base_url)
    hand = Typist(page)
    page.goto(ESSAY)
    hand.choose_sentence("1.2")
    hand.reach(page.locator("summary").filter(has_text="Take only some"))
    page.keyboard.press("Enter")
    hand.choose("from", 1)
    hand.press(page.get_by_role("button", name="Take these words"))
    assert page.locator("mark.choosing").inner_text() == "knew why."
    write_claim(hand)
    assert Claim.objects.get().passage.exact == "knew why."
    back_to_the_line(hand)
    from_claim_to_claim(hand)
    context.close()


def test_under_a_thumb_selected_words_are_challenged(phone, base_url, member):
    enter_as(phone, member, base_url)
    phone.goto(ESSAY)
    phone.evaluate(SELECT, ["before the", "collar"])
    offered = phone.get_by_role("link", name="Challenge this", exact=True)
    offered.wait_for()
    assert "before the collar" in phone.locator("main > [role=status]").inner_text()
    offered.tap()
    pop = phone.get_by_role("dialog", name="Challenge this")
    pop.get_by_role("button", name="Write the counterpoint").tap()
    assert phone.locator("mark.choosing").inner_text() == "before the collar"


def test_what_stands_already_is_shown_as_one_writes_and_takes_the_words_along(
    wide, base_url, essay, member
):
    make_claim(essay, "The lord counted silver.", statement="Silver was counted by any lord.")
    enter_as(wide, member, base_url)
    wide.goto(f"{ESSAY}p1/?s=2")
    wide.locator("[name=statement]").fill("The lord counted his silver")
    already = wide.locator("similar-claims")
    already.get_by_text("Silver was counted by any lord.").wait_for()
    wide.locator("[name=source]").fill("The rolls say so.")
    already.get_by_role("button", name="Support it").click()
    wide.wait_for_url("**/answer/?draft=*")
    assert wide.locator("[name=source]").input_value() == "The rolls say so."
    assert wide.locator("[name=relation][value=supports]").is_checked()


def test_a_draft_follows_its_writer_to_another_device(wide, browser, base_url, essay, member):
    claim = make_claim(essay)
    enter_as(wide, member, base_url)
    wide.goto(f"/claims/{claim.pk}/answer/")
    wide.locator("[name=source]").fill("Half a thought")
    wide.locator("draft-keeper [role=status]").filter(has_text="Draft kept at").wait_for()
    there = browser.new_context(base_url=base_url)
    page = there.new_page()
    enter_as(page, member, base_url)
    page.goto(f"/claims/{claim.pk}/answer/")
    page.get_by_text("You began this on").wait_for()
    page.get_by_role("link", name="Take it up").click()
    assert page.locator("[name=source]").input_value() == "Half a thought"
    page.locator("label.is-supports").click()
    page.locator("[name=source]").fill("A whole thought")
    page.get_by_role("button", name="Post the counterpoint").click()
    page.locator(".cp").get_by_text("A whole thought").wait_for()
    assert not Draft.objects.exists()
    there.close()


def test_leaving_the_page_keeps_what_was_typed_last(wide, base_url, essay, member):
    claim = make_claim(essay)
    enter_as(wide, member, base_url)
    wide.goto(f"/claims/{claim.pk}/answer/")
    wide.locator("[name=source]").fill("The last words")
    wide.goto("/drafts/")
    wide.wait_for_timeout(300)
    wide.reload()
    assert "The last words" in wide.locator("main").inner_text()
    wide.get_by_role("button", name="Throw it away").click()
    wide.get_by_text("You have no drafts.").wait_for()


def test_what_is_answered_stays_in_view_beside_the_form(wide, base_url, essay, member):
    claim = make_claim(essay, statement="Nobody knew why. " * 12)
    enter_as(wide, member, base_url)
    wide.goto(f"/claims/{claim.pk}/answer/")
    form, answered = wide.locator("#writing").bounding_box(), wide.locator(".answered")
    assert answered.bounding_box()["x"] > form["x"] + form["width"]
    wide.locator("[name=source]").fill("A line.\n\n" * 60)
    wide.locator("#writing button").first.scroll_into_view_if_needed()
    assert 0 <= answered.bounding_box()["y"] < 1000


def test_on_a_phone_it_folds_above_the_form(phone, base_url, essay, member):
    claim = make_claim(essay)
    enter_as(phone, member, base_url)
    phone.goto(f"/claims/{claim.pk}/answer/")
    words = phone.locator(".answered .quote")
    assert words.bounding_box()["y"] < phone.locator("#writing").bounding_box()["y"]
    phone.locator(".answered summary").tap()
    assert not words.is_visible()


def test_selected_words_are_challenged_beside_the_text(wide, base_url, member):
    enter_as(wide, member, base_url)
    wide.goto(ESSAY)
    wide.evaluate(SELECT, ["before the", "collar"])
    wide.get_by_role("link", name="Challenge this", exact=True).click()
    pop = wide.get_by_role("dialog", name="Challenge this")
    assert pop.locator("q").inner_text() == "before the collar"
    assert pop.locator("[value=rebuts]").evaluate("it => it === document.activeElement")
    pop.get_by_text("The reason given does not carry it.").click()
    pop.get_by_label("What is being asserted").fill("It was before the collar.")
    wide.keyboard.press("Escape")
    assert not pop.is_visible()
    wide.evaluate(SELECT, ["before the", "collar"])
    wide.get_by_role("link", name="Challenge this", exact=True).press("Enter")
    pop.get_by_role("button", name="Write the counterpoint").click()
    assert wide.locator("mark.choosing").inner_text() == "before the collar"
    assert wide.locator("[name=relation][value=undercuts]").is_checked()
    assert wide.locator("[name=statement]").input_value() == "It was before the collar."


def test_selected_words_are_only_marked(wide, base_url, member):
    enter_as(wide, member, base_url)
    wide.goto(ESSAY)
    wide.evaluate(SELECT, ["before the", "collar"])
    wide.get_by_role("link", name="Challenge this", exact=True).click()
    pop = wide.get_by_role("dialog", name="Challenge this")
    pop.get_by_label("What is being asserted").fill("It was before the collar.")
    pop.get_by_role("button", name="Only mark the claim").click()
    assert not wide.locator("[name=source]").is_visible()
    wide.get_by_role("button", name="Only mark the claim").click()
    wide.get_by_role("heading", level=1, name="It was before the collar.").wait_for()
    assert Claim.objects.get().passage.exact == "before the collar"
