"""Pages of claims that people have sides on, and that are linked and merged."""

from django.urls import reverse

from forum.counterpoints import actions as counterpoints
from forum.counterpoints.linking import confirm_link, propose_link
from forum.counterpoints.merging import merge_claims
from forum.counterpoints.stances import credit, take_stance
from tests.factories import make_claim, make_counterpoint, make_essay, make_moderator, make_user
from tests.world.pages import MEMBER, MODERATOR, VISITOR, Page
from tests.world.words import HOSTILE, LONG, RIGHT_TO_LEFT


def camp_pages(claim, objection, member) -> list[Page]:
    """Enough people on both sides for every badge; the member changed sides, and says by what."""
    for side in ("agree", "disagree"):
        for _ in range(5):
            person = make_user()
            take_stance(member=person, claim=claim, side=side)
            counterpoints.vote(voter=person, counterpoint=objection, is_up=True)
    for person in [make_user() for _ in range(5)]:
        credit(member=person, counterpoint=objection, before="agree", after="unsure")
    another = make_counterpoint(claim, "undercuts", source=LONG, restatement=HOSTILE)
    credit(member=member, counterpoint=another, before="agree", after="disagree")
    take_stance(member=member, claim=claim, side="unsure")
    url = claim.get_absolute_url()
    claims = reverse("counterpoints:claims", args=[claim.essay.slug])
    pages = [
        Page(f"claim, {query}, {who}", f"{url}?{query}", who)
        for query in ("order=best", "order=contested", "only=unanswered", "order=oldest")
        for who in (VISITOR, MEMBER)
    ]
    return [
        *pages,
        Page("changed mind", reverse("counterpoints:changed-mind", args=[objection.pk]), MEMBER),
        Page("mind changed", reverse("counterpoints:changed-mind", args=[another.pk]), MEMBER),
        Page("claims, divided", f"{claims}?order=contested&standing=contested"),
    ]


def linked_pages(claim, member, other) -> list[Page]:
    """A claim with a link that holds, one to judge and one of the member's own."""
    far = make_claim(make_essay(RIGHT_TO_LEFT, slug="linked"), statement=f"{LONG[:120]} {HOSTILE}")
    holds = propose_link(by=other, claim=claim, other=far, kind="depends", words=HOSTILE)
    confirm_link(by=member, link=holds)
    waiting = propose_link(by=other, claim=claim, other=far, kind="same", words=RIGHT_TO_LEFT)
    propose_link(by=member, claim=far, other=claim, kind="contradicts")
    removal = reverse("moderation:link-removal", args=[waiting.pk])
    parts = [make_claim(far.essay, author=other, statement=HOSTILE) for _ in range(3)]
    make_counterpoint(parts[0], author=member, source=HOSTILE)
    merge_claims(by=make_moderator("merger"), claim=parts[0], into=far)
    merger = reverse("moderation:merger", args=[parts[1].pk])
    parting = reverse("moderation:parting", args=[parts[0].pk])
    stray = make_counterpoint(parts[1], "supports", author=other, source=f"{LONG} {HOSTILE}")
    relocation = reverse("moderation:relocation", args=[stray.pk])
    return [
        Page("linked claim", far.get_absolute_url()),
        Page("linked claim, member", far.get_absolute_url(), MEMBER),
        Page("linked essay", far.essay.get_absolute_url()),
        Page("links of a claim", reverse("counterpoints:links", args=[claim.pk]), MEMBER),
        Page("removal of a link", removal, MODERATOR),
        Page("merger", merger, MODERATOR),
        Page("parting", parting, MODERATOR),
        Page("parting, member", parting, MEMBER, status=403),
        Page("linked claim, moderator", far.get_absolute_url(), MODERATOR),
        Page("merger, what would change", f"{merger}?into={parts[2].pk}", MODERATOR),
        Page("relocation", relocation, MODERATOR),
        Page("relocation, nothing found", f"{relocation}?to=%D7%A9%3Cb%3E", MODERATOR),
        Page(
            "relocation, what would change",
            f"{relocation}?to={parts[2].get_absolute_url()}",
            MODERATOR,
        ),
        Page("relocation, refused", f"{relocation}?to=/posts/{stray.pk}/", MODERATOR),
        Page("relocation, member", relocation, MEMBER, status=403),
        Page("other words", reverse("moderation:reattachment", args=[parts[1].pk]), MODERATOR),
        Page(
            "other words, nothing found",
            reverse("moderation:reattachment", args=[parts[1].pk]) + "?q=%D7%A9%3Cb%3E",
            MODERATOR,
        ),
        Page("merger, member", merger, MEMBER, status=403),
        Page("removal of a link, member", removal, MEMBER, status=403),
    ]
