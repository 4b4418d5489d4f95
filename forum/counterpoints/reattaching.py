"""A claim stands on other words of its essay than those that it was marked on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from essays.actions import quote, raise_version
from essays.models import Essay, Revision
from forum.counterpoints.actions import checked_passage, hold
from forum.counterpoints.models import Cause, Claim
from forum.counterpoints.reconsidering import set_frozen
from forum.counterpoints.weighing import relabel
from forum.lib.verdict import Refused
from forum.posts.rows import raise_thread_version

REVISED = _("The essay was revised while you looked. Choose its words again.")


@transaction.atomic
def reattach(*, claim: Claim, revision: Revision, start: int, end: int, now: datetime) -> Claim:
    """To words of the newest revision. What was said of it stays; a claim whose words were gone
    has words again, and its label moves on.

    Whoever calls it has asked permission. Raises `Unrenderable` where the words cannot carry it.
    """
    hold(claim.pk)
    essay = Essay.objects.select_for_update().get(pk=claim.essay_id)
    if essay.current_revision_id != revision.pk:
        raise Refused(REVISED)
    start, end = checked_passage(revision.text, revision.blocks, start, end)
    passage = quote(revision=revision, start=start, end=end)
    Claim.objects.filter(pk=claim.pk).update(passage=passage)
    raise_version(claim.essay_id)
    raise_thread_version(claim.pk)
    if claim.is_frozen:
        set_frozen(claim.essay_id, [claim.pk], is_frozen=False)
        relabel(claim.pk, Cause.REVISED, now=now)
    return Claim.objects.select_related("passage", "essay", "opening__author").get(pk=claim.pk)
