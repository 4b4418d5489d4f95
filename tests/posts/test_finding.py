"""One post with all that leads to it, for whoever may open its essay."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import TestCase

from forum.posts.finding import find_post
from tests.factories import make_comment, make_editor, make_essay, make_user


class FindPostTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.post = make_comment(cls.essay)

    def test_it_comes_with_its_author_thread_and_essay_in_one_query(self):
        with self.assertNumQueries(1):
            found = find_post(AnonymousUser(), self.post.pk)
            self.assertEqual(found.author.name, self.post.author.name)
            self.assertEqual(found.thread.essay.title, self.essay.title)
            self.assertTrue(found.thread.essay.is_published)
        self.assertEqual(found, self.post)
        for field in ("path", "created_at", "status", "source", "as_author"):
            self.assertEqual(getattr(found, field), getattr(self.post, field), field)

    def test_a_draft_keeps_its_posts_to_the_editors(self):
        self.essay.published_at = None
        self.essay.save(update_fields=["published_at"])
        for reader in (AnonymousUser(), make_user()):
            with self.assertRaises(Http404):
                find_post(reader, self.post.pk)
        self.assertEqual(find_post(make_editor(), self.post.pk), self.post)

    def test_what_is_not_there_is_not_found(self):
        with self.assertRaises(Http404):
            find_post(AnonymousUser(), self.post.pk + 1)
