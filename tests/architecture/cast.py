"""People in every role, one thing of each kind, and the address of every view upon these."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from essays.drafting import make_preview_link, save_draft
from essays.images import keep_image
from essays.manuscript_actions import bring
from essays.manuscripts.reading import read
from essays.models import Place, Settlement
from forum.accounts.addresses import objection_url
from forum.accounts.models import User
from forum.counterpoints.linking import propose_link
from forum.counterpoints.merging import merge_claims
from forum.counterpoints.models import Claim
from forum.desk.passages import settle
from forum.guard.models import WatchEntry
from forum.moderation import actions as moderation
from forum.moderation.models import Rule
from forum.notifications.models import Notice
from forum.notifications.tokens import token_for
from forum.posts import actions as posts
from forum.posts import drafts
from forum.posts.holding import hold_back
from forum.posts.models import Draft
from tests.essays.pictures import picture
from tests.factories import (
    SOURCE,
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
    place_of,
)

ROLES = ("visitor", "member", "owner", "suspended", "moderator", "editor", "admin")


@dataclass
class Cast:
    """`owner` wrote what the addresses are about, and is who was judged."""

    people: dict[str, User | None]
    # By the view's name, what its address needs.
    parts: dict[str, list[object]]

    def address(self, name: str) -> str:
        if name == "exchange:api:nothing-here":
            return "/api/v1/nothing/"
        return reverse(name, args=self.parts.get(name, []))


def make_cast() -> Cast:
    now = timezone.now()
    people: dict[str, User | None] = {
        "visitor": None,
        "member": make_user("member"),
        "owner": make_user("owner"),
        "suspended": make_user("suspended", suspended_until=now + timedelta(days=9)),
        "moderator": make_moderator("moderator"),
        "editor": make_editor("editor"),
        "admin": make_user("admin", is_superuser=True, is_staff=True),
    }
    return Cast(people, _parts(people))


def _parts(people) -> dict[str, list[object]]:
    owner, editor = people["owner"], people["editor"]
    essay = make_essay("The Collar", slug="the-collar")
    essay.tags.add("tools")
    claim = make_claim(essay, author=owner)
    far = make_claim(make_essay("Far", slug="far"), author=make_user())
    counterpoint = make_counterpoint(claim, author=owner)
    make_counterpoint(claim, target=counterpoint, author=make_user())
    link = propose_link(by=owner, claim=claim, other=far, kind="same")
    remark = make_comment(essay, author=owner)
    slug, claim_, point, post = [essay.slug], [claim.pk], [counterpoint.pk], [remark.pk]
    thread = [remark.thread_id]
    parts = {
        **dict.fromkeys(_named(
            "essay", "revisions", "desk:impact", "desk:preview", "desk:presence", "desk:passages",
            "discussion:thread", "news:follow-essay", "news:follow-discussion", "exchange:export",
            "exchange:essay-feed", "exchange:discussion-feed",
        ), slug),
        **dict.fromkeys(_named("claims", "map", "map-svg", app="counterpoints"), slug),
        **dict.fromkeys(_named(
            "essay", "revisions", "claims", "threads", app="exchange:api"), slug),
        **dict.fromkeys(_named(
            "claim", "history", "key", "answer-claim", "stance", "moved", "links",
            app="counterpoints"), claim_),
        **dict.fromkeys(_named("claim", "standings", "counterpoints", app="exchange:api"), claim_),
        **dict.fromkeys(_named(
            "exchange:claim-feed", "news:follow-claim", "moderation:merger",
            "moderation:reattachment"), claim_),
        **dict.fromkeys(_named(
            "answer", "vote", "withdrawal", "restatement", "changed-mind", "unchanged-mind",
            "reconsideration", app="counterpoints"), point),
        **dict.fromkeys(_named(
            "link-confirmation", "link-refusal", "link-withdrawal", app="counterpoints",
        ), [link.pk]),
        **dict.fromkeys(_named("post", "context", "edit", "history", app="posts"), post),
        **dict.fromkeys(_named("reply", "vote", "withdrawal", app="discussion"), post),
        **dict.fromkeys(_named("report", "opening", "relocation", app="moderation"), post),
        **dict.fromkeys(_named(
            "watch-entry", "watch-switch", "watch-removal", app="moderation"
        ), [WatchEntry.objects.create(pattern="oats", reason="No oats here.").pk]),
        **dict.fromkeys(_named("slow-branch", "unslow-branch", app="moderation"), post),
        **dict.fromkeys(_named("lock", "unlock", "slow", "unslow", app="moderation"), thread),
        **dict.fromkeys(_named(
            "member", "note", "message", "closing", "reopening", "member-case", app="moderation",
        ), ["owner"]),
        **dict.fromkeys(_named("admission", "admission-refusal"), [_waiting().pk]),
        **dict.fromkeys(_named("posts:visit", "posts:news"), thread),
        **dict.fromkeys(_named("exchange:api:thread", "exchange:api:posts"), thread),
        **dict.fromkeys(_named("tag", "news:follow-tag", "exchange:tag-feed"), ["tools"]),
        **dict.fromkeys(_named(
            "member", "member-open", "news:follow-member", "news:mute", "exchange:member-feed",
        ), ["owner"]),
        "moderation:parting": [_merged(claim).pk],
        "exchange:api:counterpoint": point,
        "exchange:api:post": point,
        "moderation:link-removal": [link.pk],
        "revision": [*slug, 1],
        "exchange:api:revision": [*slug, 1],
        "exchange:api:sentences": [*slug, 1],
        "desk:restoration": [*slug, 1],
        "sentence": [*slug, 1, 1, 2],
        "bookmark": [*slug, 1, 1, 2],
        "revision-diff": [*slug, 1, 1],
        "card": [*slug, "digest"],
        "counterpoints:choose": [*slug, 1],
        "counterpoints:similar": [*slug, 1],
        "exchange:export-file": [*slug, "aif"],
        "exchange:sitemap-list": ["essays", 0],
        "house:stylesheet": ["look"],
        "accounts:objection": [_objection(owner)],
        "accounts:session-end": [1],
        "admin:guard_watchentry_trial": [_watched().pk],
        "notifications:unsubscription": [token_for(owner.pk, "answered")],
        "notifications:resumption": [token_for(owner.pk, "answered")],
        "notifications:mark": [Notice.objects.filter(recipient=owner).earliest("pk").pk],
        "posts:draft-removal": [_draft(owner, claim).pk],
        "desk:settlement": [Place.objects.earliest("pk").pk],
    }  # fmt: skip
    return parts | _edited(editor, essay) | _judged(people, essay)


def _named(*names: str, app: str = "") -> list[str]:
    return [f"{app}:{name}" if app else name for name in names]


def _merged(into) -> Claim:
    claim = make_claim(into.essay, author=make_user())
    merge_claims(by=make_moderator(), claim=claim, into=into)
    return claim


def _objection(owner) -> str:
    url = objection_url(member=owner, old="a@example.org", new="b@example.org", now=timezone.now())
    return url.rstrip("/").rpartition("/")[2]


def _waiting() -> User:
    """Who asked for an account, where each is looked at first."""
    newcomer = make_user("newcomer", awaits_approval=True)
    EmailAddress.objects.create(user=newcomer, email=newcomer.email, verified=True, primary=True)
    return newcomer


def _watched() -> WatchEntry:
    return WatchEntry.objects.create(pattern="cheap collars", reason="We are no market.")


def _draft(owner, claim) -> Draft:
    url = reverse("counterpoints:answer-claim", args=[claim.pk])
    drafts.keep(
        author=owner, place=f"answer:{claim.pk}:0", about="Answer", url=url,
        fields={"source": ["Half a thought"]}, form_key=uuid4(),
    )  # fmt: skip
    return Draft.objects.get(author=owner)


def _edited(editor, essay) -> dict[str, list[object]]:
    """What editors have in hand."""
    source = SOURCE.replace("Nobody knew why.", "Nobody knew quite why.")
    draft = save_draft(by=editor, essay=essay, source=source, note="", seen=0)
    token, _ = make_preview_link(by=editor, draft=draft)
    image = keep_image(by=editor, picture=picture(120, 90), alt="A plough")
    pieces = read(b"<h1>Bread</h1><p>Salt.</p>", "a.html")
    manuscript = bring(by=editor, file_name="a.html", pieces=pieces, author_name="Somebody")
    place = Place.objects.filter(passage__essay=essay).latest("pk")
    settle(by=editor, place=place, span=place_of(essay, "Everybody blamed the horse."))
    return {
        "desk:undoing": [Settlement.objects.get().pk],
        "preview": [token],
        "media": [image.name],
        "manuscript": [manuscript.pk],
        "manuscript-look": [manuscript.pk, 1],
        "manuscript-discarding": [manuscript.pk],
    }


def _held_back(owner, essay):
    """A post that a rule holds back."""
    post = make_comment(essay, author=owner)
    hold_back(post, "Collars are sold elsewhere.")
    return posts.set_status(post=post, status="held")


def _judged(people, essay) -> dict[str, list[object]]:
    """A case that waits, one that the moderator holds, and a decision against the owner."""
    owner, moderator, other = people["owner"], people["moderator"], make_user()
    rude, held, judged = (make_comment(essay, author=owner) for _ in range(3))
    waiting = moderation.report(reporter=other, post=rude, reason="attack").case
    holds = moderation.report(reporter=other, post=held, reason="attack").case
    moderation.claim_case(moderator=moderator, case=holds)
    case = moderation.report(reporter=other, post=judged, reason="attack").case
    judge = make_moderator()
    moderation.claim_case(moderator=judge, case=case)
    decision = moderation.decide(
        moderator=judge, case=case, outcome="hide", rule=Rule.objects.earliest("number"),
        reason="It speaks of the writer, not of the matter.", sanction="warn",
    )  # fmt: skip
    return {
        "moderation:ending": [decision.sanction.pk],
        "moderation:case": [waiting.pk],
        "moderation:claiming": [waiting.pk],
        "moderation:release": [holds.pk],
        "moderation:decision": [holds.pk],
        "moderation:undoing": [case.pk],
        "moderation:restoration": [case.pk],
        "moderation:case-note": [waiting.pk],
        "moderation:amendment": [judged.pk],
        "moderation:retraction": [_held_back(owner, essay).pk],
        "moderation:statement": [decision.pk],
        "moderation:appeal": [decision.pk],
    }
