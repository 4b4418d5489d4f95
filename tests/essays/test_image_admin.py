"""Editors send images in the admin, and are told by the field what is wrong with one."""

import re

from django.contrib.auth.models import Group
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essays.models import Image
from forum.accounts.actions import sync_roles
from tests.essays.pictures import file_of, half_and_half, moving, png_of, sent_file, with_metadata
from tests.essays.test_images import InAFolderOfItsOwn
from tests.factories import make_essay, make_user

LIST, ADD = reverse("admin:essays_image_changelist"), reverse("admin:essays_image_add")


def page_of(image, act="change"):
    return reverse(f"admin:essays_image_{act}", args=[image.pk])


class ImageAdminTests(InAFolderOfItsOwn, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("ed")
        cls.editor.groups.add(Group.objects.get(name="editors"))
        sync_roles(cls.editor)

    def setUp(self):
        super().setUp()
        self.client.force_login(self.editor)

    def send(self, content=None, alt="A plough", **names):
        content = file_of(half_and_half(600, 40)) if content is None else content
        return self.client.post(ADD, {"file": sent_file(content, **names), "alt": alt})

    def errors(self, response, field):
        self.assertEqual(response.status_code, 200)
        self.assertFalse(Image.objects.exists())
        self.assertEqual(self.kept(), [])
        return response.context["adminform"].form.errors[field]

    def test_an_image_is_sent_listed_and_ready_to_paste(self):
        self.assertRedirects(self.send(), LIST)
        image = Image.objects.get()
        self.assertEqual((image.alt, image.uploaded_by), ("A plough", self.editor))
        page = self.client.get(LIST)
        self.assertContains(page, f'value="![A plough](/media/{image.name})"')
        self.assertContains(page, f'<img src="/media/{image.name.replace(".webp", "-480.webp")}"')
        self.assertContains(page, "600 × 40")
        self.assertContains(page, "no essay yet")

    def test_each_refusal_is_said_by_the_field(self):
        wrong = {
            b"<svg xmlns='http://www.w3.org/2000/svg'/>": "may carry scripts",
            b"%PDF-1.7": "must be a PNG",
            png_of(9_000, 9_000): "million pixels",
            moving(): "moves",
            png_of(9, 9): "damaged",
            b"": "empty",
        }
        for content, words in wrong.items():
            with self.subTest(words=words):
                self.assertIn(words, self.errors(self.send(content), "file")[0])

    def test_what_the_browser_says_of_the_file_counts_for_nothing(self):
        svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
        self.assertIn("scripts", self.errors(self.send(svg, name="a.png"), "file")[0])
        content = file_of(half_and_half())
        response = self.send(content, name="../../a.svg", kind="image/svg+xml")
        self.assertRedirects(response, LIST)
        self.assertEqual(self.kept(), [Image.objects.get().name])

    def test_words_are_asked_for(self):
        for words in ("", "   ", "…", "\u200b"):
            with self.subTest(words=words):
                self.assertTrue(self.errors(self.send(alt=words), "alt"))

    def test_a_form_without_a_file_says_so(self):
        response = self.client.post(ADD, {"alt": "A plough"})
        self.assertEqual(self.errors(response, "file"), ["This field is required."])

    def test_the_same_image_twice_is_one_and_the_editor_is_told(self):
        self.send()
        response = self.client.post(
            ADD,
            {"file": sent_file(file_of(half_and_half(600, 40))), "alt": "Other words"},
            follow=True,
        )
        self.assertContains(response, "This image was here already: it is kept once.")
        self.assertEqual(Image.objects.get().alt, "A plough")

    def test_a_photograph_tells_nobody_where_it_was_taken(self):
        self.send(with_metadata())
        name = Image.objects.get().name
        self.assertNotIn(b"Agatha", self.client.get(f"/media/{name}").getvalue())

    def test_the_words_can_be_mended_and_nothing_else(self):
        self.send()
        image = Image.objects.get()
        page = self.client.get(page_of(image))
        self.assertNotContains(page, 'type="file"')
        self.client.post(page_of(image), {"alt": "  A better  plough ", "name": "x", "width": 9})
        image.refresh_from_db()
        self.assertEqual((image.alt, image.width), ("A better plough", 600))
        self.assertEqual(self.client.post(page_of(image), {"alt": "…"}).status_code, 200)
        image.refresh_from_db()
        self.assertEqual(image.alt, "A better plough")

    def test_an_image_that_is_shown_is_never_removed(self):
        self.send()
        image = Image.objects.get()
        essay = make_essay("The <Collar>", source=f"![A plough](/media/{image.name})")
        for page in (LIST, page_of(image)):
            self.assertContains(
                self.client.get(page),
                f'<a href="{essay.get_absolute_url()}">The &lt;Collar&gt;</a>',
            )
        self.assertNotContains(self.client.get(page_of(image)), "deletelink")
        self.assertEqual(
            self.client.post(page_of(image, "delete"), {"post": "yes"}).status_code, 403
        )
        many = {"action": "delete_selected", "_selected_action": [image.pk], "post": "yes"}
        self.client.post(LIST, many)
        self.assertTrue(Image.objects.exists())

    def test_an_image_that_is_not_shown_is_removed_by_one_or_with_others(self):
        self.send()
        image = Image.objects.get()
        self.client.post(page_of(image, "delete"), {"post": "yes"})
        self.assertFalse(Image.objects.exists())
        self.send()
        image = Image.objects.get()
        many = {"action": "delete_selected", "_selected_action": [image.pk], "post": "yes"}
        self.client.post(LIST, many)
        self.assertFalse(Image.objects.exists())

    def test_the_list_costs_the_same_whatever_is_on_it(self):
        costs = []
        for width in range(100, 103):
            self.send(file_of(half_and_half(width, 10)), alt=f"Plough {width}")
            make_essay(source=f"![A plough](/media/{Image.objects.first().name})")
            with CaptureQueriesContext(connection) as queries:
                self.client.get(LIST)
            costs.append(len(queries))
        self.assertEqual(len(set(costs)), 1, costs)

    def test_the_pages_need_nothing_that_the_policy_forbids(self):
        self.send()
        for url in (LIST, ADD, page_of(Image.objects.get())):
            page = self.client.get(url).content.decode()
            with self.subTest(url=url):
                self.assertIsNone(re.search(r"<style|\sstyle=|\son[a-z]+=\"", page))
                for script in re.findall(r"<script[^>]*>", page):
                    self.assertRegex(script, r"src=|application/json")

    def test_only_editors_send_images(self):
        keeper = make_user("keeper", is_staff=True, is_superuser=True)
        self.client.force_login(keeper)
        self.assertEqual(self.send().status_code, 403)
        self.client.force_login(make_user())
        self.assertEqual(self.send().status_code, 302)
        self.client.logout()
        self.assertEqual(self.send().status_code, 302)
        self.assertFalse(Image.objects.exists())
        self.assertEqual(self.kept(), [])
