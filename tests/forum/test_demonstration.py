import json
from collections import Counter
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import F, Max
from django.test import TestCase, override_settings
from django.urls import reverse

from forum.accounts.models import User
from forum.counterpoints.camp_votes import recount_camps
from forum.counterpoints.camps import BADGE, FEWEST
from forum.counterpoints.models import Claim, Counterpoint, Standing
from forum.demonstration.followings import FOLLOWED, follow_all
from forum.demonstration.members import password_file
from forum.moderation.models import Case, CaseState, Decision
from forum.moderation.permissions import can_judge
from forum.notifications.choosing import settings_of
from forum.notifications.following import end_follows, follows_of
from forum.notifications.kinds import Way
from forum.notifications.models import Notice
from forum.posts.models import Post, Vote
from forum.posts.statuses import PostStatus
from tests.demonstration import load_demonstration
from tests.exchange.recomputing import Recomputing

FOLDER = settings.BASE_DIR / "fixtures/demonstration"
FILES = [
    json.loads(file.read_text(encoding="utf-8"))
    for file in FOLDER.glob("*.json")
    if file.stem != "members"
]


def run(command):
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


@override_settings(DEMO=True)
class DemonstrationTests(Recomputing, TestCase):
    @classmethod
    def setUpTestData(cls):
        with override_settings(DEMO=True):
            cls.said = load_demonstration()

    def test_every_claim_came_to_stand_as_its_file_expects(self):
        for file in FILES:
            for written in file["claims"]:
                with self.subTest(essay=file["essay"], quote=written["quote"][:40]):
                    claim = Claim.objects.get(
                        essay__slug=file["essay"], passage__exact=written["quote"]
                    )
                    self.assertEqual(claim.label, written["expected"])

    def test_every_standing_follows_from_its_export(self):
        self.assertEqual(self.compare(), Claim.objects.count())
        self.assertGreaterEqual(Claim.objects.values("label").distinct().count(), 6)

    def test_there_is_enough_of_everything(self):
        labels = Counter(Claim.objects.values_list("label", flat=True))
        self.assertGreaterEqual(labels.total(), 25)
        self.assertEqual(set(labels), set(Standing.values))
        self.assertGreaterEqual(Post.objects.count(), 120)
        self.assertGreaterEqual(Post.objects.aggregate(deepest=Max("depth"))["deepest"], 4)
        self.assertTrue(Post.objects.filter(edit_count__gt=0).exists())
        self.assertTrue(Post.objects.filter(status=PostStatus.WITHDRAWN).exists())
        self.assertTrue(Counterpoint.objects.filter(is_conceded=True).exists())
        self.assertEqual(Decision.objects.count(), 2)
        self.assertTrue(Post.objects.filter(status=PostStatus.HIDDEN).exists())

    def test_there_is_a_counterpoint_that_convinces_both_sides_and_changed_minds(self):
        found = Counterpoint.objects.get(both_sides__gte=BADGE)
        self.assertGreaterEqual(found.minds, FEWEST)
        told = Claim.objects.filter(agree__gte=3, disagree__gte=2)
        self.assertGreaterEqual(told.count(), 3)
        self.assertTrue(Counterpoint.objects.filter(both_sides__lt=BADGE).exists())
        self.assertTrue(User.objects.filter(minds_changed__gte=FEWEST).exists())

    def test_the_camps_are_those_that_voted(self):
        names = ("agree_up", "agree_down", "disagree_up", "disagree_down", "rank", "overall")
        stored = dict(Counterpoint.objects.in_bulk())
        for claim in Claim.objects.all():
            recount_camps(claim.pk)
        for pk, one in Counterpoint.objects.in_bulk().items():
            self.assertEqual(
                [getattr(one, name) for name in names],
                [getattr(stored[pk], name) for name in names],
            )

    def test_later_posts_have_higher_numbers(self):
        moments = list(Post.objects.order_by("pk").values_list("created_at", flat=True))
        self.assertEqual(moments, sorted(moments))

    def test_nobody_voted_on_their_own_post_nor_any_of_the_sign_ins(self):
        self.assertFalse(Vote.objects.filter(voter=F("post__author")).exists())
        self.assertFalse(Vote.objects.filter(voter__username__startswith="demo_").exists())

    def test_whoever_logs_in_as_one_of_them_finds_news_and_what_they_follow(self):
        run("deliver")
        for name, followed in FOLLOWED.items():
            member = User.objects.get(username=name)
            self.client.force_login(member)
            with self.subTest(name=name):
                kinds = Counter(follows_of(member).values_list("kind", flat=True))
                for kind, number in Counter(kind for kind, _ in followed).items():
                    self.assertGreaterEqual(kinds[kind], number)
                self.assertGreater(member.unread_notices, 0)
                page = self.client.get(reverse("notifications:inbox"))
                self.assertTrue(page.context["days"])
                page = self.client.get(reverse("news:following"))
                self.assertTrue(page.context["followed"])
        told = Notice.objects.filter(recipient__username="demo_member")
        found = set(told.values_list("kind", flat=True))
        self.assertLessEqual({"claim", "counterpoint", "post", "member", "standing"}, found)

    def test_moderators_find_work_and_whom_it_concerns_where_it_is(self):
        for name, finds in (("demo_moderator", True), ("demo_second_moderator", False)):
            moderator = User.objects.get(username=name)
            cases = Case.objects.filter(state=CaseState.OPEN)
            self.assertEqual(cases.count(), 3)
            appeal = cases.get(appeals__isnull=False)
            # Who decided first is no judge of it.
            self.assertEqual(bool(can_judge(moderator, appeal)), finds)
        self.client.force_login(User.objects.get(username="demo_member"))
        page = self.client.get(reverse("moderation:own-standing"))
        self.assertContains(page, "goes for a member’s name")
        page = self.client.get(reverse("moderation:own-reports"))
        self.assertContains(page, "Advertising")

    def test_one_of_them_reads_digests(self):
        ways = settings_of(User.objects.get(username="demo_member")).ways
        self.assertEqual((ways["post"], ways["standing"]), (Way.DAILY, Way.WEEKLY))

    def test_what_was_let_go_of_is_not_followed_again(self):
        member = User.objects.get(username="demo_member")
        end_follows(member=member, kind="tag")
        people = {user.username: user for user in User.objects.all()}
        follow_all(people)
        self.assertFalse(follows_of(member, kind="tag").exists())

    def test_a_second_load_adds_nothing(self):
        before = Post.objects.count(), Vote.objects.count(), User.objects.count()
        self.assertIn("Nothing to add", run("load_demonstration"))
        self.assertEqual((Post.objects.count(), Vote.objects.count(), User.objects.count()), before)

    def test_the_five_sign_in_with_the_password_that_is_printed(self):
        said = run("demonstration_signins")
        password = said.split()[-1]
        self.assertEqual(Path(password_file()).stat().st_mode & 0o777, 0o600)
        for name in ("demo_member", "demo_other", "demo_moderator", "demo_second_moderator",
                     "demo_editor"):  # fmt: skip
            with self.subTest(name=name):
                self.assertIn(name, said)
                sent = {"login": name, "password": password}
                response = self.client.post("/accounts/login/", sent)
                self.assertRedirects(response, "/", fetch_redirect_response=False)
                self.client.logout()

    def test_roles_are_theirs_and_the_others_cannot_sign_in(self):
        self.assertTrue(User.objects.get(username="demo_moderator").is_moderator)
        editor = User.objects.get(username="demo_editor")
        self.assertTrue(editor.is_editor and editor.is_staff)
        others = User.objects.filter(is_demonstration=True).exclude(username__startswith="demo_")
        self.assertEqual(others.count(), 12)
        self.assertFalse(any(member.has_usable_password() for member in others))

    def test_a_new_password_file_gives_all_five_a_new_password(self):
        before = password_file().read_text(encoding="utf-8")
        self.addCleanup(password_file().write_text, before, encoding="utf-8")
        password_file().write_text("quite another one\n", encoding="utf-8")
        run("load_demonstration")
        self.assertTrue(
            User.objects.get(username="demo_editor").check_password("quite another one")
        )


class RealSiteTests(TestCase):
    def test_a_real_site_gets_no_made_up_members(self):
        for command in ("load_demonstration", "demonstration_signins"):
            with self.subTest(command=command), self.assertRaises(CommandError):
                run(command)
        self.assertFalse(User.objects.exists())

    @override_settings(DEMO=True)
    def test_the_essays_come_first(self):
        with self.assertRaisesMessage(CommandError, "Load the essays first"):
            run("load_demonstration")
