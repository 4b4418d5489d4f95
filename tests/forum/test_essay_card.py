"""The picture that stands for an essay elsewhere: whatever is published has one, nothing else."""

import io
import re
from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from essays.actions import refresh
from forum.essay_card import card_path
from forum.essay_lists import add_strips
from tests.factories import make_claim, make_counterpoint, make_editor, make_essay, make_user
from tests.kept import forget_what_is_kept


def path_of(essay):
    add_strips([essay])
    return card_path(essay, essay.labels)


class CardTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.claim = make_claim(cls.essay)

    def test_it_is_a_picture_of_the_size_that_others_show(self):
        response = self.client.get(path_of(self.essay))
        self.assertEqual(response.headers["Content-Type"], "image/png")
        picture = Image.open(io.BytesIO(response.content))
        self.assertEqual((picture.format, picture.size), ("PNG", (1200, 630)))

    def test_the_essays_page_names_its_card(self):
        page = self.client.get(self.essay.get_absolute_url()).content.decode()
        (named,) = re.findall(r'property="og:image" content="http://testserver([^"]+)"', page)
        self.assertEqual(named, path_of(self.essay))
        self.assertEqual(self.client.get(named).status_code, 200)

    def test_it_may_be_kept_for_ever_and_is_told_again_by_its_name_alone(self):
        path = path_of(self.essay)
        response = self.client.get(path)
        self.assertEqual(response.headers["Cache-Control"], "public, max-age=31536000, immutable")
        self.assertNotIn("Vary", response.headers)
        etag = response.headers["ETag"]
        with self.assertNumQueries(1):
            again = self.client.get(path, headers={"If-None-Match": etag})
        self.assertEqual((again.status_code, again.content), (304, b""))

    def test_it_is_drawn_once(self):
        path = path_of(self.essay)
        with self.assertNumQueries(2):
            first = self.client.get(path)
        with self.assertNumQueries(1):
            self.assertEqual(self.client.get(path).content, first.content)
        forget_what_is_kept()
        self.assertEqual(self.client.get(path).content, first.content)

    def test_another_title_author_or_standing_makes_another_card(self):
        paths = [path_of(self.essay)]
        make_counterpoint(self.claim)
        paths.append(path_of(self.essay))
        self.essay.title = "The Yoke"
        paths.append(path_of(self.essay))
        self.essay.author_name = "A. N. Other"
        paths.append(path_of(self.essay))
        self.assertEqual(len(set(paths)), 4)

    def test_a_card_that_is_out_of_date_leads_to_the_one_of_today(self):
        old = path_of(self.essay)
        self.essay.title = "The Yoke"
        self.essay.save()
        refresh(self.essay)
        forget_what_is_kept()
        for path in (old, reverse("card", args=[self.essay.slug, "anything"])):
            response = self.client.get(path)
            self.assertRedirects(response, path_of(self.essay))
            self.assertNotIn("immutable", response.headers["Cache-Control"])

    def test_neither_a_draft_nor_what_was_retired_has_one(self):
        drafts = {
            "draft": {"published_at": None},
            "later": {"published_at": timezone.now() + timedelta(days=1)},
            "retired": {"retired_at": timezone.now(), "retired_reason": "It was wrong."},
        }
        path = path_of(self.essay)
        readers = (None, make_user(), make_editor())
        for name, changes in drafts.items():
            essay = make_essay(f"A {name}")
            self.assertEqual(self.client.get(path_of(essay)).status_code, 200)
            type(essay).objects.filter(pk=essay.pk).update(**changes)
            for reader in readers:
                self.client.logout()
                if reader:
                    self.client.force_login(reader)
                with self.subTest(name=name, reader=str(reader)):
                    self.assertEqual(self.client.get(path_of(essay)).status_code, 404)
                    other = reverse("card", args=[essay.slug, path.rpartition("-")[2][:-4]])
                    self.assertEqual(self.client.get(other).status_code, 404)

    def test_it_is_only_read(self):
        self.assertEqual(self.client.post(path_of(self.essay)).status_code, 405)
