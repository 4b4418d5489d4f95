"""What is written may be wider than a telephone: the page never is."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import make_comment, make_essay

WIDE = {
    "a table": "\n".join(["|word" * 30, "|-" * 30, "|evidence" * 30]),
    "code": "```\n" + "words " * 60 + "\n```",
    "a word": "w" * 900,
    "an address": "https://a.example/" + "w" * 900,
}


@pytest.fixture(params=["post", "essay"])
def written(phone, transactional_db, request):
    """Opens the page with what it says, in a member's post or in an essay; gives the place."""

    def write(source):
        if request.param == "post":
            post = make_comment(make_essay("The Collar", slug="the-collar"), source=source)
            phone.goto(f"/posts/{post.pk}/")
            return phone.locator(f"#post-{post.pk}")
        essay = make_essay("The Collar", source=f"Straw is soft.\n\n{source}")
        phone.goto(essay.get_absolute_url())
        return phone.locator("article.essay")

    return write


def test_the_page_never_scrolls_sideways(phone, written):
    written("\n\n".join(WIDE.values())).wait_for()
    page = "document.documentElement"
    assert phone.evaluate(f"{page}.scrollWidth <= {page}.clientWidth")


def test_code_is_read_whole_without_scrolling_in_it(written):
    """Whoever uses the keyboard alone could not scroll in it everywhere."""
    code = written(WIDE["code"]).locator("pre")
    assert code.evaluate("it => it.scrollWidth <= it.clientWidth")


def test_the_words_of_a_wide_table_stay_whole(written):
    cell = written(WIDE["a table"]).locator("td").first
    height = "parseFloat(getComputedStyle(it).lineHeight)"
    assert cell.evaluate(f"it => it.clientHeight < 2 * {height}")


def test_a_wide_table_is_scrolled_by_keyboard(phone, written):
    table = written(WIDE["a table"]).locator("table")
    table.focus()
    phone.keyboard.press("ArrowRight")
    expect(table).not_to_have_js_property("scrollLeft", 0)
    assert not Axe().run(phone).response["violations"]


def test_the_columns_of_a_table_stand_as_they_were_set(written):
    cells = written("|a|b|c|\n|-|:-:|-:|\n|1|2|3|").locator("td")
    found = cells.evaluate_all("all => all.map(it => getComputedStyle(it).textAlign)")
    assert found == ["start", "center", "end"]
