"""What translators wrote fits what the site says, and is what the site runs on."""

import re
from collections import Counter
from functools import cache

import pytest
from django.utils import translation
from django.utils.translation import gettext, pgettext

from tests.catalogues import (
    LANGUAGES,
    OWN,
    PLURALS,
    catalogue,
    compiled,
    forms,
    in_code,
    in_template,
    messages,
    of_own_words,
    path_of,
    renewed,
)

# The languages that say everything. The others are begun: what they lack is said in English.
COMPLETE: tuple[str, ...] = ("de",)

kept = cache(catalogue)
found = cache(messages)

PLACE = re.compile(r"%\((\w+)\)([a-z])|%([sd])|\{(\w*)\}")
TAG = re.compile(r"</?[a-z][^>]*>")


def translated():
    for language in LANGUAGES:
        for entry in kept(language):
            if entry.msgstr or any(entry.msgstr_plural.values()):
                yield language, entry


def places(words):
    return Counter(match[0] for match in PLACE.finditer(words))


def tags(words):
    """Their attributes may be words of the language."""
    return Counter(re.match(r"</?[a-z0-9-]+", tag)[0] for tag in TAG.findall(words))


@pytest.mark.parametrize("language", COMPLETE)
def test_a_complete_language_has_every_word_of_the_site_and_no_other(language):
    """If not: `make messages`, and translate what is empty."""
    known = {(entry.msgctxt, entry.msgid) for entry in kept(language)}
    assert sorted(map(str, set(found()) - known)) == []
    assert sorted(map(str, known - set(found()))) == []
    assert [entry.msgid for entry in kept(language).untranslated_entries()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_as_make_messages_writes_it(language):
    entries = kept(language)
    assert [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete] == []
    assert not re.search(r":\d+$", path_of(language).read_text(encoding="utf-8"), re.MULTILINE)
    keys = [(entry.msgid, entry.msgctxt or "") for entry in entries]
    assert keys == sorted(keys)
    assert entries.metadata["Plural-Forms"] == PLURALS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_site_runs_on_is_what_was_translated(language):
    """If not: `make messages`."""
    assert compiled(language).read_bytes() == kept(language).to_binary()


def test_in_its_own_language_the_site_says_every_word_as_it_is_written():
    """If not: `make messages`."""
    assert compiled(OWN).read_bytes() == of_own_words(found())
    with translation.override("en-gb"):
        for context, words in found():
            said = pgettext(context, words) if context else gettext(words)
            assert said == words


def test_a_translation_keeps_the_places_for_values_and_the_markup():
    wrong = []
    for language, entry in translated():
        if not entry.msgid_plural:
            pairs = [(entry.msgid, entry.msgstr)]
        else:
            # What is one, or two, may be written out: the last form is for any number.
            pairs = [(entry.msgid_plural, entry.msgstr_plural[forms(language) - 1])]
            known = places(entry.msgid) | places(entry.msgid_plural)
            wrong += [
                (language, said) for said in entry.msgstr_plural.values() if places(said) - known
            ]
        wrong += [
            (language, said)
            for words, said in pairs
            if places(words) != places(said) or tags(words) != tags(said)
        ]
    assert wrong == []


def test_a_translation_begins_and_ends_with_white_space_where_the_words_do():
    def edges(words):
        return words[0].isspace(), words[-1].isspace()

    assert [
        (language, entry.msgstr)
        for language, entry in translated()
        if entry.msgstr
        if any(
            asked and not said
            for asked, said in zip(edges(entry.msgid), edges(entry.msgstr), strict=True)
        )
    ] == []


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        ('from django.utils.translation import gettext as _\n_("A" " b")', [(None, "A b", "")]),
        ('from django.utils.translation import pgettext_lazy as _p\n_p("c", "A")',
         [("c", "A", "")]),
        ('from django.utils.translation import ngettext_lazy\nngettext_lazy("A", "As", "n")',
         [(None, "A", "As")]),
        ('from django.utils import translation\ntranslation.gettext("A")', []),
        ('def gettext(x): ...\ngettext("A")', []),
        ('from django.utils.translation import gettext\ngettext(words)', []),
    ],
)  # fmt: skip
def test_what_code_marks_is_found(source, marked):
    assert [(each.context, each.words, each.plural) for each in in_code(source)] == marked


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        ('{% load i18n %}<b title="x">{% translate "It’s" context "c" %}', [("c", "It’s", "")]),
        ('{% blocktranslate count n=x %}{{ n }} "x"{% plural %}{{ n }} xs{% endblocktranslate %}',
         [(None, '%(n)s "x"', "%(n)s xs")]),
        ('{% include "x.html" with text=_("None yet") only %}', [(None, "None yet", "")]),
        ("Nothing {{ here }}", []),
    ],
)  # fmt: skip
def test_what_templates_mark_is_found(source, marked):
    assert [(each.context, each.words, each.plural) for each in in_template(source)] == marked


def test_what_is_translated_already_is_kept_when_the_words_are_gathered_anew():
    for language in LANGUAGES:
        again = {(each.msgctxt, each.msgid): each for each in renewed(language, found())}
        for entry in kept(language):
            if (new := again.get((entry.msgctxt, entry.msgid))) is not None:
                assert (new.msgstr, new.msgstr_plural) == (entry.msgstr, entry.msgstr_plural)
