"""After an erasure nothing that told who somebody was is anywhere; and the debate still stands."""

from io import BytesIO
from zipfile import ZipFile

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test import Client, TestCase
from django.urls import reverse

from essays import bookmarking
from essays.models import Essay
from forum.accounts.models import User
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.models import Claim, Counterpoint
from forum.counterpoints.stances import take_stance
from forum.departures import forget_traces
from forum.exchange.erasing import erase
from forum.exchange.formats.catalogue import FORMATS
from forum.exchange.models import DataRequest, Departure
from forum.exchange.snapshot import public_essays, read_snapshot
from forum.exchange.ties import TIES
from forum.lib.verdict import Refused
from forum.moderation import actions as moderation
from forum.moderation.log import first_broken
from forum.moderation.models import FrozenText, Rule
from forum.posts import actions as posts
from forum.posts.models import Post, Vote
from forum.posts.statuses import PostStatus
from tests.exchange.erasure import places_of
from tests.factories import (
    cast_votes,
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
)

# They begin unlike every other word: the index leaves out of a word what the one before began with.
PERSON, WORDS = "qzperson", "zqwords"
PASSPHRASE = "a long pass phrase"
GERMAN = {"Accept-Language": "de"}

# Columns of rows about a member whose words are not the member's: the site's own, or a moderator's.
NOT_THEIRS = {
    "counterpoints.Correction", "essays.Essay", "moderation.Decision", "moderation.Sanction",
    "counterpoints.Claim", "exchange.DataRequest", "essays.Revision", "essays.Draft",
    "essays.PreviewLink", "essays.Manuscript", "essays.Image", "essays.Settlement",
    "moderation.Case",
}  # fmt: skip
# What they wrote for others to read, or what is made of it.
WRITTEN = {
    "counterpoints.ClaimLink",
    "posts.Post",
    "posts.PostVersion",
    "counterpoints.Counterpoint",
    "moderation.FrozenText",
}
# Addresses, places in a tree and names of things: the database would refuse other words there. And
# hashes, which nobody can read.
SET_BY_THE_SITE = {
    "words_hash",
    "context_hash",
    "seal",
    "path",
    "status_url",
    "moved_url",
    "url",
    "session_key",
    "username",
    "password",
    "key",
}
# Chosen from a list that the keepers of the site have worded.
CHOSEN = {("moderation.Report", "reason"), ("moderation.Report", "filed_as")}


def make_leaver():
    """Somebody who did everything that a member can do, and said a marked word each time."""
    essay = make_essay("The Collar", slug="the-collar")
    leaver = make_user(
        PERSON, display_name=f"Nobody {PERSON}", about=f"I am {PERSON}.",
        email=f"{PERSON}@example.org",
    )  # fmt: skip
    EmailAddress.objects.create(user=leaver, email=leaver.email, verified=True, primary=True)
    Authenticator.objects.create(user=leaver, type="totp", data={"secret": PERSON})
    other = make_user("other")
    claim = make_claim(essay, author=leaver, statement=f"It chokes {WORDS}.")
    own = make_counterpoint(
        claim, author=leaver, source=f"I say {WORDS}.", restatement=f"You say {WORDS}."
    )
    answer = make_counterpoint(claim, "undercuts", target=own, author=other, source="Hardly.")
    make_counterpoint(claim, "concedes", target=answer, author=leaver, source=f"True {WORDS}.")
    remark = make_comment(essay, author=leaver, source=f"Before, {WORDS}.")
    reply = make_comment(essay, parent=remark, author=other, source="A reply.")
    posts.edit(by=leaver, post=remark, source=f"After, {WORDS}.")
    theirs = make_counterpoint(claim, author=other, source="Theirs.")
    cast_votes(own.post, up=3)
    counterpoints.vote(voter=leaver, counterpoint=theirs, is_up=True)
    take_stance(member=leaver, claim=claim, side="agree")
    _moderated(essay, leaver, other, remark, reply)
    bookmarking.keep(member=leaver, revision=essay.current_revision, number=(1, 1), note=PERSON)
    return leaver, essay, claim, own


def _moderated(essay, leaver, other, remark, reply):
    moderator = make_moderator("mags")
    rule = Rule.objects.first()
    rude = make_comment(essay, author=leaver, source=f"Fool {WORDS}.")
    for reporter, post, text in ((other, rude, "Rude."), (leaver, reply, f"He said {WORDS}.")):
        case = moderation.report(reporter=reporter, post=post, reason="attack", text=text).case
        moderation.claim_case(moderator=moderator, case=case)
        moderation.decide(
            moderator=moderator, case=case, outcome="hide", rule=rule, reason="It is about him."
        )


def mark_every_column(leaver):
    """Whatever text any table holds about the member: also what no action of today writes."""
    for tie in TIES:
        if tie.model in NOT_THEIRS or tie.path == "actor":
            continue
        word = WORDS if tie.model in WRITTEN else PERSON
        pks = list(tie.rows(leaver).values_list("pk", flat=True))
        for field in tie.table._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField)
            if not is_text or field.choices or field.unique or field.name in SET_BY_THE_SITE:
                continue
            if (tie.model, field.name) in CHOSEN:
                continue
            if field.max_length is None or field.max_length >= len(word):
                tie.table._default_manager.filter(pk__in=pks).update(**{field.name: word})


class EveryTieTests(TestCase):
    def test_every_key_to_a_member_is_in_the_list(self):
        named = {(tie.model, tie.path) for tie in TIES}
        for model in apps.get_models(include_auto_created=True):
            for field in model._meta.get_fields():
                if field.concrete and field.related_model is User and not field.many_to_many:
                    self.assertIn(
                        (model._meta.label, field.name), named,
                        "Say in forum/exchange/ties.py what a member gets of this table, and what "
                        "an erasure does with it; if it holds words, erase them in erasing.py.",
                    )  # fmt: skip

    def test_each_is_handed_out_or_says_why_not(self):
        for tie in TIES:
            self.assertNotEqual(bool(tie.section), bool(tie.why), tie.model)

    def test_the_names_in_the_list_are_there(self):
        nobody = make_user()
        for tie in TIES:
            list(tie.rows(nobody)[:1])
            columns = {field.name for field in tie.table._meta.concrete_fields}
            self.assertLessEqual(set(tie.without), columns, tie.model)


class ErasureTests(TestCase):
    def setUp(self):
        self.leaver, self.essay, self.claim, self.own = make_leaver()
        client = Client(HTTP_USER_AGENT=PERSON)
        client.post(reverse("account_login"), {"login": self.leaver.email, "password": PASSPHRASE})
        stray = Client()
        stray.force_login(self.leaver)
        session = stray.session
        session["kept"] = PERSON
        session.save()
        self.logged_in = (client, stray)
        mark_every_column(self.leaver)
        for url in self.public_pages():
            Client().get(url)

    def public_pages(self):
        return [
            reverse("home"), self.essay.get_absolute_url(), self.claim.get_absolute_url(),
            reverse("discussion:thread", args=["the-collar"]), reverse("moderation:log"),
        ]  # fmt: skip

    def leave(self, *, keeps_posts):
        self.gone = erase(member=self.leaver, keeps_posts=keeps_posts, asked_by="the member")
        forget_traces()

    def exported(self):
        snapshot = read_snapshot(public_essays(), site="https://x.example", named=True)
        for name, each in FORMATS.items():
            content = each.write(snapshot)
            if content.startswith(b"PK"):
                with ZipFile(BytesIO(content)) as archive:
                    content = b"".join(archive.read(inner) for inner in archive.namelist())
            yield name, content.lower()

    def test_the_marks_are_everywhere_before(self):
        self.assertGreater(len(places_of(PERSON)), 8)
        self.assertGreater(len(places_of(WORDS)), 8)
        self.assertTrue(any("session" in place for place in places_of(PERSON)))
        self.assertTrue(any(WORDS.encode() in content for _, content in self.exported()))

    def test_with_the_texts_removed_nothing_of_either_is_anywhere(self):
        self.leave(keeps_posts=False)
        self.assertEqual(places_of(PERSON), [])
        self.assertEqual(places_of(WORDS), [])
        for name, content in self.exported():
            self.assertNotIn(WORDS.encode(), content, name)
            self.assertNotIn(PERSON.encode(), content, name)

    def test_with_the_posts_kept_the_words_stay_and_the_person_is_nowhere(self):
        self.leave(keeps_posts=True)
        self.assertEqual(places_of(PERSON), [])
        self.assertIn("posts_post.text", places_of(WORDS))
        for place in places_of(WORDS):
            self.assertNotRegex(place, "frozen|report|session")
        for _name, content in self.exported():
            self.assertNotIn(PERSON.encode(), content)

    def test_whoever_was_logged_in_is_out(self):
        self.leave(keeps_posts=True)
        for client in self.logged_in:
            self.assertEqual(client.get(reverse("own-name")).status_code, 302)

    def test_pages_say_a_former_member_and_lead_to_no_page_of_theirs(self):
        url = self.leaver.get_absolute_url()
        self.leave(keeps_posts=True)
        for page in (Client().get(each) for each in self.public_pages()):
            self.assertEqual(page.status_code, 200)
            self.assertNotContains(page, PERSON)
        thread = Client().get(reverse("discussion:thread", args=["the-collar"]))
        self.assertContains(thread, '<span class="by">A former member</span>')
        self.assertEqual(Client().get(url).status_code, 404)
        self.assertEqual(Client().get(self.gone.get_absolute_url()).status_code, 404)

    def test_whoever_left_is_called_so_in_the_language_of_the_reader(self):
        self.leave(keeps_posts=True)
        read = [Client().get(each, headers=GERMAN) for each in self.public_pages()]
        said = "".join(page.content.decode() for page in read)
        self.assertNotIn("A former member", said)
        self.assertIn("Ein ehemaliges Mitglied", said)

    def test_replies_stand_where_a_text_was_removed(self):
        self.leave(keeps_posts=False)
        thread = Client().get(reverse("discussion:thread", args=["the-collar"]))
        self.assertContains(thread, "What stood here went with its author.")
        claim = Client().get(self.claim.get_absolute_url())
        self.assertContains(claim, "Hardly.")
        self.assertContains(claim, "Theirs.")

    def test_a_claim_stays_for_its_answers_and_says_the_essays_own_words(self):
        self.leave(keeps_posts=False)
        claim = Claim.objects.select_related("opening", "passage").get(pk=self.claim.pk)
        self.assertEqual(claim.statement, claim.passage.exact)
        self.assertEqual(claim.opening.status, PostStatus.VISIBLE)

    def test_a_counterpoint_without_its_text_carries_nothing(self):
        self.leave(keeps_posts=False)
        own = Counterpoint.objects.select_related("post").get(pk=self.own.pk)
        self.assertFalse(own.is_counted)
        self.assertEqual((own.post.status, own.post.source), (PostStatus.ERASED, ""))

    def test_no_standing_moves_when_the_posts_are_kept(self):
        before = Claim.objects.values_list("label", "strength").get(pk=self.claim.pk)
        self.leave(keeps_posts=True)
        after = Claim.objects.values_list("label", "strength").get(pk=self.claim.pk)
        self.assertEqual(before, after)

    def test_where_they_stood_goes_with_them(self):
        self.leave(keeps_posts=True)
        self.assertEqual(Claim.objects.get(pk=self.claim.pk).agree, 0)

    def test_a_vote_stays_counted_and_nobody_knows_whose_it_was(self):
        counted = list(Post.objects.order_by("pk").values_list("up", "down"))
        self.leave(keeps_posts=True)
        self.assertEqual(list(Post.objects.order_by("pk").values_list("up", "down")), counted)
        self.assertFalse(Vote.objects.filter(voter=self.gone).exists())

    def test_judged_texts_are_gone_and_the_logs_chain_is_whole(self):
        self.leave(keeps_posts=False)
        self.assertIsNone(first_broken())
        # Their own, and what they had said beside another's.
        gone = [(one.is_erased, one.context) for one in FrozenText.objects.order_by("pk")]
        self.assertEqual(gone, [(True, {}), (False, {})])
        moderator = Client()
        moderator.force_login(User.objects.get(username="mags"))
        for frozen in FrozenText.objects.select_related("decision"):
            page = moderator.get(reverse("moderation:case", args=[frozen.decision.case_id]))
            self.assertEqual(page.status_code, 200)

    def test_what_moderators_took_down_stays_taken_down(self):
        hidden = set(Post.objects.filter(status=PostStatus.HIDDEN).values_list("pk", flat=True))
        self.leave(keeps_posts=False)
        now = set(Post.objects.filter(status=PostStatus.HIDDEN).values_list("pk", flat=True))
        self.assertEqual(now, hidden)

    def test_the_record_says_that_it_was_done_and_not_to_whom(self):
        self.leave(keeps_posts=False)
        record = DataRequest.objects.get(kind="erasure")
        self.assertEqual((record.asked_by, record.keeps_posts), ("the member", False))
        self.assertTrue(record.member.username.startswith("former-member-"))
        self.assertFalse(Departure.objects.exists())

    def test_an_interrupted_one_goes_on_where_it_stopped(self):
        self.leave(keeps_posts=True)
        again = erase(member=self.gone, keeps_posts=False, asked_by="the member")
        self.assertEqual(again.username, self.gone.username)
        self.assertEqual(places_of(WORDS) if connection.vendor == "postgresql" else [], [])
        self.assertEqual(DataRequest.objects.filter(kind="erasure").count(), 1)


class WhoMayLeaveTests(TestCase):
    def test_those_who_keep_the_site_first_hand_on_what_they_keep(self):
        for user in (
            make_editor("edda"), make_moderator("mags"),
            make_user("keeper", is_superuser=True, is_staff=True),
        ):  # fmt: skip
            with self.assertRaises(Refused):
                erase(member=user, keeps_posts=True, asked_by="the member")
            user.refresh_from_db()
            self.assertIsNone(user.erased_at)

    def test_an_essays_author_is_unlinked_and_their_byline_stays(self):
        author = make_user("septimus")
        essay = make_essay(author=author)
        author.groups.add(Group.objects.create(name="readers"))
        erase(member=author, keeps_posts=True, asked_by="the member")
        essay = Essay.objects.get(pk=essay.pk)
        self.assertIsNone(essay.author)
        self.assertEqual(essay.author_name, "Septimus Thornapple")

    def test_no_two_who_left_share_a_name_and_nobody_can_take_one(self):
        gone = [
            erase(member=make_user(), keeps_posts=True, asked_by="the member").username
            for _ in range(2)
        ]
        self.assertEqual(len(set(gone)), 2)
        page = self.client.post(
            reverse("account_signup"),
            {
                "username": "Former-member-1", "email": "new@example.org",
                "password1": "four dull words do", "password2": "four dull words do",
            },
        )  # fmt: skip
        self.assertIn("not to be had", str(page.context["form"].errors["username"]))


class CommandTests(TestCase):
    def test_the_operator_erases_and_leaves_a_record(self):
        leaver = make_user("wren")
        make_comment(author=leaver, source=f"Here {WORDS}.")
        call_command("erase_member", "WREN", "--remove-texts", verbosity=0)
        self.assertEqual(places_of(WORDS), [])
        self.assertEqual(DataRequest.objects.get().asked_by, "the operator")

    def test_it_refuses_with_a_sentence(self):
        make_editor("edda")
        with self.assertRaisesMessage(CommandError, "editor or a moderator"):
            call_command("erase_member", "edda", "--keep-posts")
        with self.assertRaisesMessage(CommandError, "no member 'nobody'"):
            call_command("erase_member", "nobody", "--keep-posts")
