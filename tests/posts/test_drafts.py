"""What is written and not posted yet: kept for whoever writes it, lost by nobody."""

from datetime import timedelta
from io import StringIO
from unittest.mock import patch
from uuid import uuid4

from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.lib.verdict import Refused
from forum.posts import drafts
from forum.posts.models import Draft, Post
from forum.posts.permissions import DRAFT_LENGTH, MOST_DRAFTS
from tests.factories import make_claim, make_comment, make_counterpoint, make_essay, make_user

JSON = {"HTTP_ACCEPT": "application/json"}


def typed(source="Half a thought", **fields):
    return {"form_key": str(uuid4()), "source": source, "keep": "1", **fields}


class KeepTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.member = make_user()

    def keep(self, text="Half a thought", *, form_key=None, seen=None, **options):
        values = {
            "author": self.member, "place": "reply:1", "url": "/posts/1/reply/", "about": "Reply",
            "fields": {"source": [text]}, "form_key": form_key or uuid4(), "seen": seen,
        }  # fmt: skip
        return drafts.keep(**(values | options))

    def texts(self):
        return sorted(draft.initial["source"] for draft in Draft.objects.all())

    def test_the_same_form_goes_on_with_its_own_draft(self):
        key = uuid4()
        first = self.keep("Half", form_key=key)
        again = self.keep("Half a thought", form_key=key)
        assert again.pk == first.pk
        assert again.version == 2
        assert self.texts() == ["Half a thought"]

    def test_another_device_that_took_it_up_goes_on_with_it(self):
        first = self.keep("Half")
        self.keep("Half a thought", seen=(first.pk, first.version))
        assert self.texts() == ["Half a thought"]

    def test_two_devices_at_once_each_keep_their_own(self):
        here, there = uuid4(), uuid4()
        first = self.keep("Half", form_key=here)
        seen = (first.pk, first.version)
        self.keep("Half a thought", form_key=there, seen=seen)
        mine = self.keep("Half a loaf", form_key=here, seen=seen)
        assert self.texts() == ["Half a loaf", "Half a thought"]
        assert drafts.newest_at(self.member, "reply:1")[0] == mine

    def test_a_form_opened_afresh_writes_over_nothing(self):
        self.keep("Half")
        self.keep("Something else")
        assert self.texts() == ["Half", "Something else"]

    def test_nothing_typed_is_nothing_kept_and_takes_nothing_away(self):
        key = uuid4()
        self.keep("Half", form_key=key)
        assert self.keep("  ", form_key=key) is None
        assert self.texts() == ["Half"]

    def test_somebody_elses_draft_is_never_gone_on_with(self):
        first = self.keep("Half")
        self.keep("Stolen", author=make_user(), seen=(first.pk, first.version))
        assert self.texts() == ["Half", "Stolen"]

    def test_nor_used_up(self):
        first = self.keep("Half")
        for seen in (None, (first.pk, first.version)):
            drafts.use_up(
                author=make_user(), place="reply:1", form_key=first.form_key, seen=seen
            )  # fmt: skip
            assert self.texts() == ["Half"]

    def test_one_may_be_too_long(self):
        with self.assertRaises(Refused) as refused:
            self.keep("x" * (DRAFT_LENGTH + 1))
        assert "25,000 characters" in str(refused.exception)

    def test_and_there_may_be_too_many(self):
        key = uuid4()
        self.keep("Last", form_key=key)
        for _ in range(MOST_DRAFTS - 1):
            self.keep()
        with self.assertRaises(Refused) as refused:
            self.keep("One more")
        assert "Throw some away" in str(refused.exception)
        assert self.keep("Last, longer", form_key=key).version == 2

    def test_old_ones_are_forgotten_and_it_is_said(self):
        old = self.keep("Old")
        Draft.objects.filter(pk=old.pk).update(kept_at=timezone.now() - drafts.LIFE)
        self.keep("New")
        out = StringIO()
        call_command("tidy", stdout=out)
        assert self.texts() == ["New"]
        assert "Forgot one draft that nobody came back to." in out.getvalue()

    def test_all_of_a_member_are_erased_and_nobody_elses(self):
        self.keep("Mine")
        self.keep("Theirs", author=make_user())
        assert drafts.erase_drafts(self.member) == 1
        assert self.texts() == ["Theirs"]


class FormTests(TestCase):
    """On the forms themselves, each in turn."""

    @classmethod
    def setUpTestData(cls):
        cls.member, cls.other = make_user("wren"), make_user("gimel")
        cls.essay = make_essay("The Collar")
        cls.claim = make_claim(cls.essay, author=cls.other)
        cls.objection = make_counterpoint(cls.claim, author=cls.other)
        cls.remark = make_comment(cls.essay, author=cls.other)
        cls.own = make_comment(cls.essay, author=cls.member, source="As it was.")
        cls.forms = {
            "comment": reverse("discussion:thread", args=[cls.essay.slug]),
            "reply": reverse("discussion:reply", args=[cls.remark.pk]),
            "edit": reverse("posts:edit", args=[cls.own.pk]),
            "answer to a claim": reverse("counterpoints:answer-claim", args=[cls.claim.pk]),
            "answer": reverse("counterpoints:answer", args=[cls.objection.pk]),
            "claim": reverse("counterpoints:choose", args=[cls.essay.slug, 1]),
        }

    def setUp(self):
        self.client.force_login(self.member)

    def each(self):
        for name, url in self.forms.items():
            with self.subTest(name):
                Draft.objects.all().delete()
                yield name, url

    def test_the_button_keeps_whatever_is_wrong_and_leads_back_to_it(self):
        for _name, url in self.each():
            before = Post.objects.count()
            response = self.client.post(url, typed("Half a *thought*"), follow=True)
            page = response.content.decode()
            assert "Half a *thought*" in page
            assert "Your draft is kept." in page
            assert "is-removed" not in page
            assert Post.objects.count() == before

    def test_it_is_offered_on_the_same_form_and_can_be_taken_up(self):
        for _name, url in self.each():
            self.client.post(url, typed("Half a thought, quoted"), **JSON)
            draft = Draft.objects.get()
            page = self.client.get(url).content.decode()
            assert "You began this on" in page
            assert f'href="{url}?draft={draft.pk}#writing"' in page
            taken = self.client.get(f"{url}?draft={draft.pk}").content.decode()
            assert "You began this on" not in taken
            assert f'value="{draft.reference}"' in taken
            assert "Half a thought, quoted</textarea>" in taken

    def test_a_script_is_told_which_draft_to_go_on_from(self):
        for _name, url in self.each():
            form = typed()
            told = self.client.post(url, form, **JSON).json()
            draft = Draft.objects.get()
            assert told["draft"] == f"{draft.pk}.1"
            assert "Draft kept at" in told["said"]
            assert self.client.post(url, form, **JSON).json()["draft"] == f"{draft.pk}.2"

    def test_a_refusal_keeps_the_words_in_the_form(self):
        for _name, url in self.each():
            page = self.client.post(url, typed("long " * DRAFT_LENGTH))
            assert page.status_code == 403
            assert "25,000 characters" in page.content.decode()
            assert "long long" in page.content.decode()
            told = self.client.post(url, typed("long " * DRAFT_LENGTH), **JSON)
            assert told.status_code == 403
            assert "25,000 characters" in told.json()["said"]

    def test_nothing_to_keep_is_said(self):
        for _name, url in self.each():
            assert (
                "There is nothing to keep yet."
                in self.client.post(url, typed(" ")).content.decode()
            )
            assert self.client.post(url, typed(" "), **JSON).json()["draft"] == ""

    def test_posting_takes_the_draft_away_and_only_that(self):
        url = self.forms["reply"]
        self.client.post(url, typed("Another thought"), **JSON)
        form = typed("A whole thought")
        told = self.client.post(url, form, **JSON).json()
        form = {"form_key": form["form_key"], "source": "A whole thought", "draft": told["draft"]}
        assert self.client.post(url, form).status_code == 302
        assert [draft.words for draft in Draft.objects.all()] == ["Another thought"]

    def test_posting_from_another_device_takes_away_what_was_taken_up(self):
        url = self.forms["reply"]
        told = self.client.post(url, typed(), **JSON).json()
        form = typed("A whole thought", draft=told["draft"])
        del form["keep"]
        self.client.post(url, form)
        assert not Draft.objects.exists()

    def test_but_not_what_the_first_device_wrote_since(self):
        url = self.forms["reply"]
        here = typed()
        told = self.client.post(url, here, **JSON).json()
        self.client.post(url, here | {"source": "Half a thought and more"}, **JSON)
        form = typed("A whole thought", draft=told["draft"])
        del form["keep"]
        self.client.post(url, form)
        assert [draft.words for draft in Draft.objects.all()] == ["Half a thought and more"]

    def test_a_keeping_that_comes_after_the_posting_makes_no_draft(self):
        url = self.forms["reply"]
        form = typed("A whole thought")
        self.client.post(url, {key: form[key] for key in ("form_key", "source")})
        assert self.client.post(url, form, **JSON).json()["draft"] == ""
        assert not Draft.objects.exists()

    def test_if_the_post_is_refused_the_draft_stays(self):
        url = self.forms["reply"]
        form = typed()
        self.client.post(url, form, **JSON)
        with patch("forum.discussion.actions.reply", side_effect=Refused("Not now.")):
            page = self.client.post(url, {key: form[key] for key in ("form_key", "source")})
        assert page.status_code == 403
        assert Draft.objects.count() == 1

    def test_the_silenced_keep_drafts_too(self):
        self.member.silenced_until = timezone.now() + timedelta(days=1)
        self.member.save()
        told = self.client.post(self.forms["reply"], typed(), **JSON)
        assert told.json()["draft"]

    def test_strangers_keep_nothing(self):
        self.client.logout()
        for _name, url in self.each():
            # Where they may write first, what is wrong with it is said.
            assert self.client.post(url, typed()).status_code in {302, 422}
            assert not Draft.objects.exists()

    def test_what_a_writer_chose_is_kept_with_the_words(self):
        url = self.forms["answer to a claim"]
        self.client.post(url, typed("So", relation="undercuts", restatement="In fair words"))
        page = self.client.get(Draft.objects.get().get_absolute_url()).content.decode()
        assert 'value="undercuts"' in page.split("checked")[0].rsplit("<input", 1)[1]
        assert "In fair words" in page

    def test_the_words_chosen_for_a_claim_are_kept_with_it(self):
        url = self.forms["claim"]
        self.client.post(url, typed(exact="horse choked", prefix="The ", suffix=" before"))
        page = self.client.get(Draft.objects.get().get_absolute_url()).content.decode()
        assert '<mark class="choosing">horse choked</mark>' in page

    def test_hostile_words_stay_words(self):
        for text in ("<script>alert(1)</script>", "\0NUL", "\u202eשלום", '"><b>'):
            self.client.post(self.forms["comment"], typed(text))
        page = self.client.get(reverse("posts:drafts")).content.decode()
        assert "<script>alert" not in page
        assert "NUL" in page


class DraftsPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.member, cls.other = make_user("wren"), make_user("gimel")
        cls.url = reverse("posts:drafts")

    def setUp(self):
        self.client.force_login(self.member)

    def make(self, author=None, text="Half a thought", place="reply:1"):
        return drafts.keep(
            author=author or self.member, place=place, url="/posts/1/reply/",
            about="Reply to Ada", fields={"source": [text]}, form_key=uuid4(),
        )  # fmt: skip

    def test_lists_ones_own_newest_first_and_nobody_elses(self):
        self.make(text="The first")
        self.make(text="The second")
        self.make(author=self.other, text="A secret")
        page = self.client.get(self.url).content.decode()
        assert page.index("The second") < page.index("The first")
        assert "A secret" not in page
        assert "60 days" in page

    def test_without_any_it_says_so(self):
        assert "You have no drafts." in self.client.get(self.url).content.decode()

    def test_strangers_have_none(self):
        self.client.logout()
        assert self.client.get(self.url).status_code == 302

    def test_long_ones_fold_and_are_whole(self):
        self.make(text="word " * 900 + "the end")
        assert "the end" in self.client.get(self.url).content.decode()

    def test_one_is_thrown_away_once_and_for_all(self):
        draft, form = self.make(), {"form_key": str(uuid4())}
        url = reverse("posts:draft-removal", args=[draft.pk])
        for _ in range(2):
            response = self.client.post(url, form)
            self.assertRedirects(response, self.url)
        assert not Draft.objects.exists()

    def test_it_leads_back_to_the_form_and_nowhere_else(self):
        for back, leads in (("/posts/1/reply/", "/posts/1/reply/"), ("//evil.example/", self.url)):
            url = reverse("posts:draft-removal", args=[self.make().pk])
            response = self.client.post(url, {"form_key": str(uuid4()), "back": back})
            assert response.url == leads

    def test_nobody_else_throws_it_away_or_takes_it_up(self):
        draft = self.make(author=self.other)
        url = reverse("posts:draft-removal", args=[draft.pk])
        assert self.client.post(url, {"form_key": str(uuid4())}).status_code == 404
        with self.assertRaises(Refused):
            drafts.throw_away(by=self.member, draft=draft)
        remark = make_comment()
        reply = reverse("discussion:reply", args=[remark.pk])
        Draft.objects.filter(pk=draft.pk).update(place=f"reply:{remark.pk}")
        page = self.client.get(f"{reply}?draft={draft.pk}").content.decode()
        assert "Half a thought" not in page

    def test_pages_follow_each_other_and_cost_the_same(self):
        for size in (3, 40):
            while Draft.objects.count() < size:
                self.make(text=f"Draft number {Draft.objects.count()}.")
            with self.subTest(size=size), self.assertNumQueries(3):
                page = self.client.get(self.url).content.decode()
        assert "Draft number 39." in page
        after = page.split('rel="next" href="')[1].split('"')[0]
        rest = self.client.get(self.url + after).content.decode()
        assert "Draft number 0." in rest
        assert "Draft number 39." not in rest
