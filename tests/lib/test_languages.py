"""Which language a visitor gets, whatever their browser sends."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from forum.lib.languages import (
    codes,
    direction,
    direction_of_most,
    direction_of_text,
    language_asked_for,
    language_of_visitor,
    present_tag,
    spoken,
)


@pytest.mark.parametrize(
    ("chosen", "accepted", "language"),
    [
        ("", "", "en-gb"),
        ("", "de", "de"),
        ("", "de-AT,de;q=0.9,en;q=0.5", "de"),
        ("", "fr,ar;q=0.4", "ar"),
        ("", "en-US", "en-gb"),
        ("", "en;q=0.2,de;q=0.1", "en-gb"),
        ("", "fr", "en-gb"),
        ("", "*", "en-gb"),
        ("de", "ar", "de"),
        ("en-gb", "de", "en-gb"),
        ("fr", "de", "de"),
        ("DE", "", "en-gb"),
    ],
)
def test_what_was_chosen_comes_before_what_the_browser_asks_for(chosen, accepted, language):
    assert language_asked_for(chosen, accepted) == language


@given(st.text(), st.text())
def test_whatever_is_sent_it_is_one_of_ours(chosen, accepted):
    assert language_asked_for(chosen, accepted) in codes()


@pytest.mark.parametrize(
    ("cookies", "language"),
    [
        ("language=de", "de"),
        ("csrftoken=x; language=ar", "ar"),
        ("language=nonsense; x", "en-gb"),
        ("languages=de", "en-gb"),
        ("my=language", "en-gb"),
    ],
)
def test_the_cookie_is_read_before_there_is_a_request(cookies, language):
    assert language_of_visitor({"HTTP_COOKIE": cookies}) == language


@pytest.mark.parametrize(
    ("code", "tag", "way"), [("en-gb", "en-GB", "ltr"), ("de", "de", "ltr"), ("ar", "ar", "rtl")]
)
def test_a_page_says_its_language_and_direction(code, tag, way):
    with override(code):
        assert (present_tag(), direction()) == (tag, way)
        assert [each.code for each in spoken() if each.is_present] == [code]


def test_each_language_has_its_own_name():
    assert [each.name for each in spoken()] == ["English", "Deutsch", "العربية"]


@pytest.mark.parametrize(
    ("text", "way"),
    [("The horse", "ltr"), ("“1707”: عرب and", "rtl"), ("שלום world", "rtl"), ("1707 …", "ltr")],
)
def test_a_text_runs_as_its_first_letter_does(text, way):
    assert direction_of_text(text) == way


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Straw, which is קש, is soft.", "ltr"),
        ("קש is the Hebrew word for straw.", "ltr"),
        ("הקש הוא רך מאוד, says Mill.", "rtl"),
        ("القش ناعم", "rtl"),
        ("1917, 12.5 (!)", ""),
        ("", ""),
    ],
)
def test_a_paragraph_runs_as_most_of_its_letters_do(text, way):
    assert direction_of_most(text) == way
