from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory, SimpleTestCase

from forum.guard.forms import STALE, KeyedForm, key_of
from forum.lib.verdict import Refused


class LetterForm(KeyedForm):
    words = forms.CharField()
    colours = forms.MultipleChoiceField(choices=[("red", "Red"), ("blue", "Blue")], required=False)


def sent(**fields):
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


class KeyedFormTests(SimpleTestCase):
    def test_every_form_shown_has_a_key_of_its_own(self):
        keys = {UUID(str(LetterForm()["form_key"].value())) for _ in range(3)}
        self.assertEqual(len(keys), 3)

    def test_a_form_keeps_its_key_while_it_is_shown(self):
        form = LetterForm()
        self.assertEqual(form["form_key"].value(), form["form_key"].value())

    def test_it_hands_on_the_key_that_was_sent(self):
        key = uuid4()
        form = LetterForm(sent(form_key=str(key), words="Straw."))
        self.assertTrue(form.is_valid())
        self.assertEqual(form.cleaned_data["form_key"], key)

    def test_a_bad_key_is_said_of_the_form_and_costs_no_word(self):
        for bad in ("", "x", "' OR 1=1 --", "\x00", "9" * 5000):
            form = LetterForm(sent(form_key=bad, words="Straw.", colours=["red", "blue"]))
            with self.subTest(bad=bad[:10]):
                self.assertFalse(form.is_valid())
                self.assertEqual(form.non_field_errors(), [STALE])
                self.assertEqual(form["words"].value(), "Straw.")
                self.assertEqual(form["colours"].value(), ["red", "blue"])

    def test_a_form_without_a_key_is_given_one_that_works(self):
        form = LetterForm(sent(words="Straw."))
        self.assertFalse(form.is_valid())
        again = LetterForm(sent(form_key=form["form_key"].value(), words=form["words"].value()))
        self.assertTrue(again.is_valid())

    def test_what_was_sent_is_not_changed(self):
        data = sent(words="Straw.")
        LetterForm(data).is_valid()
        self.assertNotIn("form_key", data)


class ButtonTests(SimpleTestCase):
    def post(self, **data):
        return RequestFactory().post("/", data)

    def test_the_key_of_a_button_is_read_from_what_it_sends(self):
        key = uuid4()
        self.assertEqual(key_of(self.post(form_key=str(key))), key)

    def test_a_button_without_a_good_key_is_refused_with_a_sentence(self):
        for data in ({}, {"form_key": "x"}):
            with self.subTest(data=data), self.assertRaisesMessage(Refused, str(STALE)):
                key_of(self.post(**data))

    def test_the_tag_writes_a_new_key_each_time(self):
        twice = Template("{% load guard %}{% form_key %} {% form_key %}").render(Context())
        first, second = twice.split("> ")
        self.assertNotEqual(first.rstrip(">"), second.rstrip(">"))
        self.assertIn('name="form_key"', first)
