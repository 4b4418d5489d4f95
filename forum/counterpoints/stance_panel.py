"""What the page of a claim says about who stands where, and asks of the member who reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from forum.counterpoints.camps import may_tell
from forum.counterpoints.models import ChangedMind, Claim, Counterpoint, Side, Stance
from forum.counterpoints.permissions import can_take_stance
from forum.counterpoints.wording import WHOSE
from forum.lib.ledger import listed
from forum.lib.prepared_objects import PreparedObjects
from forum.lib.rendering import trusted
from forum.lib.verdict import Verdict
from forum.posts.reading import Row
from forum.templatetags.look import day

# Of whom something was left: "You disagreed until 9 March."
WERE = {
    Side.AGREE: gettext_lazy("You agreed until %(day)s."),
    Side.DISAGREE: gettext_lazy("You disagreed until %(day)s."),
    Side.UNSURE: gettext_lazy("You were unsure until %(day)s."),
}
NONE = "none"


class Choice(NamedTuple):
    """A button: what it says, what pressing it will mean, and whether it is pressed."""

    words: str
    value: str
    is_pressed: bool


@dataclass(frozen=True, slots=True)
class StancePanel:
    # "14 agree, 11 disagree, 6 are unsure"; empty while they are too few.
    told: str
    verdict: Verdict
    choices: tuple[Choice, ...] = ()
    # "You disagreed until 9 March."; empty unless the member has changed sides since.
    moved: str = ""
    # What on this page may have moved them: numbers of posts, and words.
    movers: tuple[tuple[int, str], ...] = ()


def stance_panel(
    user: Any, claim: Claim, rows: list[Row], told: Mapping[int, Any], credited: set[int]
) -> StancePanel:
    """1 query for members, none for visitors."""
    verdict = can_take_stance(user, claim)
    if not user.is_authenticated:
        return StancePanel(sides_told(claim), verdict)
    stance = own_stance(user, claim)
    side = stance.side if stance else ""
    choices = tuple(
        Choice(str(each.label), NONE if each == side else each.value, each == side) for each in Side
    )
    if stance is None or not stance.left:
        return StancePanel(sides_told(claim), verdict, choices)
    movers = tuple(
        (row.pk, mover_words(told[row.pk]))
        for row in rows
        if row.pk in told and row.is_visible and row.author_id != user.pk
        and row.pk not in credited
    )  # fmt: skip
    moved = trusted(WERE[Side(stance.left)] % {"day": day(stance.since)})
    return StancePanel(sides_told(claim), verdict, choices, moved, movers)


def own_stance(user: Any, claim: Claim) -> Stance | None:
    return _own_query().first(member=user.pk, claim=claim.pk)


@cache
def _own_query() -> PreparedObjects:
    return PreparedObjects(
        lambda member, claim: Stance.objects.filter(member=member, claim=claim).order_by("pk")
    )


def credit_of(user: Any, counterpoint: Counterpoint) -> ChangedMind | None:
    return ChangedMind.objects.filter(member=user.pk, counterpoint=counterpoint.pk).first()


def sides_told(claim: Claim) -> str:
    if not may_tell(claim.agree + claim.disagree + claim.unsure):
        return ""
    sides = (
        (ngettext("%(number)s agrees", "%(number)s agree", claim.agree), claim.agree),
        (ngettext("%(number)s disagrees", "%(number)s disagree", claim.disagree), claim.disagree),
        (ngettext("%(number)s is unsure", "%(number)s are unsure", claim.unsure), claim.unsure),
    )
    return listed(words % {"number": number} for words, number in sides)


def mover_words(told: Any) -> str:
    """Ilya Brandt’s undercut (post 12): two by one person are told apart by their numbers."""
    one = told.counterpoint
    whose = WHOSE[one.relation] % {"name": told.author}
    return _("%(whose)s (post %(pk)s)") % {"whose": whose, "pk": one.pk}
