"""A stranger reads, signs up, challenges and is answered; a rude post is judged in the open.

Once with the mouse, once by keyboard alone with scripts off.
"""

import re

import pytest
from django.core import mail

from forum.accounts.models import User
from tests.browser.people import PASSPHRASE, log_in, log_out, make_confirmed
from tests.factories import make_comment, make_essay

STATEMENT = "Nobody understood why the horse choked."
OBJECTION = "The saddlers of the day wrote it down, *twice*."
ANSWER = "They wrote down that it choked, not why."
REASON = "It speaks of the writer and not of the horse."


@pytest.fixture
def essay(transactional_db):
    essay = make_essay("The Collar", slug="the-collar")
    make_confirmed("answerer", display_name="Ada Answerer")
    make_confirmed("judge", is_moderator=True, display_name="Judge Juniper")
    rude = make_confirmed("rude", display_name="Rude Rupert")
    make_comment(essay, author=rude, source="You are a fool and so is your horse.")
    return essay


class Mouse:
    """Presses things with the mouse, scripts on."""

    def __init__(self, page):
        self.page = page

    def press(self, thing):
        thing.click()

    def tick(self, box):
        box.check()

    def choose_sentence(self, number):
        """Hover over the paragraph, press the sentence's number, then what it opens."""
        paragraph, sentence = number.split(".")
        self.page.locator(f"#para-{paragraph}").hover()
        spot = self.page.locator(f"#s-{paragraph}-{sentence}")
        spot.locator(".sn > a").click()
        spot.get_by_role("link", name=f"Challenge sentence {number}").click()


class Keyboard:
    """Tab, space and Enter only."""

    LONGEST = 400

    def __init__(self, page):
        self.page = page

    def reach(self, thing):
        """Walk with Tab until the thing has the focus."""
        wanted = thing.element_handle()
        for _ in range(self.LONGEST):
            if wanted.evaluate("it => it === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {thing}")

    def press(self, thing):
        self.reach(thing)
        if (thing.get_attribute("href") or "").startswith("#"):
            self.page.keyboard.press("Enter")
            return
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def tick(self, box):
        if box.get_attribute("type") == "radio":
            self._walk_to_radio(box)
        else:
            self.reach(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")
        assert box.is_checked()

    def _walk_to_radio(self, box):
        """Tab enters the group, at its first or last; the arrows go through it."""
        name = box.get_attribute("name")
        for _ in range(self.LONGEST):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement.name") == name:
                break
        for _ in range(8):
            if box.evaluate("it => it === document.activeElement"):
                return
            self.page.keyboard.press("ArrowDown")

    def choose_sentence(self, number):
        paragraph, sentence = number.split(".")
        spot = self.page.locator(f"#s-{paragraph}-{sentence}")
        self.press(spot.locator(".sn > a"))
        challenge = spot.get_by_role("link", name=f"Challenge sentence {number}")
        assert challenge.is_visible(), "the number pins its controls open"
        self.press(challenge)


def write_counterpoint(hand, relation, restatement, text):
    page = hand.page
    hand.tick(page.locator(f"[name=relation][value={relation}]"))
    page.locator("[name=restatement]").fill(restatement)
    page.locator("[name=source]").fill(text)


def sign_up(hand, username):
    page = hand.page
    hand.press(page.locator(".mast").get_by_role("link", name="Sign up").first)
    page.locator("[name=username]").fill(username)
    page.locator("[name=email]").fill(f"{username}@example.org")
    page.locator("[name=password1]").fill(PASSPHRASE)
    page.locator("[name=password2]").fill(PASSPHRASE)
    hand.press(page.locator("main").get_by_role("button", name="Sign up"))
    page.wait_for_url("**/accounts/confirm-email/")
    letter = mail.outbox[-1].body
    page.goto(re.search(r"https?://[^\s]*confirm-email/[^\s]*", letter)[0])
    hand.press(page.get_by_role("button", name="Yes, confirm it"))
    page.wait_for_load_state()
    assert User.objects.get(username=username).emailaddress_set.get().verified


def a_stranger_reads_and_signs_up(hand):
    page = hand.page
    page.goto("/")
    hand.press(page.get_by_role("link", name="The Collar").first)
    assert page.get_by_role("heading", level=1).inner_text() == "The Collar"
    sign_up(hand, "stranger")


def they_challenge_a_sentence(hand):
    """Gives the claim's address."""
    page = hand.page
    page.goto("/essays/the-collar/")
    hand.choose_sentence("1.2")
    assert page.locator("[name=s][value='2']").is_checked()
    page.locator("[name=statement]").fill(STATEMENT)
    write_counterpoint(hand, "rebuts", "Nobody knew why it choked.", OBJECTION)
    hand.press(page.get_by_role("button", name="Post the counterpoint"))
    page.get_by_role("heading", level=1, name=STATEMENT).wait_for()
    assert page.locator(".verdict .standing").inner_text() == "Unanswered"
    assert page.locator(".cp .prose em").inner_text() == "twice"
    return page.url.split("#")[0]


def everybody_sees_it_in_the_text(reader, standing):
    reader.goto("/essays/the-collar/")
    passage = reader.locator(f"mark.passage.is-{standing}")
    assert passage.inner_text().startswith("Nobody knew why.")


def somebody_answers(hand, claim_address):
    page = hand.page
    log_in(page, "answerer")
    page.goto(claim_address)
    hand.press(page.locator(".cp").first.get_by_role("link", name=re.compile("^Answer")).first)
    write_counterpoint(hand, "rebuts", "The cause was on record.", ANSWER)
    hand.press(page.get_by_role("button", name=re.compile("^Post")).first)
    page.locator(".cp .cp").wait_for()
    assert page.locator(".verdict .standing").inner_text() == "Stands"
    log_out(page)


def the_stranger_is_told_and_reports_a_rude_post(hand):
    page = hand.page
    log_in(page, "stranger")
    assert page.locator(".mast .count").inner_text() == "1"
    page.goto("/inbox/")
    assert "Ada Answerer" in page.locator(".notice").first.inner_text()
    page.goto("/essays/the-collar/discussion/")
    hand.press(page.locator(".post").first.get_by_role("link", name=re.compile("^Report")))
    hand.tick(page.locator("[name=reason][value=attack]"))
    page.locator("[name=text]").fill("He calls the writer names.")
    hand.press(page.get_by_role("button", name="Report it"))
    page.wait_for_load_state()
    log_out(page)


def a_moderator_decides(hand):
    page = hand.page
    log_in(page, "judge")
    page.goto("/moderation/")
    hand.press(page.get_by_role("link", name=re.compile("You are a fool")).first)
    hand.press(page.get_by_role("button", name="Take this case"))
    hand.tick(page.locator("[name=outcome][value=hide]"))
    page.locator("[name=rule]").select_option("2")
    page.locator("[name=reason]").fill(REASON)
    hand.press(page.get_by_role("button", name="Decide"))
    page.wait_for_load_state()


def the_log_says_why(reader):
    reader.goto("/moderation/log/")
    assert REASON in reader.locator(".log").first.inner_text()
    reader.goto("/essays/the-collar/discussion/")
    assert "You are a fool" not in reader.content()
    assert "hidden by a moderator" in reader.locator(".post").first.inner_text()


def walk_the_whole_way(hand, reader):
    """`hand` is the person before the page; `reader` a visitor's page beside it."""
    a_stranger_reads_and_signs_up(hand)
    claim_address = they_challenge_a_sentence(hand)
    everybody_sees_it_in_the_text(reader, "unanswered")
    log_out(hand.page)
    somebody_answers(hand, claim_address)
    everybody_sees_it_in_the_text(reader, "stands")
    the_stranger_is_told_and_reports_a_rude_post(hand)
    a_moderator_decides(hand)
    the_log_says_why(reader)


def test_with_the_mouse(page, browser, base_url, essay):
    walk_the_whole_way(Mouse(page), browser.new_context(base_url=base_url).new_page())


def test_by_keyboard_with_scripts_off(browser, base_url, essay):
    person = browser.new_context(base_url=base_url, java_script_enabled=False)
    reader = browser.new_context(base_url=base_url, java_script_enabled=False)
    walk_the_whole_way(Keyboard(person.new_page()), reader.new_page())
