"""A post's own address, its edits, its history, and previews."""

import time
from datetime import timedelta
from uuid import uuid4

from django.test import SimpleTestCase, TestCase
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from forum.posts import actions as posts
from forum.posts import locking
from forum.posts.diffing import COME, GONE, difference
from forum.posts.models import Post, PostVersion
from forum.posts.statuses import PostStatus
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
)


class PostTests(TestCase):
    def test_it_leads_to_the_page_that_holds_the_post(self):
        author, essay = make_user(), make_essay()
        top = make_comment(essay, author=author)
        made = [make_comment(parent=top, author=author) for _ in range(60)]
        for post in (top, made[0], made[29], made[59]):
            response = self.client.get(post.get_absolute_url())
            address, _, fragment = response["Location"].partition("#")
            self.assertTrue(address.startswith(f"/essays/{essay.slug}/discussion/"))
            self.assertContains(self.client.get(address), f'id="{fragment}"')

    def test_a_claims_posts_are_found_on_the_claims_page(self):
        claim = make_claim()
        counterpoint = make_counterpoint(claim)
        page = reverse("counterpoints:claim", args=[claim.pk])
        for pk in (claim.opening_id, counterpoint.pk):
            response = self.client.get(reverse("posts:post", args=[pk]))
            self.assertEqual(response.status_code, 302)
            self.assertEqual(response["Location"].partition("?")[0].partition("#")[0], page)
            self.assertTrue(response["Location"].endswith(f"#post-{pk}"))

    def test_posts_of_drafts_and_no_posts_are_not_found(self):
        post = make_comment()
        type(post.thread.essay).objects.update(published_at=None)
        for pk in (post.pk, 10**18 - 1):
            for name in ("posts:post", "posts:history"):
                self.assertEqual(self.client.get(reverse(name, args=[pk])).status_code, 404)


class EditTests(TestCase):
    def setUp(self):
        self.member = make_user()
        self.post = make_comment(
            author=self.member, source="The horse choked.", now=timezone.now() - timedelta(days=1)
        )
        self.url = reverse("posts:edit", args=[self.post.pk])
        self.client.force_login(self.member)

    def send(self, source="The horse breathed.", **fields):
        return self.client.post(self.url, {"source": source, "form_key": str(uuid4()), **fields})

    def test_the_page_offers_the_words_as_they_are(self):
        self.assertContains(self.client.get(self.url), "The horse choked.")

    def test_an_edit_shows_and_keeps_what_stood_before(self):
        response = self.send()
        self.assertEqual(response["Location"], self.post.get_absolute_url())
        post = Post.objects.get(pk=self.post.pk)
        self.assertIn("The horse breathed.", post.card_html)
        self.assertEqual(PostVersion.objects.get().source, "The horse choked.")

    def test_the_same_form_twice_edits_once(self):
        key = str(uuid4())
        self.send(form_key=key)
        self.send("Something else.", form_key=key)
        self.assertEqual(PostVersion.objects.count(), 1)
        self.assertEqual(Post.objects.get(pk=self.post.pk).source, "The horse breathed.")

    def test_a_preview_changes_nothing(self):
        self.assertContains(self.send("*So.*", preview="yes"), "<em>So.</em>")
        self.assertFalse(PostVersion.objects.exists())

    def test_only_its_author_edits(self):
        for user in (make_user(), make_moderator()):
            self.client.force_login(user)
            for response in (self.client.get(self.url), self.send()):
                self.assertContains(response, "Only its author", status_code=403)
        self.assertFalse(PostVersion.objects.exists())

    def test_refusals_say_why_and_lose_no_words(self):
        for refuse, reason in (
            (lambda: locking.lock(thread=self.post.thread, reason=""), "This thread is closed."),
            (lambda: posts.withdraw(by=self.member, post=self.post), "withdrawn"),
        ):
            refuse()
            self.assertContains(self.client.get(self.url), reason)
            response = self.send("Do not lose me.")
            self.assertContains(response, reason, status_code=403)
            self.assertContains(response, "Do not lose me.", status_code=403)
            locking.unlock(thread=self.post.thread)
        self.assertFalse(PostVersion.objects.exists())

    def test_a_counterpoint_is_edited_here_too(self):
        counterpoint = make_counterpoint(make_claim(), author=self.member)
        url = reverse("posts:edit", args=[counterpoint.pk])
        self.client.post(url, {"source": "Put otherwise.", "form_key": str(uuid4())})
        self.assertEqual(Post.objects.get(pk=counterpoint.pk).source, "Put otherwise.")

    def test_a_visitor_is_led_to_the_sign_in(self):
        self.client.logout()
        self.assertIn(reverse("account_login"), self.send()["Location"])


class HistoryTests(TestCase):
    def setUp(self):
        self.author = make_user()
        self.post = make_comment(
            author=self.author, source="The horse choked. Nobody knew.",
            now=timezone.now() - timedelta(days=1),
        )  # fmt: skip
        self.url = reverse("posts:history", args=[self.post.pk])

    def edit(self, source):
        self.post = posts.edit(by=self.author, post=self.post, source=source)

    def test_each_change_shows_the_words_that_went_and_came(self):
        self.edit("The horse *breathed*. Nobody knew. <b>So.</b>")
        response = self.client.get(self.url)
        self.assertContains(response, "<del>choked. </del>")
        self.assertContains(response, "<ins>*breathed*. </ins>")
        self.assertContains(response, "&lt;b&gt;So.&lt;/b&gt;")
        self.assertContains(response, "As it was first written")

    def test_a_page_holds_ten_changes_and_leads_to_the_rest(self):
        for number in range(23):
            self.edit(f"Version {number}.")
        url, versions = self.url, []
        while url:
            with self.assertNumQueries(2):
                page = self.client.get(url).context["page"]
            versions += [change.version.number for change in page.changes]
            url = f"{self.url}?before={page.next_before}" if page.next_before else ""
        self.assertEqual(versions, list(range(24, 1, -1)))
        self.assertEqual(page.first.number, 1)

    def test_a_post_never_edited_says_so(self):
        self.assertContains(self.client.get(self.url), "Never edited")

    def test_of_hidden_posts_only_its_author_and_moderators_read_it(self):
        posts.set_status(post=self.post, status=PostStatus.HIDDEN)
        self.assertEqual(self.client.get(self.url).status_code, 403)
        for user, status in ((make_user(), 403), (self.author, 200), (make_moderator(), 200)):
            self.client.force_login(user)
            self.assertEqual(self.client.get(self.url).status_code, status)

    def test_a_version_that_was_taken_down_is_named_not_shown(self):
        self.edit("Something mild.")
        PostVersion.objects.update(is_public=False)
        response = self.client.get(self.url)
        self.assertNotContains(response, "choked")
        self.assertContains(response, "taken down by a moderator", count=2)


class PreviewTests(TestCase):
    url = reverse("posts:preview")

    def test_members_see_how_their_words_will_look(self):
        self.client.force_login(make_user())
        response = self.client.post(self.url, {"source": "*So* <script>x</script>"})
        self.assertContains(response, "<em>So</em>")
        self.assertNotContains(response, "<script")
        self.assertNotContains(response, "<html")

    def test_what_cannot_be_rendered_is_a_sentence(self):
        self.client.force_login(make_user())
        self.assertContains(self.client.post(self.url, {"source": "a" * 10_001}), "10,000")

    def test_strangers_and_links_get_nothing(self):
        self.assertEqual(self.client.post(self.url).status_code, 302)
        self.client.force_login(make_user())
        self.assertEqual(self.client.get(self.url).status_code, 405)


WORDS = st.lists(
    st.sampled_from(["horse", "collar.", "why?", "\n", "\n\n", "oats", "x"]), max_size=40
)


class DifferenceTests(SimpleTestCase):
    @given(WORDS, WORDS)
    def test_what_stayed_with_what_went_or_came_is_either_text(self, old, new):
        old, new = " ".join(old), " ".join(new)
        paragraphs = difference(old, new)
        for text, other in ((old, COME), (new, GONE)):
            kept = " ".join(part.text for p in paragraphs for part in p if part.kind != other)
            self.assertEqual(kept.split(), text.split())

    def test_a_sentence_that_changed_is_compared_by_words(self):
        [paragraph] = difference("Stay. The horse choked.", "Stay. The horse breathed.")
        self.assertEqual(
            [tuple(part) for part in paragraph],
            [("same", "Stay. The horse "), ("gone", "choked."), ("come", "breathed.")],
        )

    def test_no_two_texts_take_long(self):
        pairs = [("a " * 5000, "b a " * 2500), ("a. " * 3300, "b. a. " * 1600),
                 ("a b c d e f g h i j. " * 450, "j i h g f e d c b a. " * 450)]  # fmt: skip
        start = time.perf_counter()
        for old, new in pairs:
            difference(old, new)
        self.assertLess(time.perf_counter() - start, 2)
