from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Left, Lower

from forum.moderation.querysets import LONG, TAKING_DOWN

# As much of a post as its line in the queue shows.
OPENING_LENGTH = 160
# The tabs say "99+" beyond this: no page counts a whole table.
COUNTED_UP_TO = 100

# What makes a moderator a party in a case: see `with_stakes_of`.
STAKES = (
    "is_reported_by_reader", "is_noticed_by_reader", "is_noticed_again", "is_taken_down_by_reader"
)  # fmt: skip

GRAVEST_FIRST = "gravest"
OLDEST_FIRST = "oldest"


def readable_by(user: Any) -> Q:
    """Moderators read every case but those about themselves, which name who reported them."""
    if not getattr(user, "is_moderator", False):
        return Q(pk__in=[])
    return ~Q(post__author=user.pk) & ~Q(member=user.pk)


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "CaseQuerySet":
        return self.filter(readable_by(user))

    def open(self) -> "CaseQuerySet":
        return self.filter(state="open")

    def held_by(self, user: Any) -> "CaseQuerySet":
        return self.open().filter(claimed_by=user)

    def appealed(self) -> "CaseQuerySet":
        """Open cases in which an appeal waits for another moderator."""
        appeals: Any = self.model._meta.get_field("appeals").related_model
        waiting = appeals.objects.filter(result=None).order_by()
        return self.open().filter(pk__in=waiting.values("case"))

    def amended(self, post: Any) -> "CaseQuerySet":
        """The open case in which its author's amendment waits."""
        return self.open().filter(post=post, amends__isnull=False)

    def posts(self) -> Any:
        return self.order_by().values_list("post", flat=True)

    def reported(self) -> "CaseQuerySet":
        """By members, or by the watch list."""
        return self.filter(Q(report_count__gt=0) | ~Q(flagged_by=""))

    def of_amended_posts(self) -> "CaseQuerySet":
        return self.filter(amends__isnull=False)

    def of_legal_notices(self) -> "CaseQuerySet":
        return self.filter(Exists(self._legal_notices()))

    def _legal_notices(self) -> Any:
        notices: Any = self.model._meta.get_field("legal_notices").related_model
        return notices.objects.filter(case=OuterRef("pk")).order_by()

    def about_members(self) -> "CaseQuerySet":
        """What no one post is enough for."""
        return self.filter(post=None)

    def of_held_posts(self) -> "CaseQuerySet":
        """Cases that a stated rule opened, before anybody had read the post."""
        return self.exclude(held_by_rule="")

    def decided(self) -> "CaseQuerySet":
        return self.filter(state="decided")

    def reported_for(self, reason: str) -> "CaseQuerySet":
        """Cases with such a report; no reason leaves nothing out."""
        return self.filter(pk__in=self._reported(reason)) if reason else self

    def _reported(self, reason: str) -> Any:
        reports: Any = self.model._meta.get_field("reports").related_model
        return reports.objects.filter(reason=reason).values("case")

    def _appeals(self) -> Any:
        appeals: Any = self.model._meta.get_field("appeals").related_model
        return appeals.objects.filter(case=OuterRef("pk")).order_by()

    def counted(self) -> int:
        return int(self.order_by()[:COUNTED_UP_TO].count())

    def for_list(self) -> "CaseQuerySet":
        return (
            self.select_related(
                "post__author", "post__thread__essay", "post__thread__claim", "member",
                "claimed_by", "decision__moderator", "decision__rule",
            )
            .defer(*(f"post__{name}" for name in LONG), "post__thread__essay__folded")
            .annotate(
                opening_words=Left("post__text", OPENING_LENGTH),
                is_appeal=Exists(self._appeals()),
                is_legal=Exists(self._legal_notices()),
            )
        )  # fmt: skip

    def for_page(self) -> "CaseQuerySet":
        return self.with_appeals().select_related(
            "post__author", "post__parent__author", "post__thread__essay",
            "post__thread__claim__passage", "post__thread__claim__opening", "member", "claimed_by",
            "opened_by", "continues", "continued_by", "decision__moderator",
            "decision__rule", "decision__frozen", "amends__rule", "amends__frozen", "amends__case",
            "decision__log_entry", "decision__sanction",
        ).defer("post__thread__essay__folded", "post__folded", "post__parent__folded")  # fmt: skip

    def for_many(self, user: Any, numbers: Iterable[int]) -> "CaseQuerySet":
        """Those of these that the moderator may read, with all that is asked of each. A member is
        judged by themselves.
        """
        of_posts = self.filter(pk__in=list(numbers), member=None)
        return of_posts.to_judge(user).order_by("pk")

    def waiting_for(self, user: Any) -> "CaseQuerySet":
        """What nobody else holds, with all that is asked of each."""
        return self.open().filter(Q(claimed_by=None) | Q(claimed_by=user)).to_judge(user)

    def to_judge(self, user: Any) -> "CaseQuerySet":
        return (
            self.visible_to(user)
            .with_appeals()
            .select_related(
                "post__author",
                "post__thread__essay",
                "post__thread__claim",
                "member",
                "claimed_by",
                "amends__rule",
            )
            .with_stakes_of(user)
        )

    def with_stakes_of(self, user: Any) -> "CaseQuerySet":
        """Of the post and not of the case: an appeal has a case of its own, without the reports
        that led to the first decision.
        """
        reports: Any = self.model._meta.get_field("reports").related_model
        notices: Any = self.model._meta.get_field("legal_notices").related_model
        given = Q(member=user.pk)
        if user.email:
            # Signed out, and under their own address.
            given |= Q(email__iexact=user.email)
        decisions: Any = self.model._meta.get_field("decision").related_model
        taken_down = decisions.objects.standing().filter(
            case__post=OuterRef("post"), moderator=user.pk, outcome__in=TAKING_DOWN
        )
        of_post = {"post": OuterRef("post")}
        return self.annotate(
            is_taken_down_by_reader=Exists(taken_down.order_by()),
            is_reported_by_reader=Exists(
                reports.objects.filter(**of_post, reporter=user.pk).order_by()
            ),
            is_noticed_by_reader=Exists(notices.objects.filter(given, **of_post).order_by()),
            is_noticed_again=Exists(self._noticed_again(notices, user)),
        )

    def _noticed_again(self, notices: Any, user: Any) -> Any:
        """Waiting notices of whoever was answered by this moderator once before."""
        answered = notices.objects.alias(whose=Lower("email")).filter(
            post=OuterRef("post"), whose=Lower(OuterRef("email")), decision__moderator=user.pk
        )
        waiting = notices.objects.filter(case=OuterRef("pk"), decision=None).exclude(email="")
        return waiting.filter(Exists(answered.order_by())).order_by()

    def with_appeals(self) -> "CaseQuerySet":
        appeals: Any = self.model._meta.get_field("appeals").related_model
        notices: Any = self.model._meta.get_field("legal_notices").related_model
        of_appellant = notices.objects.filter(
            post=OuterRef("decision__case__post"), member=OuterRef("appellant")
        )
        rows = appeals.objects.annotate(gave_notice=Exists(of_appellant.order_by()))
        rows = rows.select_related(
            "appellant", "decision__moderator", "decision__rule", "decision__log_entry",
            "decision__sanction",
        )  # fmt: skip
        return self.prefetch_related(Prefetch("appeals", rows))

    def gravest_first(self, after: tuple[int, ...] | None) -> "CaseQuerySet":
        """`after` is the gravity and number of the last case on the page before."""
        cases = self.order_by("-gravity", "pk")
        if after is None:
            return cases
        gravity, pk = after
        return cases.filter(Q(gravity__lt=gravity) | Q(gravity=gravity, pk__gt=pk))

    def oldest_first(self, after: int | None) -> "CaseQuerySet":
        cases = self.order_by("pk")
        return cases if after is None else cases.filter(pk__gt=after)

    def lately_decided_first(self, after: int | None) -> "CaseQuerySet":
        cases = self.order_by("-decision__pk")
        return cases if after is None else cases.filter(decision__pk__lt=after)
