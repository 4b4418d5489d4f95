from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Value, When
from django.db.models.functions import Greatest, Substr

from essays.models import Essay, Place, PlaceState
from essays.notices import STATE
from forum.counterpoints.json_rows import JSONRows
from forum.posts.statuses import PostStatus

# How much of the text is shown on either side of a passage, in characters.
CONTEXT = 320

# What a picture has room for: of each relation so many on the claim, and on each of those.
SIGNS_OF_A_RELATION = 4
ANSWERS_OF_A_RELATION = 3

# Of a passage's places in so many revisions its page tells; nobody compares with older ones.
WORDINGS_READ = 300

# As many claims as ever were merged into one, and a few more.
PARTS_SHOWN = 50

RELATIONS = ("supports", "concedes", "rebuts", "undercuts")


class ClaimQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "ClaimQuerySet":
        """A claim is read where its essay is, unless its opening was taken down. One that was
        merged is read as a part of the other, by whoever it is."""
        found = self.filter(merged_into=None)
        if getattr(user, "is_moderator", False):
            return found
        rule = Q(opening__status=PostStatus.VISIBLE)
        if user.is_authenticated:
            rule |= Q(opening__author=user.pk)
        return found.filter(rule)

    def lock_in_order(self, pks: Iterable[int]) -> "ClaimQuerySet":
        """Of all who hold several claims none waits for another that waits for it."""
        return self.filter(pk__in=list(pks)).select_for_update(of=("self",)).order_by("pk")

    def offered(self) -> "ClaimQuerySet":
        """To choose from where another claim is meant: what everybody may read, in short."""
        return (
            self.visible_to(AnonymousUser())
            .filter(essay__in=Essay.objects.visible_to(AnonymousUser()).order_by().values("pk"))
            .select_related("opening", "essay")
            .only(
                "number", "label", "link_count", "opening__text", "opening__status",
                "essay__slug", "essay__title", "essay__published_at",
            )
        )  # fmt: skip

    def near_first(self, essay_id: int) -> "ClaimQuerySet":
        """Those of this essay before all others, and the newest first among each."""
        is_near = Case(When(essay=essay_id, then=0), default=1)
        return self.order_by(is_near, "-pk")

    def for_page(self, user: Any, now: datetime | None = None) -> "ClaimQuerySet":
        """All that stands above the tree on a claim's own page, its passage in its context."""
        return (
            self.filter(essay__in=Essay.objects.visible_to(user, now))
            .visible_to(user)
            .annotate(seen=_seen_in_context(), parts=_merged_into_it())
            .select_related(
                "essay", "thread", "passage__made_in", "opening__author",
                "decided_by__post__author",
            )
            .only(
                "number", "created_at", "label", "label_since", "is_frozen", "strength", "rebuts",
                "undercuts", "supports", "concedes", "agree", "disagree", "unsure",
                "essay__slug", "essay__title",
                "essay__author_id", "essay__author_name", "essay__published_at",
                "essay__claim_count", "essay__version",
                *(f"essay__{name}" for name in STATE), "is_key",
                "thread__essay_id", "thread__kind", "thread__locked_at", "thread__lock_reason",
                "thread__locked_until", "thread__lock_grounds",
                "thread__slow_minutes", "thread__slow_reason", "thread__slow_until",
                "thread__slow_grounds", "thread__slow_branches", "thread__moved_away",
                "thread__version", "thread__last_post_at", "thread__top_count",
                "thread__post_count", "passage__exact", "passage__made_in__number",
                "opening__text", "opening__status", "opening__status_url",
                "opening__author__username", "opening__author__display_name",
                "opening__author__erased_at", "decided_by__relation",
                "decided_by__post__author__username", "decided_by__post__author__display_name",
                "link_count",
            )
        )  # fmt: skip

    def named(self, pk: int) -> "ClaimQuerySet":
        """The claim of this number, or the one that it was merged into."""
        merged = self.model._base_manager.filter(pk=pk, merged_into__isnull=False)
        return self.filter(Q(pk=pk, merged_into=None) | Q(pk__in=merged.values("merged_into")))

    def for_merger(self) -> "ClaimQuerySet":
        """Either of two claims that may become one; taken down or merged, it is refused later."""
        return self.select_related("opening__author", "essay", "thread").defer(
            "essay__folded", "opening__folded", "opening__html", "opening__card_html"
        )

    def for_reattachment(self) -> "ClaimQuerySet":
        """With the words that it stands on, and those that it may stand on."""
        return self.for_merger().select_related("passage", "essay__current_revision")

    def with_wordings(self) -> "ClaimQuerySet":
        """What its passage said in each revision, newest first, for `rewording.wordings_of`."""
        return self.annotate(wordings=_wordings())

    def with_signs(self) -> "ClaimQuerySet":
        """The strongest counterpoints of each claim by relation, for `signs_of`.

        Each claim costs some dozen look-ups in an index, whatever the size of its tree.
        """
        return self.annotate(**signs_columns(answers=True))


class CounterpointQuerySet(models.QuerySet):
    def for_page(self, user: Any, now: datetime | None = None) -> "CounterpointQuerySet":
        """One of them with its post, for the pages that answer it or take it back.

        It is found by whoever may open the page of its claim.
        """
        claims = apps.get_model("counterpoints", "Claim").objects.visible_to(user)
        return self.filter(
            claim__in=claims.filter(essay__in=Essay.objects.visible_to(user, now).order_by())
        ).select_related("post__author", "post__thread__essay", "claim__essay", "claim__thread")

    def strongest(self, relation: str) -> "CounterpointQuerySet":
        """Read off the end of an index, however many there are."""
        return self.filter(is_counted=True, relation=relation).order_by("-effect")

    def for_tree(self, post_ids: list[int], floor: float) -> "CounterpointQuerySet":
        """What the pages of a claim say about these posts: relation, state, and by whom."""
        answers = apps.get_model("counterpoints", "Counterpoint").objects.filter(
            target=OuterRef("pk")
        )
        telling = {
            "id": F("pk"),
            "effect_": F("effect"),
            "name": F("post__author__username"),
            "called": F("post__author__display_name"),
        }
        heard = {
            f"answer_{relation}": JSONRows(
                answers.strongest(relation).filter(base__gte=floor)[:1], **telling
            )
            for relation in ("rebuts", "undercuts")
        }
        given_up = answers.filter(is_counted=True, is_conceded=True).order_by("pk")[:1]
        return self.filter(pk__in=post_ids).annotate(
            username=F("post__author__username"),
            shown=F("post__author__display_name"),
            replies=F("post__reply_count"),
            is_restated=F("restated__is_fair"),
            restated_words=F("restated__words"),
            restated_as_author=F("restated__as_author"),
            restated_name=F("restated__by__username"),
            restated_called=F("restated__by__display_name"),
            given_up_to=JSONRows(given_up, **telling),
            **heard,
        )


def _seen_in_context() -> JSONRows:
    around = Substr(
        "revision__text",
        Greatest(F("start") - CONTEXT, 0) + 1,
        F("end") - F("start") + 2 * CONTEXT,
    )
    return last_seen(what=F("state"), first=F("start"), last=F("end"), around=around)


def _merged_into_it() -> JSONRows:
    """Whose words do not show is left to the page, which says so."""
    claims: Any = apps.get_model("counterpoints", "Claim").objects
    merged = claims.filter(merged_into=OuterRef("pk")).order_by("number")
    return JSONRows(
        merged[:PARTS_SHOWN],
        claim=F("pk"),
        number_=F("number"),
        post=F("opening_id"),
        status=F("opening__status"),
        text=F("opening__text"),
        username=F("opening__author__username"),
        called=F("opening__author__display_name"),
        words=F("passage__exact"),
        revision=F("passage__made_in__number"),
    )


def _wordings() -> JSONRows:
    places = Place.objects.filter(passage=OuterRef("passage"), start__isnull=False)
    return JSONRows(
        places.order_by("-revision_id")[:WORDINGS_READ],
        number=F("revision__number"),
        at=F("revision__created_at"),
        what=F("state"),
        # In every other state they are those of the passage as it was made.
        words=Case(When(state=PlaceState.CHANGED, then=words_there()), default=Value("")),
    )


def words_there() -> Substr:
    """Of a place: what its revision says there."""
    return Substr("revision__text", F("start") + 1, F("end") - F("start"))


def last_seen(**columns: Any) -> JSONRows:
    """Where the passage of the outer query's claim stood last: its revision's number, these columns
    of its place, and as rows in a row when it was lost thereafter and why.

    A later revision of an essay has the greater id: an index ends with the row in question.
    """
    places = Place.objects.filter(passage=OuterRef("passage"), start__isnull=False)
    after = Place.objects.filter(
        passage=OuterRef("passage"), revision_id__gt=OuterRef("revision_id")
    )
    lost = JSONRows(
        after.order_by("revision_id")[:1], number=F("revision__number"), why=F("reason")
    )
    return JSONRows(
        places.order_by("-revision_id")[:1], number=F("revision__number"), **columns, lost=lost
    )


def answers_columns() -> dict[str, JSONRows]:
    """Of a counterpoint in the outer query: the strongest of its answers, for `answers_of`."""
    counterpoints = apps.get_model("counterpoints", "Counterpoint").objects
    to_it = counterpoints.filter(target=OuterRef("pk"))
    return {
        f"answers_{relation}": JSONRows(
            to_it.strongest(relation)[:ANSWERS_OF_A_RELATION],
            id=F("pk"),
            effect_=F("effect"),
        )
        for relation in RELATIONS
    }


def signs_columns(*, answers: bool) -> dict[str, JSONRows]:
    counterpoints = apps.get_model("counterpoints", "Counterpoint").objects
    nested = answers_columns() if answers else {}
    direct = counterpoints.filter(claim=OuterRef("pk"), target=None)
    return {
        f"signs_{relation}": JSONRows(
            direct.strongest(relation)[:SIGNS_OF_A_RELATION],
            id=F("pk"),
            effect_=F("effect"),
            open=F("is_open"),
            answered=F("is_answered"),
            **nested,
        )
        for relation in RELATIONS
    }
