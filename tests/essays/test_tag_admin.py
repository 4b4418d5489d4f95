"""A tag is renamed, or taken away, in the admin: no kept page calls it what it was called."""

from django.test import TestCase
from django.urls import reverse
from taggit.models import Tag

from tests.factories import make_essay, make_user


class TagAdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user(is_staff=True, is_superuser=True)
        # The home page has tags beside its list, and the newest essay above it.
        cls.essay, _ = make_essay(), make_essay()
        cls.essay.tags.add("farming")
        cls.tag = Tag.objects.get()

    def pages(self):
        """As visitors read them, and as members do."""
        member = self.client_class()
        member.force_login(make_user())
        urls = ("/", reverse("essay", args=[self.essay.slug]))
        return [c.get(url).content.decode() for c in (self.client_class(), member) for url in urls]

    def act(self, page, *args, **fields):
        self.client.force_login(self.keeper)
        return self.client.post(reverse(f"admin:taggit_tag_{page}", args=args), fields)

    def test_a_renamed_tag_has_its_new_name_everywhere_at_once(self):
        for page in self.pages():
            self.assertIn('href="/tags/farming/"', page)
        self.assertEqual(
            self.act("change", self.tag.pk, name="harness", slug="harness").status_code, 302
        )
        for page in self.pages():
            self.assertIn('href="/tags/harness/"', page)
            self.assertNotIn('href="/tags/farming/"', page)

    def test_a_tag_that_is_taken_away_is_gone_from_everywhere_at_once(self):
        acts = {
            "alone": lambda: self.act("delete", self.tag.pk, post="yes"),
            "with others": lambda: self.act(
                "changelist", action="delete_selected", _selected_action=self.tag.pk, post="yes"
            ),
        }
        for name, act in acts.items():
            with self.subTest(name=name):
                self.essay.tags.add("farming")
                self.tag = Tag.objects.get()
                type(self.essay).objects.update(version=self.essay.version + 10)
                self.pages()
                self.assertEqual(act().status_code, 302)
                for page in self.pages():
                    self.assertNotIn('href="/tags/farming/"', page)
