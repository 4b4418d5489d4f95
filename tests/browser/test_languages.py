"""The site speaks the reader's language: chosen in two steps without a script, and taken along."""

import pytest

from forum.accounts.models import User
from tests.browser.people import PASSPHRASE
from tests.factories import make_claim, make_comment, make_counterpoint, make_essay

# Django says it so: a German page tells its days in German before any other word of it.
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"


@pytest.fixture
def debate(transactional_db):
    essay = make_essay("The Collar", slug="the-collar")
    claim = make_claim(essay)
    make_counterpoint(claim)
    make_comment(essay, source="A remark on the whole. " * 12)
    return claim


def spoken(page):
    return page.evaluate("[document.documentElement.lang, document.documentElement.dir]")


def choose(page, name):
    """By the foot of the page, and the button of that name."""
    page.locator(".foot").get_by_role("link", name=name).click()
    page.locator("main").get_by_role("button", name=name).click()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_visitor_s_choice_holds_on_every_page_and_goes_along_when_they_sign_up(
    browser, base_url, debate
):
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/essays/the-collar/")
    assert spoken(page) == ["en-GB", "ltr"]
    choose(page, "Deutsch")
    assert page.url.endswith("/essays/the-collar/")
    assert spoken(page) == ["de", "ltr"]
    assert page.locator("article.essay").inner_text().startswith("Straw")
    page.goto("/essays/the-collar/discussion/")
    month = page.locator(".thread time").first.inner_text().split()[1]
    assert month in MONTHS.split()
    page.goto("/")
    assert spoken(page) == ["de", "ltr"]
    page.goto("/accounts/signup/")
    page.locator("[name=email]").fill("wren@example.org")
    page.locator("[name=username]").fill("wren")
    for field in ("password1", "password2"):
        page.locator(f"[name={field}]").fill(PASSPHRASE)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/confirm-email/")
    assert spoken(page) == ["de", "ltr"]
    assert User.objects.get(username="wren").language == "de"
    context.close()


def test_a_browser_is_answered_in_the_language_that_it_asks_for(browser, base_url, debate):
    for locale, said in (("de-AT", "de"), ("ar-EG", "ar"), ("fr-FR", "en-GB")):
        context = browser.new_context(base_url=base_url, locale=locale)
        page = context.new_page()
        page.goto("/")
        assert spoken(page)[0] == said
        context.close()


def test_arabic_runs_from_right_to_left_and_fits_a_phone(phone, debate):
    phone.goto("/")
    choose(phone, "العربية")
    for url in (
        "/",
        "/essays/the-collar/",
        "/essays/the-collar/discussion/",
        debate.get_absolute_url(),
        "/language/",
    ):
        phone.goto(url)
        assert spoken(phone) == ["ar", "rtl"]
        assert fits(phone)
        brand = phone.locator(".brand").bounding_box()
        assert brand["x"] + brand["width"] > phone.viewport_size["width"] / 2
    phone.goto("/essays/the-collar/")
    paragraph = phone.locator("article.essay .para").first
    assert paragraph.evaluate("it => getComputedStyle(it).direction") == "ltr"


HEBREW = "## קש\n\nהסוס נחנק לפני שבא הצווארון. איש לא ידע מדוע."
# Where the words begin: at its left for what is read from left to right, else at its right.
EDGES = """([selector, is_ltr]) => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector(selector));
    const lines = [...range.getClientRects()].filter(line => line.width > 1);
    const edges = lines.map(line => is_ltr ? line.left : line.right);
    return Math.round(is_ltr ? Math.min(...edges) : Math.max(...edges));
}"""


def test_an_essay_s_title_and_summary_stand_over_its_text_in_whatever_language_the_page_is(
    browser, base_url, debate
):
    make_essay("הצווארון", HEBREW, slug="hebrew", summary="מי חנק את הסוס?")
    for language in ("en", "ar"):
        context = browser.new_context(base_url=base_url, locale=language)
        page = context.new_page()
        for slug, is_ltr in (("the-collar", True), ("hebrew", False)):
            page.goto(f"/essays/{slug}/")
            for width in (360, 1440):
                page.set_viewport_size({"width": width, "height": 900})
                text, title, summary = (
                    page.evaluate(EDGES, [part, is_ltr])
                    for part in (".essay h2", ".essay-head h1", ".essay-head .dek")
                )
                # A large letter begins a little later than a small one.
                assert abs(title - text) <= 6, (language, slug, width)
                assert abs(summary - text) <= 6, (language, slug, width)
                assert fits(page)
        context.close()


def test_in_an_essay_of_two_scripts_each_part_runs_its_own_way(wide):
    source = (
        "# הקש והקולר: word\n\nStraw.\n\nהקש `f(x)` הוא רך!\n\n```\nf(x)\n```\n\n## Oats\n\nDear."
    )
    wide.goto(make_essay("Straw", source=source).get_absolute_url())
    ways = {
        part: wide.locator(f".essay {part}").first.evaluate("it => getComputedStyle(it).direction")
        for part in ("h2", "#para-1", "#para-2", "#para-2 code", "pre")
    }
    assert ways == {
        "h2": "rtl", "#para-1": "ltr", "#para-2": "rtl", "#para-2 code": "ltr", "pre": "ltr",
    }  # fmt: skip
    assert wide.locator(".rail bdi").all_inner_texts() == ["הקש והקולר: word", "Oats"]
    assert fits(wide)
