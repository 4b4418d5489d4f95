"""What a watch list finds, and that no pattern of anybody's takes long."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.guard.patterns import (
    has_domain,
    has_link,
    has_words,
    is_domain,
    is_like,
    letters_in,
    read,
)
from forum.lib.rendering import render_post


def text_of(source):
    rendered = render_post(source)
    return read(rendered.text, rendered.html)


@pytest.mark.parametrize(
    ("pattern", "source", "is_found"),
    [
        ("collar", "Buy my COLLAR now.", True),
        ("collar", "Buy my collars now.", False),
        ("collar*", "Buy my collars now.", True),
        ("*lar", "Buy my collar now.", True),
        ("c*r", "Buy my collar now.", True),
        ("cheap collar", "cheap,\ncollar", True),
        ("cheap collar", "cheap horse collar", False),
        ("cafe", "Meet me at the Café.", True),
        ("CAFÉ", "the cafe", True),
        ("strasse", "Die Straße", True),
        ("שלום", "שלום עולם", True),
        # Whatever Markdown stands between.
        ("cheap collar", "**cheap** _collar_", True),
        ("a.b", "a b", True),
        ("(collar+)+", "collar", True),
        ("---", "anything", False),
    ],
)
def test_words_are_found_whole_whatever_their_capitals_and_accents(pattern, source, is_found):
    assert has_words(text_of(source), pattern) is is_found


@pytest.mark.parametrize(
    ("pattern", "source", "is_found"),
    [
        ("spam.example", "See https://spam.example/buy", True),
        ("spam.example", "[so](https://shop.spam.example)", True),
        ("spam.example", "https://notspam.example/", False),
        ("spam.example", "https://spam.example.org/", False),
        ("SPAM.example.", "https://SPAM.Example./", True),
        # A name in the words, or in front of the host, is not the host.
        ("spam.example", "spam dot example", False),
        ("spam.example", "https://elsewhere.example/?at=spam.example", False),
    ],
)
def test_a_site_is_found_with_all_below_its_name(pattern, source, is_found):
    assert has_domain(text_of(source), pattern) is is_found


def test_a_part_of_a_link_is_found_wherever_it_stands():
    text = text_of("[so](https://shop.example/Collars/?ref=42)")
    assert has_link(text, "collars/?REF=")
    assert has_link(text, "shop*ref=4")
    assert not has_link(text, "collar?")
    assert not has_link(text_of("shop.example/collars"), "/bread/")


def test_links_of_this_site_are_nobodys_advertisement():
    assert text_of("[here](/discussion/) and [there](#post-1)").links == []


@pytest.mark.parametrize("name", ["spam.example", "a-b.c.example", " Spam.Example. "])
def test_a_site_has_a_name(name):
    assert is_domain(name)


@pytest.mark.parametrize("name", ["spam", "http://spam.example", "*.example", "a b.example", ""])
def test_what_is_no_name_of_a_site(name):
    assert not is_domain(name)


def test_letters_are_counted_without_stars():
    assert letters_in("a*b ?!") == 2


WORDS = st.text(alphabet="abc*", max_size=8)


@given(st.text(alphabet="abc", max_size=12), WORDS)
def test_a_star_means_what_it_means_elsewhere(text, pattern):
    expression = ".*".join(re.escape(part) for part in pattern.split("*"))
    assert is_like(text, pattern) is (re.fullmatch(expression, text) is not None)


def test_the_worst_pattern_is_done_with_at_once():
    text = read("a" * 9_000 + " b" * 500, "")
    begun = time.perf_counter()
    assert not has_words(text, "*a" * 90 + "*c")
    assert not has_words(text, "b* " * 60 + "c")
    assert time.perf_counter() - begun < 0.5
