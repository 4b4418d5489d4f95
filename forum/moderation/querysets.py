from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NoReturn

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Left, Lower

from forum.lib.seeded_words import as_read
from forum.moderation.reasons import GRAVE

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

TAKING_DOWN = ("amend", "hide", "branch", "remove")
# What says that a report was right: it was followed, and nobody found since that this was wrong; or
# it was followed only on appeal.
FOLLOWED = ("note", "move", *TAKING_DOWN)
WAS_RIGHT = Q(case__decision__outcome__in=FOLLOWED, case__decision__reversed_by=None) | Q(
    case__decision__reversed_by__outcome__in=TAKING_DOWN
)
IN_ITS_AUTHORS_HANDS = ("visible", "withdrawn")

# A post's long columns; a list shows none of them.
LONG = ["source", "html", "text", "folded", "card_html"]


def readable_by(user: Any) -> Q:
    """Moderators read every case but those about themselves, which name who reported them."""
    if not getattr(user, "is_moderator", False):
        return Q(pk__in=[])
    return ~Q(post__author=user.pk)


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
                "post__author", "post__thread__essay", "post__thread__claim", "claimed_by",
                "decision__moderator", "decision__rule",
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
            "post__thread__claim__passage", "post__thread__claim__opening", "claimed_by",
            "opened_by", "continues", "continued_by", "decision__moderator",
            "decision__rule", "decision__frozen", "amends__rule", "amends__frozen", "amends__case",
            "decision__log_entry", "decision__sanction",
        ).defer("post__thread__essay__folded", "post__folded", "post__parent__folded")  # fmt: skip

    def for_many(self, user: Any, numbers: Iterable[int]) -> "CaseQuerySet":
        """Those of these that the moderator may read, with all that is asked of each."""
        return self.filter(pk__in=list(numbers)).to_judge(user).order_by("pk")

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


class ReportQuerySet(models.QuerySet):
    def tallied(self, cases: Iterable[Any]) -> dict[int, list[dict[str, Any]]]:
        """How often each of the cases was reported for what: the gravest first."""
        rows = (
            self.filter(case__in=[case.pk for case in cases])
            .order_by()
            .values_list("case", "reason", "filed_as", "rule_number", "gravity")
            .annotate(number=Count("pk"))
        )
        tallies: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
        for case, reason, name, rule, gravity, number in sorted(
            rows, key=lambda row: (-row[4], row[1], row[2])
        ):
            tallies[case].append(
                {
                    "reason": reason,
                    "label": as_read(name),
                    "rule": rule,
                    "number": number,
                    "is_grave": gravity >= GRAVE,
                }
            )
        return tallies

    def for_case(self, case: Any) -> "ReportQuerySet":
        return self.filter(case=case).select_related("reporter")

    def accuracy_in(self, *cases: Any) -> dict[int, tuple[int, int]]:
        """Of each who reported in these cases: how many of their reports elsewhere were followed,
        of how many that were decided.
        """
        elsewhere = self.filter(
            reporter__in=self.filter(case__in=cases).values("reporter"),
            case__state="decided",
            case__decision__undone_at=None,
        ).exclude(case__in=cases)
        rows = elsewhere.order_by().values_list("reporter")
        counted = rows.annotate(
            followed=Count("pk", filter=WAS_RIGHT),
            decided=Count("pk"),
        )
        return {reporter: (followed, decided) for reporter, followed, decided in counted}

    def told_before(self, decision: Any) -> Any:
        """Who reported the post in an earlier case, and was told what came of that."""
        earlier = self.filter(
            post=decision.case.post_id, case__lt=decision.case_id, case__state="decided",
            case__decision__undone_at=None,
        )  # fmt: skip
        return earlier.order_by().values_list("reporter", flat=True).distinct()

    def answered_by(self, decision: Any) -> "ReportQuerySet":
        """A decision on the post says what becomes of each report that came before it."""
        return self.filter(post=decision.case.post_id, case__lte=decision.case_id)

    def right(self) -> "ReportQuerySet":
        """Decided, for good, and followed."""
        return self.filter(WAS_RIGHT, case__decision__undone_at=None)

    def pending(self, *, post: Any, reporter: Any) -> "ReportQuerySet":
        return self.filter(post=post, reporter=reporter, case__state="open")


class DecisionQuerySet(models.QuerySet):
    def standing(self) -> "DecisionQuerySet":
        """But for those that were taken back."""
        return self.filter(undone_at=None)

    def told(self, now: datetime) -> "DecisionQuerySet":
        """Those that nobody takes back any more."""
        return self.standing().filter(Q(told_at=None) | Q(told_at__lte=now))

    def on_posts(self, numbers: Iterable[int], now: datetime) -> "DecisionQuerySet":
        """What whom it concerns has been told of these posts, in its order; not what only left
        them taken down.
        """
        appeals: Any = self.model._meta.get_field("appeals").related_model
        left_down = Q(outcome__in=["keep", "note"], status_before__in=["hidden", "removed"])
        on_appeal = appeals.objects.filter(case=OuterRef("case")).order_by()
        found = self.told(now).filter(case__post__in=list(numbers)).exclude(left_down)
        return (
            found.select_related("case", "rule")
            .annotate(is_on_appeal=Exists(on_appeal))
            .order_by("pk")
        )

    def on_own(self, posts: Iterable[int]) -> "DecisionQuerySet":
        """What was decided on these themselves, the oldest first, with all that is told of it."""
        rows = self.filter(case__post__in=list(posts)).select_related("case", "rule", "moderator")
        return rows.order_by("pk")

    def to_undo(self, moderator: Any, now: datetime) -> "DecisionQuerySet":
        """Those of a moderator of which nobody has been told yet, the newest first."""
        mine = self.standing().filter(moderator=moderator, told_at__gt=now)
        return mine.select_related("case").order_by("-pk")

    def on(self, member: Any) -> "DecisionQuerySet":
        """A member's record, the newest first."""
        return (
            self.standing()
            .filter(member=member)
            .select_related("moderator", "rule", "sanction", "log_entry", "reversed_by")
            .order_by("-pk")
        )

    def on_post(self, post: Any) -> "DecisionQuerySet":
        """What was decided on a post before, the newest first."""
        rows = self.standing().filter(case__post=post)
        return rows.select_related("rule", "log_entry").order_by("-pk")

    def for_statement(self) -> "DecisionQuerySet":
        return self.select_related(
            "case__post__thread__essay", "case__post__thread__claim", "case__amends", "moderator",
            "rule", "frozen", "sanction__ending", "log_entry",
        )  # fmt: skip

    def that_keep_down(self, decision: Any) -> "DecisionQuerySet":
        """What took the post down, or left it so, since it was last shown."""
        on_post = self.standing().filter(case__post=decision.case.post_id, pk__lt=decision.pk)
        shown = on_post.filter(outcome="restore").order_by("-pk").values_list("pk", flat=True)
        left = Q(outcome="keep", status_before__in=["hidden", "removed"])
        found = on_post.filter(Q(outcome__in=TAKING_DOWN) | left)
        return found.filter(pk__gt=shown.first() or 0)

    def that_hid(self, post: Any) -> Any:
        """The last that hid the post, by itself or with the branch that it stands in."""
        hiding = Q(case__post=post, outcome__in=["amend", "hide", "branch"])
        hiding |= Q(outcome="branch", branch_posts__post=post)
        return self.standing().filter(hiding).order_by("-pk").first()

    def last_on(self, post: Any) -> Any:
        """What stands of the post by now, with what was judged."""
        found = self.standing().filter(case__post=post).select_related("case", "frozen")
        return found.order_by("-pk").first()

    def on_held_posts(self) -> Any:
        """By the rule that had held the post back."""
        held = self.standing().exclude(case__held_by_rule="").order_by()
        return held.values_list("case__held_by_rule")

    def that_hid_branch(self, post: Any) -> Any:
        """The last that hid the post with all replies to it."""
        hidden = self.standing().filter(case__post=post, outcome="branch")
        return hidden.select_related("log_entry").order_by("-pk").first()

    def status_before_taken_down(self, post: Any) -> str | None:
        """What it was in its author's hands, before the last decision that found it there."""
        own = self.standing().filter(case__post=post, status_before__in=IN_ITS_AUTHORS_HANDS)
        found = own.order_by("-pk").values_list("pk", "status_before").first()
        branch_posts: Any = self.model._meta.get_field("branch_posts").related_model
        below = branch_posts.objects.filter(
            post=post, decision__undone_at=None, status_before__in=IN_ITS_AUTHORS_HANDS
        )
        rows = [found, below.order_by("-pk").values_list("decision", "status_before").first()]
        return max((row for row in rows if row), default=(0, None))[1]


class BranchPostQuerySet(models.QuerySet):
    def hidden(self, posts: Iterable[int]) -> "BranchPostQuerySet":
        """These, with what hid each of them together with another post."""
        rows = self.filter(post__in=list(posts), decision__outcome="branch")
        related = ("case", "rule", "moderator", "log_entry")
        return rows.filter(decision__undone_at=None).select_related(
            *(f"decision__{name}" for name in related)
        )


class FrozenTextQuerySet(models.QuerySet):
    def erased(self) -> tuple[int, int]:
        """Of how many the words are gone, and of how many what stood around them."""
        return self.filter(words_salt="").count(), self.filter(context_salt="").count()


class TemplateQuerySet(models.QuerySet):
    def offered(self) -> "TemplateQuerySet":
        return self.filter(is_offered=True).select_related("rule")


class LogQuerySet(models.QuerySet):
    """Only for adding and reading: see LogEntry."""

    def narrowed(self, *, kind: str, rule: int | None, ruling: str) -> "LogQuerySet":
        entries = self.filter(kind=kind) if kind else self
        entries = entries.filter(ruling=ruling) if ruling else entries
        return entries if rule is None else entries.filter(rule_number=rule)

    def with_judged(self) -> "LogQuerySet":
        """Each with what it vouches for."""
        return self.select_related("decision__frozen", "decision__sanction", "decision__member")

    def newest_first(self, upto: int | None) -> "LogQuerySet":
        entries = self.order_by("-number")
        return entries if upto is None else entries.filter(number__lte=upto)

    def update(self, **_values: Any) -> NoReturn:
        raise TypeError("An entry of the log is neither changed nor deleted.")

    def delete(self) -> NoReturn:
        raise TypeError("An entry of the log is neither changed nor deleted.")
