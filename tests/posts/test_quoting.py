"""Words selected in a post begin the answer to it, and mean nothing but themselves."""

from django.test import TestCase
from hypothesis import example, given
from hypothesis import strategies as st

from forum.lib.rendering import render_post
from forum.posts.quoting import LONGEST_QUOTE, quoted
from tests.factories import make_claim, make_comment, make_counterpoint, make_essay, make_user

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=80)
LINES = st.lists(WORDS, min_size=1, max_size=4).map("\n".join)


def squeezed(text):
    return "".join(text.split())


@given(LINES)
@example("# not a heading")
@example("1. not a list\n- nor this\n+ nor that")
@example("*stars* _lines_ `code` [x](y) <b> &amp; ~~no~~ \\")
@example("===\n---\n~~~\n```")
@example("> deeper")
@example("| a | b |\n|---|---|")
def test_a_quotation_says_what_was_selected(text):
    source = quoted(text)
    if not squeezed(text):
        assert source == ""
        return
    rendered = render_post(source + "And so on.")
    assert squeezed(rendered.text) == squeezed(text) + "Andsoon."
    assert rendered.html.startswith("<blockquote>")
    assert rendered.html.count("<blockquote>") == 1


def test_it_is_no_longer_than_anybody_should_quote():
    assert len(quoted("word " * 10_000)) < LONGEST_QUOTE + 20


def test_whoever_is_named_in_a_quotation_is_not_called():
    assert render_post("> @ruth said so\n\nDid she, @otto?").mentions == ("otto",)
    assert render_post("> > @ruth\n\n- @otto").mentions == ("otto",)


class FormTests(TestCase):
    def test_the_form_of_an_answer_holds_the_quotation(self):
        self.client.force_login(make_user())
        essay = make_essay()
        remark = make_comment(essay)
        counterpoint = make_counterpoint(make_claim(essay))
        for url in (
            f"/posts/{remark.pk}/reply/",
            f"/counterpoints/{counterpoint.pk}/answer/",
        ):
            with self.subTest(url=url):
                page = self.client.get(url, {"quote": "A *remark* </textarea><b>"})
                self.assertContains(page, r"&gt; A \*remark\* \&lt;/textarea\&gt;\&lt;b\&gt;")
                self.assertNotContains(page, "</textarea><b>")
