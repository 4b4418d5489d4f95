"""A card is stored once and read in every language; nothing that a member wrote is taken for it."""

from importlib import import_module

from django.apps import apps
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from forum.accounts.erasing import empty_person
from forum.accounts.models import User
from forum.accounts.names import FORMER_NAME
from forum.lib.rendering import render_post
from forum.posts import actions as posts
from forum.posts.card_words import SLOT, WORDS, Fills, bare, fill
from forum.posts.cards import render_cards
from forum.posts.fragments import render_card
from forum.posts.models import Post
from forum.posts.statuses import PostStatus
from tests.factories import make_comment, make_essay, make_user

SLOTS = [*(f"<!--{name}-->" for name in (*WORDS, *Fills._fields)), "<!--at-2026-03-09-12:00-->"]
HOSTILE = st.lists(
    st.sampled_from([*SLOTS, "<!--", "-->", "<b>", "&lt;!--edited--&gt;", "`", "\n\n", "> "])
    | st.text(max_size=8)
).map("".join)
take_names_out = import_module("forum.posts.migrations.0012_cards_of_former_members").take_names_out
without_words = import_module("forum.posts.migrations.0010_cards_without_words").without_words


class CardWordsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()

    def stored(self, **changes):
        post = make_comment(self.essay, source="The horse breathed.")
        Post.objects.filter(pk=post.pk).update(**changes)
        post = Post.objects.select_related("author").get(pk=post.pk)
        post.card_html = render_card(post)
        return post

    def test_it_is_the_same_whoever_s_language_is_spoken_when_it_is_stored(self):
        for changes in (
            {}, {"edit_count": 2, "as_author": True}, {"status": PostStatus.WITHDRAWN},
            *({"status": status, "status_url": "/log/"} for status in ("held", "hidden", "erased")),
        ):  # fmt: skip
            post = self.stored(**changes)
            with self.subTest(**changes), override("de"):
                self.assertEqual(render_card(post), post.card_html)

    def test_every_status_is_said_in_words_when_it_is_read(self):
        said = {
            PostStatus.VISIBLE: "The horse breathed.",
            PostStatus.HELD: "This post waits for a moderator.",
            PostStatus.HIDDEN: "This post was hidden by a moderator.",
            PostStatus.REMOVED: "This post was removed by a moderator.",
            PostStatus.ERASED: "What stood here went with its author.",
            PostStatus.WITHDRAWN: "<b>Withdrawn by its author</b> <span>It stays readable",
        }
        self.assertEqual(set(said), set(PostStatus))
        for status, words in said.items():
            read = bare(self.stored(status=status))
            self.assertIn(words, read)
            self.assertNotIn("<!--", read)

    def test_whoever_left_is_called_so_in_the_language_of_the_reader(self):
        gone = make_user("gone", display_name="Gone")
        post = make_comment(self.essay, author=gone)
        empty_person(member=gone, now=post.created_at)
        post = Post.objects.select_related("author").get(pk=post.pk)
        post.card_html = render_card(post)
        self.assertIn('<span class="by">A former member</span>', bare(post))
        with override("de"):
            self.assertIn('<span class="by">Ein ehemaliges Mitglied</span>', bare(post))
        self.assertEqual(list(render_cards([post])), [post.card_html])

    def test_a_card_stored_under_an_english_name_is_given_its_slot(self):
        post = make_comment(self.essay, source="`<span>A former member</span>`")
        User.objects.filter(pk=post.author_id).update(erased_at=post.created_at)
        named = '<p class="top"><span class="by">A former member</span></p>'
        Post.objects.filter(pk=post.pk).update(card_html=named + post.html)
        take_names_out(apps, None)
        post.refresh_from_db()
        self.assertEqual(post.card_html, named.replace(FORMER_NAME, "<!--former-->") + post.html)

    def test_moments_are_said_as_the_language_says_them(self):
        card = "<time><!--at-2026-03-09-12:05--></time>"
        for language, words in (("en-gb", "9 March 2026, 12:05"), ("de", "März 2026")):
            with override(language):
                self.assertIn(words, fill(card, 7))

    def test_moments_are_told_by_the_clock_that_the_page_is_read_by(self):
        card = "<!--at-2026-03-09-22:05-->"
        for zone, words in (
            (None, "9 March 2026, 22:05"), ("Asia/Kathmandu", "10 March 2026, 03:50"),
            ("America/Lima", "9 March 2026, 17:05"), (None, "9 March 2026, 22:05"),
        ):  # fmt: skip
            with timezone.override(zone):
                self.assertEqual(fill(card, 7), words)

    def test_what_a_member_wrote_stays_what_they_wrote(self):
        hostile = "".join(SLOTS) + " **said**"
        member = make_user("wren", display_name="<!--edited-->")
        post = make_comment(self.essay, author=member, source=hostile)
        read = bare(Post.objects.get(pk=post.pk))
        self.assertIn("&lt;!--edited--&gt;</bdi>", read)
        for words in WORDS.values():
            self.assertNotIn(str(words), read)
        page = self.client.get(reverse("discussion:thread", args=[self.essay.slug]))
        self.assertNotContains(page, "Read why")

    def test_a_card_as_it_was_once_stored_becomes_one_without_words(self):
        post = self.stored(edit_count=1, as_author=True, status=PostStatus.WITHDRAWN)
        old = bare(post).replace(post.html, "<p>Edited</a> Read why</p>")
        new = without_words(old)
        self.assertEqual(fill(new, post.pk), old)
        head, _, body = new.partition('<div class="prose')
        for name in ("edited", "essayist", "withdrawn", "weightless", "at-"):
            self.assertIn(f"<!--{name}", head)
        self.assertNotIn("<!--", body)

    def test_a_card_that_was_stored_with_its_address_keeps_it(self):
        post = make_comment(self.essay)
        here, address = '<a class="when" href="<!--here-->">', post.get_absolute_url()
        self.assertIn(here, post.card_html)
        before = bare(post)
        self.assertIn(f'<a class="when" href="{address}">', before)
        post.card_html = post.card_html.replace("<!--here-->", address)
        self.assertEqual(bare(post), before)

    def test_restoring_a_post_finds_the_card_that_it_had(self):
        post = make_comment(self.essay)
        before = bare(Post.objects.get(pk=post.pk))
        posts.withdraw(by=post.author, post=post)
        self.assertIn("carries no weight", bare(Post.objects.get(pk=post.pk)))
        self.assertNotEqual(before, bare(Post.objects.get(pk=post.pk)))


@given(HOSTILE)
def test_nothing_that_can_be_written_leaves_a_slot_in_a_card(source):
    assert not SLOT.search(render_post(source).html)


@given(HOSTILE, HOSTILE, st.sampled_from(["en-gb", "de", "ar"]))
def test_nothing_that_is_put_in_is_looked_at_again(state, extra, language):
    with override(language):
        read = fill("<!--state-->|<!--edited-->|<!--extra-->", 7, Fills(state=state, extra=extra))
    assert read.startswith(f"{state}|")
    assert read.endswith(f"|{extra}")
