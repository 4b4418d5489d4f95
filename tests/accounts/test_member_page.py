from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.counterpoints.actions import set_status
from forum.members import PAGE_SIZE
from forum.posts.models import Post
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_comment, make_counterpoint, make_essay, make_user


class MemberPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Horse Collar")
        cls.ruth = make_user(
            "ruth", display_name="Ruth Amsel", about="Reads estate accounts for a living."
        )
        cls.url = reverse("member", args=["ruth"])

    def shown(self, query=""):
        return [line.post.pk for line in self.client.get(self.url + query).context["written"]]

    def test_it_tells_who_the_member_is(self):
        page = self.client.get(self.url)
        self.assertContains(page, "<h1><bdi>Ruth Amsel</bdi></h1>")
        self.assertContains(page, "<h1>", count=1)
        self.assertContains(page, "Reads estate accounts for a living.")
        self.assertContains(page, f"Member since {timezone.now():%B %Y}")
        self.assertContains(page, "Nothing of this kind to read.")
        self.assertEqual(self.ruth.get_absolute_url(), self.url)

    def test_roles_are_shown(self):
        make_user("judge", is_moderator=True, is_editor=True)
        page = self.client.get(reverse("member", args=["judge"]))
        self.assertContains(page, "<b>Moderator</b>")
        self.assertContains(page, "<b>Editor</b>")

    def test_nobody_of_that_name_and_nobody_any_more(self):
        make_user("gone", is_active=False)
        for username in ("nobody", "gone", "RUTH", "\u202e", "a" * 300):
            with self.subTest(username=username):
                answer = self.client.get(reverse("member", args=[username]))
                self.assertEqual(answer.status_code, 404)

    def test_hostile_words_are_escaped(self):
        hostile = "<script>x</script>"
        make_user("eve", display_name=hostile, about=hostile)
        eve = make_user("eve2", display_name=hostile)
        make_comment(self.essay, author=eve, source=f"So `{hostile}` it says.")
        for username in ("eve", "eve2"):
            page = self.client.get(reverse("member", args=[username]))
            self.assertNotContains(page, "<script>x")
            self.assertContains(page, "&lt;script&gt;x")

    def test_names_from_right_to_left_keep_to_themselves(self):
        make_user("rut", display_name="רות אמסל")
        page = self.client.get(reverse("member", args=["rut"]))
        self.assertContains(page, "<bdi>רות אמסל</bdi>")

    def test_one_line_for_each_thing_written_in_its_kind(self):
        claim = make_claim(self.essay, author=self.ruth)
        answer = make_counterpoint(
            claim, "undercuts", author=self.ruth, source="A toll is no cart."
        )
        comment = make_comment(self.essay, author=self.ruth)
        everything = [comment.pk, answer.pk, claim.opening_id]
        self.assertEqual(self.shown("?kind=posts"), everything)
        self.assertEqual(self.shown("?kind=counterpoints"), [answer.pk])
        self.assertEqual(self.shown("?kind=claims"), [claim.opening_id])
        page = self.client.get(self.url, {"kind": "counterpoints"})
        self.assertContains(page, "Undercuts")
        self.assertContains(page, "A toll is no cart.")
        self.assertContains(page, "The Horse Collar, claim 1")
        self.assertContains(page, "Survives")
        self.assertContains(page, reverse("posts:post", args=[answer.pk]))

    def test_an_objection_that_was_answered_well_did_not_survive(self):
        claim = make_claim(self.essay)
        answer = make_counterpoint(claim, "rebuts", author=self.ruth)
        answer.effect = 0.01
        answer.save()
        page = self.client.get(self.url, {"kind": "counterpoints"})
        self.assertContains(page, "Did not survive")

    def test_who_argued_sees_counterpoints_first_and_who_did_not_sees_all(self):
        make_comment(self.essay, author=self.ruth)
        self.assertEqual(self.client.get(self.url).context["kind"], "posts")
        make_counterpoint(make_claim(self.essay), author=self.ruth)
        self.assertEqual(self.client.get(self.url).context["kind"], "counterpoints")

    def test_only_what_anybody_may_read(self):
        for status in ("hidden", "removed", "held", "withdrawn"):
            post = make_comment(self.essay, author=self.ruth)
            Post.objects.filter(pk=post.pk).update(status=status)
        drafted = make_essay("Not yet")
        make_comment(drafted, author=self.ruth)
        drafted.published_at = None
        drafted.save()
        make_comment(self.essay, author=make_user())
        self.client.force_login(self.ruth)
        self.assertEqual(self.shown("?kind=posts"), [])

    def test_what_hangs_below_a_claim_that_was_taken_down_is_not_listed(self):
        claim = make_claim(self.essay)
        make_counterpoint(claim, author=self.ruth)
        self.assertEqual(len(self.shown("?kind=counterpoints")), 1)
        set_status(post=claim.opening, status=PostStatus.HIDDEN)
        self.assertEqual(self.shown("?kind=counterpoints"), [])

    def test_an_address_that_asks_for_nonsense_is_no_page(self):
        for query in ("?kind=x", "?before=x", "?before=0", f"?before={10**30}"):
            with self.subTest(query=query):
                self.assertEqual(self.client.get(self.url + query).status_code, 404)

    def test_pages_join_without_gap_or_overlap(self):
        posts = [make_comment(self.essay, author=self.ruth).pk for _ in range(PAGE_SIZE + 2)]
        first = self.client.get(self.url, {"kind": "posts"})
        self.assertEqual(first.context["previous_url"], "")
        rest = first.context["next_url"]
        self.assertEqual(self.shown("?kind=posts") + self.shown(rest), posts[::-1])
        self.assertEqual(self.client.get(self.url + rest).context["next_url"], "")

    def test_query_count_does_not_grow_with_what_was_written(self):
        for size in (1, 20):
            with self.subTest(size=size):
                for _ in range(size):
                    make_comment(self.essay, author=self.ruth)
                    make_counterpoint(make_claim(self.essay), author=self.ruth)
                # The member, the posts with all that a line shows, what waits, the record.
                with self.assertNumQueries(5):
                    self.client.get(self.url, {"kind": "posts"})

    def test_one_s_own_page_leads_to_one_s_account(self):
        self.assertNotContains(self.client.get(self.url), reverse("account_email"))
        self.client.force_login(self.ruth)
        self.assertContains(self.client.get(self.url), reverse("account_email"))

    def test_a_visitor_s_page_holds_no_form_and_no_token(self):
        page = self.client.get(self.url)
        self.assertNotContains(page, "csrf")
        self.assertNotContains(page, 'method="post"')
