from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NoReturn

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from forum.lib.seeded_words import as_read
from forum.moderation.reasons import GRAVE

TAKING_DOWN = ("amend", "hide", "branch", "remove")
# What is decided of a case about a member.
OF_MEMBERS = ("acquit", "censure")
# What is done to threads, branches and claims, on pages of its own.
OF_WHOLES = ("lock", "slow", "move", "merge", "anchor")
# What says that a report was right: it was followed, and nobody found since that this was wrong; or
# it was followed only on appeal.
FOLLOWED = ("note", "move", *TAKING_DOWN)
WAS_RIGHT = Q(case__decision__outcome__in=FOLLOWED, case__decision__reversed_by=None) | Q(
    case__decision__reversed_by__outcome__in=TAKING_DOWN
)
IN_ITS_AUTHORS_HANDS = ("visible", "withdrawn")


# A post's long columns; a list shows none of them.
LONG = ["source", "html", "text", "folded", "card_html"]


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
            "case__post__thread__essay", "case__post__thread__claim", "case__member",
            "case__amends", "moderator", "rule", "frozen", "sanction__ending", "log_entry",
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

    def of_posts(self) -> "TemplateQuerySet":
        return self.exclude(outcome__in=(*OF_MEMBERS, *OF_WHOLES))

    def of_members(self) -> "TemplateQuerySet":
        return self.filter(outcome__in=OF_MEMBERS)

    def of(self, done: str) -> "TemplateQuerySet":
        return self.filter(outcome=done)


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
