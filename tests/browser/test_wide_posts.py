"""What members write may be wider than a telephone: the page never is."""

import pytest

from tests.factories import make_comment, make_essay

WIDE_POSTS = {
    "a table": "\n".join(["|word" * 30, "|-" * 30, "|evidence" * 30]),
    "code": "```\n" + "words " * 60 + "\n```",
    "a word": "w" * 900,
    "an address": "https://a.example/" + "w" * 900,
}


@pytest.mark.parametrize("name", WIDE_POSTS)
def test_the_page_never_scrolls_sideways(phone, transactional_db, name):
    post = make_comment(make_essay("The Collar", slug="the-collar"), source=WIDE_POSTS[name])
    phone.goto(f"/posts/{post.pk}/")
    phone.locator(f"#post-{post.pk}").wait_for()
    page = "document.documentElement"
    assert phone.evaluate(f"{page}.scrollWidth <= {page}.clientWidth")


def test_code_is_read_whole_without_scrolling_in_it(phone, transactional_db):
    """Whoever uses the keyboard alone could not scroll in it everywhere."""
    post = make_comment(make_essay("The Collar", slug="the-collar"), source=WIDE_POSTS["code"])
    phone.goto(f"/posts/{post.pk}/")
    code = phone.locator(f"#post-{post.pk} pre")
    assert code.evaluate("it => it.scrollWidth <= it.clientWidth")


def test_the_words_of_a_wide_table_stay_whole(phone, transactional_db):
    post = make_comment(make_essay("The Collar", slug="the-collar"), source=WIDE_POSTS["a table"])
    phone.goto(f"/posts/{post.pk}/")
    cell = phone.locator(f"#post-{post.pk} td").first
    height = "parseFloat(getComputedStyle(it).lineHeight)"
    assert cell.evaluate(f"it => it.clientHeight < 2 * {height}")
