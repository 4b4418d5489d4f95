"""Finding things and subscribing to them: with scripts and without."""

import pytest

from tests.factories import make_claim, make_comment, make_counterpoint, make_essay, make_user


@pytest.fixture
def debate(transactional_db):
    essay = make_essay("The Horse Collar", slug="the-collar")
    essay.tags.add("tools")
    mara = make_user("mara", display_name="Mara Lindqvist")
    claim = make_claim(essay, author=mara, statement="A horse choked in every harness.")
    make_counterpoint(claim, source="My horse did not choke.")
    make_comment(essay, author=mara, source="I never saw a horse plough.")
    return claim


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def reader(request, browser, base_url):
    context = browser.new_context(base_url=base_url, java_script_enabled=request.param)
    page = context.new_page()
    page.set_default_timeout(8_000)
    yield page
    context.close()


def found(page):
    return page.locator(".results > .hit h2").all_inner_texts()


def test_a_search_is_narrowed_step_by_step_and_widened_again(reader, debate):
    # From the head of any page; the page of what was found has a box of its own.
    reader.goto("/essays/the-collar/")
    reader.get_by_label("Search essays, claims and posts").fill("horse")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/search/?q=horse")
    assert len(found(reader)) == 4
    assert found(reader)[0] == "The Horse Collar"

    beside = reader.get_by_role("complementary", name="Narrow the results")
    beside.get_by_label("Author").fill("Mara Lindqvist")
    beside.get_by_label("Tag").fill("tools")
    beside.get_by_role("button", name="Narrow").click()
    assert len(found(reader)) == 2
    assert "author=Mara+Lindqvist" in reader.url

    beside.get_by_role("link", name="Claims").click()
    assert found(reader) == ["A horse choked in every harness."]
    # Other words are looked for among the same.
    reader.get_by_label("Search essays, claims and posts").fill("mule")
    reader.keyboard.press("Enter")
    reader.get_by_role("heading", name="Nothing.").wait_for()
    assert "kind=claim" in reader.url
    reader.go_back()
    reader.get_by_role("link", name="Claims leave it out").click()
    reader.get_by_role("link", name="By Mara Lindqvist leave it out").click()
    assert len(found(reader)) == 4


def test_a_key_goes_to_the_search_box_wherever_it_is(wide, debate):
    wide.goto("/")
    wide.keyboard.press("/")
    wide.keyboard.type("horse / cart")
    assert wide.locator(".mast [name=q]").input_value() == "horse / cart"
    wide.keyboard.press("Enter")
    wide.wait_for_url("**/search/?q=horse+%2F+cart")
    wide.keyboard.press("/")
    assert wide.evaluate("document.activeElement.id") == "q"
    wide.keyboard.type("mule")
    assert wide.locator("#q").input_value() == "mule"


def test_where_there_is_no_room_for_the_box_a_link_leads_to_it(phone, debate):
    phone.goto("/essays/the-collar/")
    assert not phone.locator(".mast [name=q]").is_visible()
    phone.keyboard.press("/")
    phone.wait_for_url("**/search/")
    phone.locator("#q").wait_for()
    phone.goto("/")
    phone.locator(".mast").get_by_role("link", name="Search").tap()
    phone.wait_for_url("**/search/")


def test_a_name_that_nobody_has_is_explained_where_it_was_typed(reader, debate):
    reader.goto("/search/?q=horse")
    author = reader.get_by_label("Author")
    author.fill("Nobody At All")
    author.press("Enter")
    assert author.input_value() == "Nobody At All"
    assert author.get_attribute("aria-invalid") == "true"
    reader.get_by_text("Nobody here goes by this name.").wait_for()


def test_a_page_says_where_to_subscribe_and_it_is_there(reader, debate):
    for url in ("/essays/the-collar/", debate.get_absolute_url(), "/members/mara/", "/tags/tools/"):
        reader.goto(url)
        link = reader.get_by_role("link", name="Subscribe").first
        answer = reader.request.get(link.get_attribute("href"))
        assert answer.status == 200
        assert answer.headers["content-type"].startswith("application/atom+xml")
