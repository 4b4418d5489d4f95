"""An essay has changed: its readers compare, follow a sentence, print; whoever answered decides."""

import pytest
from playwright.sync_api import expect

from forum.counterpoints.models import Reconsideration
from tests.browser.people import enter_as
from tests.factories import cast_votes, make_claim, make_counterpoint, make_essay, make_user
from tests.revising import revise

OLD, NEW = "Nobody knew why.", "Hardly anybody knew why."


@pytest.fixture
def answer(transactional_db):
    """Words that were answered, and edited since; beside them words that are gone."""
    essay = make_essay("The Collar", slug="collar")
    claim = make_claim(essay, OLD, statement="It was a riddle.")
    gone = make_claim(essay, "Everybody blamed the horse.", statement="All blamed it.")
    answer = make_counterpoint(claim, author=make_user("hester"), source="It is not so.")
    cast_votes(answer.post, up=2)
    reasons = {gone.passage_id: "It was the strap that they blamed."}
    revise(essay, "Everybody blamed the horse.", "", reasons=reasons)
    revise(essay, OLD, NEW, note="Somebody must have known.")
    return answer


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def reader(request, browser, base_url):
    context = browser.new_context(base_url=base_url, java_script_enabled=request.param)
    page = context.new_page()
    page.set_default_timeout(8_000)
    yield page
    context.close()


def test_a_reader_compares_two_revisions(reader, answer):
    reader.goto("/essays/collar/")
    reader.get_by_role("link", name="Revision 3").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Revisions")
    expect(reader.locator("#revisions")).to_contain_text("Somebody must have known.")
    reader.get_by_label("From").select_option("1")
    reader.get_by_label("to", exact=True).select_option("3")
    reader.get_by_role("button", name="Compare").click()
    reader.wait_for_url("**/essays/collar/revisions/1/3/")
    row = reader.get_by_role("row").filter(has_text="All blamed it.")
    expect(row).to_contain_text("Orphaned")
    expect(row).to_contain_text("It was the strap that they blamed.")
    text = reader.locator("#text")
    expect(text.locator("mark.passage")).to_contain_text("Nobody")
    expect(text.locator("mark ins")).to_have_text("Hardly anybody")
    expect(text).to_contain_text("claim 2 orphaned")


def test_a_permalink_to_a_sentence_leads_to_then_and_now(reader, answer):
    reader.goto("/essays/collar/r1/#s-1-2")
    expect(reader.locator(".ledger")).to_contain_text("An earlier version")
    controls = reader.locator("#s-1-2 .sc")
    expect(controls).to_be_visible()
    controls.get_by_role("link", name="Then and now").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Sentence 1.2, then and now")
    expect(reader.locator("del")).to_have_text("Nobody")
    expect(reader.locator("ins")).to_have_text("Hardly anybody")
    reader.get_by_role("link", name="Read it in the essay").click()
    reader.wait_for_url("**/essays/collar/#s-1-2")
    expect(reader.locator("#s-1-2")).to_contain_text("Hardly anybody")


def test_words_that_are_gone_are_found_below_the_essay(reader, answer):
    reader.goto("/essays/collar/")
    earlier = reader.locator("#earlier")
    expect(earlier).to_contain_text("“Everybody blamed the horse.”")
    expect(earlier).to_contain_text("It was the strap that they blamed.")
    earlier.get_by_role("link", name="Read it in revision 1").click()
    expect(reader.locator("#p-2")).to_have_text("Everybody blamed the horse.2")


def test_then_and_now_is_one_click_away_on_the_claims_page(reader, answer):
    reader.goto(answer.claim.get_absolute_url())
    card = reader.locator(f"#post-{answer.pk}")
    expect(card).to_contain_text("All its two votes were cast on the earlier wording")
    since = card.locator("details.since")
    expect(since.locator("del")).to_be_hidden()
    since.locator("summary").click()
    expect(since.locator("del")).to_be_visible()


def test_on_paper_the_claims_are_notes(reader, answer):
    reader.goto("/essays/collar/")
    notes = reader.locator("section.paper")
    expect(notes).to_be_hidden()
    reader.emulate_media(media="print")
    expect(notes).to_be_visible()
    expect(notes).to_contain_text("Its one claim")
    expect(notes).to_contain_text(f"/claims/{answer.claim_id}/")
    expect(reader.locator(".note").first).to_be_hidden()
    expect(reader.locator("#talk")).to_be_hidden()
    expect(reader.locator("#map")).to_be_hidden()
    pages = reader.pdf(format="A4").count(b"/Type /Page\n")
    assert pages in {2, 3}


@pytest.mark.parametrize("choice", ["applies", "edited", "withdrawn"])
def test_whoever_answered_says_what_becomes_of_it(reader, answer, base_url, choice):
    enter_as(reader, answer.post.author, base_url)
    reader.goto("/inbox/?kind=revised")
    reader.get_by_role("link", name="edited the words that you answered").click()
    expect(reader.locator("main")).to_contain_text("Hardly anybody")
    if choice == "applies":
        reader.get_by_role("button", name="It still applies").click()
    elif choice == "withdrawn":
        reader.get_by_role("button", name="Withdraw it").click()
    else:
        reader.get_by_role("link", name="Edit it").click()
        reader.locator("textarea").fill("It is still not so.")
        reader.get_by_role("button", name="Save the edited one").click()
    card = reader.locator(f"#post-{answer.pk}")
    said = {
        "applies": "Its author says that it still applies",
        "edited": "Its author edited it for the words of revision 3",
        "withdrawn": "Withdrawn by its author",
    }
    expect(card).to_contain_text(said[choice])
    assert Reconsideration.objects.get(counterpoint=answer.pk).choice == choice
