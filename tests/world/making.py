"""A small world with one of everything, and every page of it: for promises about all pages."""

from dataclasses import dataclass
from uuid import uuid4

from django.urls import reverse

from forum.accounts.models import User
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.models import Claim
from forum.counterpoints.restating import judge_restatement
from forum.moderation import actions as moderation
from forum.moderation.conversing import write_note, write_to_moderators
from forum.moderation.models import Rule
from forum.notifications.muting import silence
from forum.posts import actions as posts
from forum.posts import drafts
from forum.posts.statuses import PostStatus
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
from tests.world.claims import camp_pages, linked_pages
from tests.world.essays import (
    bookmark_pages,
    desk_pages,
    illustrated_pages,
    import_pages,
    make_draft,
    revised_pages,
)
from tests.world.first import first_pages
from tests.world.keepers import admission_pages, house_pages
from tests.world.limits import limited_pages
from tests.world.moderation import appeal_pages, member_case_pages
from tests.world.pages import EDITOR, MEMBER, MODERATOR, Page
from tests.world.words import HOSTILE, LONG, RIGHT_TO_LEFT


@dataclass
class World:
    member: User
    moderator: User
    editor: User
    claim: Claim
    pages: list[Page]

    def user(self, who: str) -> User | None:
        people = {MEMBER: self.member, MODERATOR: self.moderator, EDITOR: self.editor}
        return people.get(who)


def make_world() -> World:
    member = make_user("wren", display_name="Wren Oddfellow", about="Reads rolls.")
    other = make_user("gimel", display_name=RIGHT_TO_LEFT)
    moderator, editor = make_moderator("mags"), make_editor("edda")
    essay = make_essay("The Collar", slug="the-collar")
    essay.tags.add("feudalism", "tools")
    empty = make_essay(LONG[:150], slug="nobody-spoke", summary=LONG[:200])

    claim = make_claim(essay, author=other, statement="Nobody knew why the horse choked.")
    objection = make_counterpoint(
        claim, "rebuts", author=other, source="The saddlers knew.\n\n> They said so.",
        restatement="Nobody had found out why.",
    )  # fmt: skip
    reply = make_counterpoint(claim, "undercuts", target=objection, author=member, source=HOSTILE)
    make_counterpoint(claim, "concedes", target=reply, author=other, source="Granted.")
    support = make_counterpoint(claim, "supports", author=member, source=f"{RIGHT_TO_LEFT} {LONG}")
    cast_votes(objection.post, up=3, down=1)
    counterpoints.withdraw(by=member, post=support.post)
    make_claim(essay, "Then a ring of straw changed the fields.", statement=LONG[:180])

    remark = make_comment(essay, author=member, source=f"A remark. {HOSTILE}")
    answer = make_comment(essay, parent=remark, author=other, source="An answer, @wren.")
    rude = make_comment(essay, parent=answer, author=other, source="You are a fool.")
    posts.edit(by=other, post=answer, source="A better answer, @wren.")
    waiting = make_comment(essay, author=other, source="Buy my collars.")
    taken_down = make_comment(essay, parent=remark, author=other, source="Nonsense.")
    posts.set_status(post=taken_down, status=PostStatus.REMOVED)
    decided = moderation.report(reporter=member, post=rude, reason="attack", text=HOSTILE)
    rule = Rule.objects.order_by("number").first()
    moderation.claim_case(moderator=moderator, case=decided.case)
    moderation.decide(
        moderator=moderator, case=decided.case, outcome="hide", rule=rule,
        reason="It speaks of the writer, not of the matter.",
    )  # fmt: skip
    case = moderation.report(reporter=member, post=waiting, reason="advertising", text="").case
    moderation.claim_case(moderator=moderator, case=case)

    _go_on(member, editor, objection)
    pages = first_pages(essay, empty, claim, objection, remark, answer, case, waiting)
    pages += [
        *desk_pages(essay, empty, make_draft(editor, essay)),
        *bookmark_pages(member, essay),
        *appeal_pages(member, moderator),
        *camp_pages(claim, objection, member),
        *illustrated_pages(editor),
        *limited_pages(editor, member, essay),
        *revised_pages(editor, member, other),
        *import_pages(editor),
        *linked_pages(claim, member, other),
        *member_case_pages(moderator),
        *admission_pages(),
        *house_pages(),
    ]
    return World(member, moderator, editor, claim, pages)


def _go_on(member, editor, objection) -> None:
    """Two drafts at one place, so that there is one to offer and more to speak of; and what the
    objection restates, put right. The member mutes somebody."""
    write_to_moderators(member=member, source=f"{HOSTILE} {LONG}")
    write_note(moderator=make_moderator("mora"), member=member, text=f"{HOSTILE} {RIGHT_TO_LEFT}")
    silence(member=member, other=make_user("din", display_name=f"{LONG[:50]}"), how="block")
    judge_restatement(by=editor, counterpoint=objection, is_fair=False, words=HOSTILE)
    claim = objection.claim
    url = reverse("counterpoints:answer-claim", args=[claim.pk])
    for text in (HOSTILE, f"{RIGHT_TO_LEFT} {LONG * 3}"):
        drafts.keep(
            author=member, place=f"answer:{claim.pk}:0", about=f"Answer to {LONG}", url=url,
            fields={"source": [text]}, form_key=uuid4(),
        )  # fmt: skip
