"""A revision changed or removed the words that counterpoints are about: their labels rest, and
their authors are asked what they say to it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essays.actions import raise_version
from essays.models import Place, PlaceState, Revision
from forum.accounts.models import User
from forum.counterpoints import actions, permissions
from forum.counterpoints.models import (
    Cause,
    Choice,
    Claim,
    Counterpoint,
    Reconsideration,
    Standing,
)
from forum.counterpoints.telling import about, tell_revised
from forum.counterpoints.weighing import relabel
from forum.lib.rendering import Unrenderable
from forum.lib.site_language import in_each_language
from forum.lib.verdict import Refused, ensure
from forum.notifications.actions import News, notify_each
from forum.notifications.models import NoticeKind
from forum.posts import actions as posts
from forum.posts.statuses import PostStatus

LONG = tuple(f"revision__{name}" for name in ("source", "html", "text", "blocks"))

OVERTAKEN = gettext_lazy(
    "The essay was edited again in the meantime. See what it says now, and choose again."
)


def hold_claims(essay_id: int) -> None:
    """Lock an essay's claims, before the essay: so do all who write on them, and none waits for
    another's lock. For whoever publishes a revision and tells of it in one transaction."""
    claims = Claim.objects.select_for_update().filter(essay=essay_id).order_by("pk")
    list(claims.values_list("pk"))


@transaction.atomic
def tell_of_revision(*, revision: Revision, now: datetime | None = None) -> None:
    """After a revision was published: freeze and thaw its claims' labels, and ask the authors.

    Once more does nothing more.
    """
    now = now or timezone.now()
    hold_claims(revision.essay_id)
    _freeze(revision)
    _thaw(revision, now=now)
    asked = ask(revision=revision, now=now)
    tell_revised(revision, asked, now=now)
    raise_version(revision.essay_id)


def _freeze(revision: Revision) -> None:
    gone = _claims_of(revision).filter(
        is_frozen=False, passage__in=_placed(revision).filter(state=PlaceState.ORPHANED)
    )
    set_frozen(revision.essay_id, list(gone.values_list("pk", flat=True)), is_frozen=True)


def _thaw(revision: Revision, *, now: datetime) -> None:
    back = _claims_of(revision).filter(
        is_frozen=True, passage__in=_placed(revision).exclude(state=PlaceState.ORPHANED)
    )
    thawed = list(back.order_by("pk").values_list("pk", flat=True))
    set_frozen(revision.essay_id, thawed, is_frozen=False)
    for claim in thawed:
        relabel(claim, Cause.REVISED, now=now)


def set_frozen(essay_id: int, claims: list[int], *, is_frozen: bool) -> None:
    """A frozen label asks nobody for an answer."""
    if not claims:
        return
    found = Claim.objects.filter(pk__in=claims)
    waiting = found.filter(label=Standing.UNANSWERED, opening__status=PostStatus.VISIBLE).count()
    found.update(is_frozen=is_frozen)
    raise_version(essay_id, open_count=-waiting if is_frozen else waiting)


def _claims_of(revision: Revision) -> "QuerySet[Claim]":
    return Claim.objects.filter(essay=revision.essay_id)


def _placed(revision: Revision) -> "QuerySet[Any]":
    return Place.objects.filter(revision=revision).values("passage")


@transaction.atomic
def ask(*, revision: Revision, now: datetime | None = None) -> set[int]:
    """Ask whoever has a counterpoint on words that this revision changed or took out.

    One notice for each member and claim, however many counterpoints of theirs stand there. What
    was asked before and has no object any more, since the words are back, is asked no longer.
    Gives the members who were asked.
    """
    now = now or timezone.now()
    touched = _touched(revision)
    healed = _placed(revision).filter(state__in=[PlaceState.EXACT, PlaceState.MOVED])
    Reconsideration.objects.filter(
        choice=None, counterpoint__claim__passage__in=healed.values("passage")
    ).delete()
    answers = list(_to_ask(revision, touched))
    Reconsideration.objects.bulk_create(
        Reconsideration(counterpoint=answer, revision=revision, asked_at=now) for answer in answers
    )
    notify_each(
        news=_news(revision, answers, touched),
        kind=NoticeKind.REVISED,
        actor=revision.created_by,
        now=now,
    )
    return {answer.post.author_id for answer in answers}


def _touched(revision: Revision) -> dict[int, Place]:
    """By passage: its place, where the words are others than in the revision before, or gone."""
    before = Revision.objects.filter(essay=revision.essay_id, number__lt=revision.number)
    previous = before.order_by("-number").only("text").first()
    if previous is None:
        return {}
    was = dict(_words_in(previous))
    return {
        place.passage_id: place
        for place in Place.objects.filter(revision=revision)
        if place.state in {PlaceState.CHANGED, PlaceState.ORPHANED}
        and _words_at(place, revision.text) != was.get(place.passage_id)
    }


def _words_in(revision: Revision) -> Iterable[tuple[int, str | None]]:
    for place in Place.objects.filter(revision=revision):
        yield place.passage_id, _words_at(place, revision.text)


def _words_at(place: Place, text: str) -> str | None:
    return None if place.state == PlaceState.ORPHANED else text[place.start : place.end]


def _to_ask(revision: Revision, touched: dict[int, Place]) -> "QuerySet[Counterpoint]":
    return (
        Counterpoint.objects.filter(
            claim__passage__in=touched,
            claim__opening__status=PostStatus.VISIBLE,
            post__status=PostStatus.VISIBLE,
            post__author__is_active=True,
        )
        .exclude(reconsiderations__revision=revision)
        .select_related("claim", "post")
        .only("claim__number", "claim__passage_id", "post__author_id")
        .order_by("pk")
    )


def _news(
    revision: Revision, answers: Iterable[Counterpoint], touched: dict[int, Place]
) -> Iterable[News]:
    told = set()
    for answer in answers:
        whose = (answer.post.author_id, answer.claim_id)
        if whose in told:
            continue
        told.add(whose)
        place = touched[answer.claim.passage_id]
        gone = place.state == PlaceState.ORPHANED
        sentence = in_each_language(_asking, revision, answer.claim.number, gone)
        yield News(
            recipient_id=answer.post.author_id,
            sentence=sentence,
            url=reverse("counterpoints:reconsideration", args=[answer.pk]),
            excerpt=place.reason if gone else _words_at(place, revision.text) or "",
            sign=place.state,
            about=about(answer.claim_id),
            place=revision.essay.title,
        )


def _asking(revision: Revision, number: int, gone: bool) -> str:  # noqa: FBT001
    told = {"number": number, "title": revision.essay.title}
    return _question(gone, revision.created_by_id is None) % told


def _question(gone: bool, by_nobody: bool) -> str:  # noqa: FBT001
    """`by_nobody`: no name will stand before the sentence."""
    if gone and by_nobody:
        return _(
            "Somebody took out the words that you answered in claim %(number)s of %(title)s: does"
            " it still apply?"
        )
    if gone:
        return _(
            "took out the words that you answered in claim %(number)s of %(title)s: does it still"
            " apply?"
        )
    if by_nobody:
        return _(
            "Somebody edited the words that you answered in claim %(number)s of %(title)s: does it"
            " still apply?"
        )
    return _(
        "edited the words that you answered in claim %(number)s of %(title)s: does it still apply?"
    )


def question_to(counterpoint: Counterpoint) -> Reconsideration | None:
    """The latest that its author was asked; what was asked before is past."""
    asked = counterpoint.reconsiderations.select_related("revision__created_by")
    return asked.defer(*LONG).order_by("-revision_id").first()


@transaction.atomic
def reconsider(
    *,
    by: User,
    counterpoint: Counterpoint,
    revision: Revision,
    choice: str,
    source: str = "",
    now: datetime | None = None,
) -> Reconsideration:
    """What its author says to the change of words that `revision` made: the last word counts.

    To edit it, `source` is what it shall say. Raises `Unrenderable` with a sentence.
    """
    now = now or timezone.now()
    Claim.objects.select_for_update().only("pk").get(pk=counterpoint.claim_id)
    question = question_to(counterpoint)
    ensure(permissions.can_reconsider(by, counterpoint, question))
    if question is None or question.revision_id != revision.pk:
        raise Refused(OVERTAKEN)
    if choice == Choice.EDITED:
        _edit(by, counterpoint, source, now)
    elif choice == Choice.WITHDRAWN:
        actions.withdraw(by=by, post=counterpoint.post, now=now)
    question.choice, question.chosen_at = Choice(choice), now
    question.save(update_fields=["choice", "chosen_at"])
    raise_version(revision.essay_id)
    return question


def _edit(by: User, counterpoint: Counterpoint, source: str, now: datetime) -> None:
    if source == counterpoint.post.source:
        raise Unrenderable(_("You have changed nothing in it yet."))
    posts.edit(by=by, post=counterpoint.post, source=source, now=now)


def next_question(counterpoint: Counterpoint) -> Reconsideration | None:
    """What its author was asked of the same claim and has not chosen yet."""
    return (
        Reconsideration.objects.filter(
            choice=None,
            counterpoint__claim=counterpoint.claim_id,
            counterpoint__post__author=counterpoint.post.author_id,
            counterpoint__post__status=PostStatus.VISIBLE,
        )
        .exclude(counterpoint=counterpoint.pk)
        .order_by("counterpoint_id")
        .first()
    )
