"""Pages of decisions and what follows from them."""

from django.urls import reverse

from forum.moderation import actions as moderation
from forum.moderation import appeals, legal
from forum.moderation.amending import amend
from forum.moderation.member_cases import open_member_case
from forum.moderation.models import Decision, Rule
from forum.posts import actions as posts
from tests.factories import make_comment, make_essay, make_moderator, make_user
from tests.world.pages import MEMBER, MODERATOR, Page
from tests.world.words import HOSTILE, LONG, RIGHT_TO_LEFT


def appeal_pages(member, moderator) -> list[Page]:
    """A decision that can be appealed, one that was, and the case of that appeal."""
    essay = make_essay("The Rolls", slug="the-rolls")
    judge = make_moderator("mo")
    decisions = []
    for source in ("You are a fool.", f"{LONG} {HOSTILE}"):
        post = make_comment(essay, author=member, source=source)
        case = moderation.open_case(moderator=judge, post=post)
        case = moderation.claim_case(moderator=judge, case=case)
        made = moderation.decide(
            moderator=judge, case=case, outcome="hide", rule=Rule.objects.first(), reason=HOSTILE,
            sanction="warn",
        )  # fmt: skip
        decisions.append(Decision.objects.for_statement().get(pk=made.pk))
    appeal = appeals.appeal(appellant=member, decision=decisions[1], text=f"{LONG} {HOSTILE}")
    moderation.claim_case(moderator=moderator, case=appeal.case)
    noticed = legal.give_notice(
        post=make_comment(essay, source=HOSTILE), name=RIGHT_TO_LEFT, email=f"{LONG[:60]}@x.org",
        explanation=f"{LONG} {HOSTILE}",
    )  # fmt: skip
    return [
        *_hidden_pages(member, judge),
        Page("statement", decisions[0].get_absolute_url(), MEMBER),
        Page("ending", reverse("moderation:ending", args=[decisions[0].sanction.pk]), MODERATOR),
        Page("statement, appealed", decisions[1].get_absolute_url(), MEMBER),
        Page("appeal", reverse("moderation:appeal", args=[decisions[0].pk]), MEMBER),
        Page("legal notice", reverse("moderation:legal-notice")),
        Page("legal notices", reverse("moderation:legal-notices"), MODERATOR),
        Page("case of a legal notice", noticed.case.get_absolute_url(), MODERATOR),
        Page("case of an appeal", appeal.case.get_absolute_url(), MODERATOR),
    ]


def _hidden_pages(member, judge) -> list[Page]:
    """A post of the member's own that was hidden until it is amended, and was amended."""
    essay = make_essay("The Stirrup", slug="the-stirrup")
    post = make_comment(essay, author=member, source=f"You are a fool. {HOSTILE}")
    make_comment(parent=post, source=f"{RIGHT_TO_LEFT} {LONG}")
    case = moderation.open_case(moderator=judge, post=post)
    case = moderation.claim_case(moderator=judge, case=case)
    moderation.decide(
        moderator=judge, case=case, outcome="amend", rule=Rule.objects.first(), reason=HOSTILE
    )
    post.refresh_from_db()
    amended = amend(author=member, post=post, source=f"The stirrup came later. {RIGHT_TO_LEFT}")
    url = reverse("moderation:amendment", args=[post.pk])
    return [
        Page("amendment", url, MEMBER),
        Page("amendment, of another", url, MODERATOR, status=403),
        Page("retraction", reverse("moderation:retraction", args=[_held(essay, member)]), MEMBER),
        Page("case of an amended post", amended.get_absolute_url(), MODERATOR),
    ]


def _held(essay, member) -> int:
    post = make_comment(essay, author=member, source=f"Buy collars. {LONG}")
    return posts.set_status(post=post, status="held").pk


def member_case_pages(moderator) -> list[Page]:
    """About a member: one to decide, and one that was."""
    judged = make_user("judged", display_name=RIGHT_TO_LEFT, about=f"{LONG[:200]} <b>")
    moderation.report(
        reporter=judged, post=make_comment(), reason="attack", text=f"{HOSTILE} {LONG}"
    )
    decided = open_member_case(moderator=moderator, member=judged)
    decision = moderation.decide(
        moderator=moderator, case=decided, outcome="censure", sanction="warn",
        rule=Rule.objects.get(number=2), reason=HOSTILE,
    )  # fmt: skip
    waits = open_member_case(moderator=moderator, member=judged)
    return [
        Page("case about a member", waits.get_absolute_url(), MODERATOR),
        Page("case about a member, decided", decided.get_absolute_url(), MODERATOR),
        Page("decision about a member", decision.get_absolute_url(), MODERATOR),
        Page("case about a member, member", waits.get_absolute_url(), MEMBER, status=403),
    ]
