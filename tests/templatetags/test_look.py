"""The site's words and signs, as its pages say and show them."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import time_machine
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import SimpleTestCase, override_settings
from django.urls import reverse

from forum.lib.ledger import ledger_sentence, strip_summary
from forum.lib.nouns import count_word, counted
from forum.templatetags import look


def rendered(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


class SignTests(SimpleTestCase):
    def test_a_sign_is_hidden_from_those_who_hear_the_page(self) -> None:
        self.assertHTMLEqual(
            look.icon("refuted"),
            '<svg class="i" aria-hidden="true"><use href="/static/icons.svg#refuted"/></svg>',
        )

    def test_a_sign_may_carry_ink(self) -> None:
        self.assertIn('class="i is-refuted"', look.icon("refuted", "is-refuted"))

    def test_a_sign_s_name_is_escaped(self) -> None:
        self.assertNotIn("<b>", look.icon('"><b>'))

    def test_every_word_of_the_argument_has_its_sign(self) -> None:
        sprite = Path(settings.BASE_DIR, "static", "icons.svg").read_text()
        for name in (*look.STANDING_WORDS, *look.RELATION_WORDS):
            with self.subTest(name=name):
                self.assertIn(f'<symbol id="{name}"', sprite)


class WordTests(SimpleTestCase):
    def test_figures_to_nine_are_words(self) -> None:
        table = [(0, "no"), (1, "one"), (9, "nine"), (10, "10"), (1400, "1,400"), (-1, "-1")]
        for number, word in table:
            with self.subTest(number=number):
                self.assertEqual(count_word(number), word)

    def test_a_noun_agrees_with_its_number(self) -> None:
        self.assertEqual(counted(1, "claim"), "one claim")
        self.assertEqual(counted(12, "claim"), "12 claims")
        self.assertEqual(counted(2, "reply,replies"), "two replies")
        self.assertEqual(counted(1, "reply,replies"), "one reply")

    def test_an_unknown_word_is_shown_as_it_is(self) -> None:
        self.assertEqual(look.standing_word("refuted"), "Refuted")
        self.assertEqual(look.standing_word("new"), "new")
        self.assertEqual(look.relation_word("rebuts"), "Rebuts")
        self.assertEqual(look.relation_help("new"), "")


class LedgerTests(SimpleTestCase):
    def test_the_ledger_is_said_in_a_sentence(self) -> None:
        table: list[tuple[dict[str, int], str]] = [
            ({}, ""),
            ({"stands": 1}, "one stands"),
            ({"contested": 2, "refuted": 2}, "two are contested, two refuted"),
            ({"stands": 2, "refuted": 1, "contested": 0}, "two stand, one is refuted"),
            (
                {"stands": 3, "unchallenged": 2, "unanswered": 1, "contested": 1, "refuted": 1},
                "three stand, two are unchallenged, one is unanswered, one contested, one refuted",
            ),
        ]
        for counts, sentence in table:
            with self.subTest(sentence=sentence):
                self.assertEqual(ledger_sentence(Counter(counts)), sentence)

    def test_a_row_of_signs_is_put_in_words(self) -> None:
        labels = ["stands", "refuted", "stands"]
        self.assertEqual(strip_summary(labels), "3 claims: 2 stand, 1 refuted")
        self.assertEqual(strip_summary(["stands"]), "1 claim: 1 stands")


class TimeTests(SimpleTestCase):
    def test_a_day_names_its_year(self) -> None:
        self.assertEqual(
            look.day(date(2026, 2, 10)), '<time datetime="2026-02-10">10 February 2026</time>'
        )

    @override_settings(TIME_ZONE="Europe/Berlin")
    def test_a_day_is_the_site_s_own(self) -> None:
        late = datetime(2026, 2, 10, 23, 30, tzinfo=UTC)
        self.assertIn("11 February", look.day(late))

    @time_machine.travel(datetime(2026, 3, 9, tzinfo=UTC))
    def test_a_moment_of_this_year_leaves_the_year_out(self) -> None:
        self.assertEqual(
            look.moment(datetime(2026, 3, 3, 20, 11, tzinfo=UTC)),
            '<time datetime="2026-03-03T20:11+00:00">3 March, 20:11</time>',
        )
        self.assertIn("3 March 2025, 20:11", look.moment(datetime(2025, 3, 3, 20, 11, tzinfo=UTC)))

    def test_what_has_not_happened_has_no_time(self) -> None:
        self.assertEqual(look.day(None), "")
        self.assertEqual(look.moment(None), "")


class OpinionForm(forms.Form):
    relation = forms.ChoiceField(
        choices=[(relation, relation) for relation in look.RELATION_WORDS],
        widget=forms.RadioSelect,
    )
    source = forms.CharField(help_text="As long as it has to be.", widget=forms.Textarea)

    def clean(self) -> None:
        raise forms.ValidationError("Not <b>now</b>.")


class FragmentTests(SimpleTestCase):
    def test_a_bad_field_says_so_and_points_to_the_reason(self) -> None:
        page = rendered(
            '{% include "components/_field.html" with field=form.source only %}',
            form=OpinionForm({"relation": "rebuts"}),
        )
        self.assertIn('aria-invalid="true"', page)
        self.assertIn('aria-describedby="id_source_helptext id_source_error"', page)
        self.assertIn('id="id_source_helptext"', page)
        self.assertIn('id="id_source_error"', page)

    def test_a_form_s_own_errors_are_announced_and_escaped(self) -> None:
        page = rendered(
            '{% include "components/_errors.html" with form=form only %}',
            form=OpinionForm({"relation": "rebuts", "source": "Yes."}),
        )
        self.assertIn('role="alert"', page)
        self.assertIn("Not &lt;b&gt;now&lt;/b&gt;.", page)

    def test_the_relation_picker_is_made_of_labelled_radios(self) -> None:
        page = rendered(
            '{% include "components/_choices.html" with field=form.relation only %}',
            form=OpinionForm({"relation": "undercuts"}),
        )
        self.assertEqual(page.count('type="radio"'), 4)
        self.assertInHTML(
            '<input type="radio" name="relation" value="undercuts" id="id_relation_1" required'
            " checked>",
            page,
        )
        for word in look.RELATION_WORDS.values():
            self.assertIn(f"<b>{word}</b>", page)

    def test_a_standing_is_never_colour_alone(self) -> None:
        page = rendered('{% include "components/_standing.html" with label="refuted" number=4 %}')
        self.assertIn("#refuted", page)
        self.assertIn("Refuted", page)

    def test_a_tally_leaves_out_what_nobody_did(self) -> None:
        page = rendered(
            '{% include "components/_tally.html" with counts=counts only %}',
            counts={"rebuts": 2, "concedes": 0},
        )
        self.assertIn("rebuts", page)
        self.assertNotIn("concedes", page)

    def test_a_pager_without_ways_is_not_there(self) -> None:
        page = rendered('{% include "components/_pager.html" with next_url="" only %}')
        self.assertEqual(page.strip(), "")


class FrameTests(SimpleTestCase):
    def test_a_visitor_s_frame_has_nothing_to_post(self) -> None:
        page = render_to_string("base.html")
        self.assertNotIn('method="post"', page)
        self.assertNotIn("csrf", page)

    def test_every_head_has_a_box_to_search_from_and_no_second_one_where_the_page_is_the_search(
        self,
    ) -> None:
        for section, boxes in (("", 1), ("essays", 1), ("search", 0)):
            with self.subTest(section=section):
                page = render_to_string("base.html", {"section": section})
                self.assertEqual(page.count('<input id="find" name="q" type="search"'), boxes)
                self.assertEqual(page.count('<form action="/search/">'), boxes)
                self.assertIn('href="/search/"', page)

    def test_no_frame_holds_script_or_style_of_its_own(self) -> None:
        for name in ("base.html", "403.html", "403_csrf.html", "404.html", "500.html"):
            with self.subTest(name=name):
                page = render_to_string(name)
                self.assertNotRegex(page, r"<style|\sstyle=|\son\w+=|<script(?![^>]* src=)")

    def test_the_frame_tells_where_the_reader_is(self) -> None:
        page = render_to_string("base.html", {"section": "discussion"})
        here = f'<a href="{reverse("discussion:index")}" aria-current="page">Discussion</a>'
        self.assertInHTML(here, page, count=2)

    def test_a_refusal_gives_its_reason(self) -> None:
        page = render_to_string("403.html", {"exception": "You are <silenced> until Monday."})
        self.assertIn("You are &lt;silenced&gt; until Monday.", page)
