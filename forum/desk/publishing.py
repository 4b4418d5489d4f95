"""Publishes a draft: its revision, and all that it does to the debate, in one transaction."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essays import permissions
from essays.actions import publish_revision
from essays.drafting import Overtaken
from essays.models import Draft, Essay, Revision
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.models import Correction, Counterpoint, Relation
from forum.counterpoints.reconsidering import hold_claims, tell_of_revision
from forum.desk.decisions import WORDS_LENGTH, Decisions
from forum.desk.impact import ClaimFate, impact_of
from forum.lib.site_language import in_each_language, in_site_language
from forum.lib.verdict import ensure
from forum.notifications.actions import notify
from forum.notifications.models import NoticeKind

BEHIND = _(
    "Revision %(number)s was published after this draft was begun. Open the draft again, bring the"
    " two together, and save it."
)
GONE = _("The draft was published or thrown away in the meantime.")
AGAIN = _("Somebody saved the draft again: look at it once more.")


@transaction.atomic
def publish_draft(
    *,
    by: Any,
    essay: Essay,
    seen: int,
    note: str,
    decisions: Decisions,
    now: datetime | None = None,
) -> Revision:
    """Make the draft the essay's newest revision, as far as the editor has seen it.

    Accepted objections are conceded in the author's name and credited; whoever answered words that
    changed is asked what they say to it. Raises `Overtaken`, `Undecided` or `Unrenderable`, each
    with a sentence, and then nothing was changed.
    """
    ensure(permissions.can_edit(by, essay))
    now = now or timezone.now()
    # Claims before the essay, as everybody locks them.
    hold_claims(essay.pk)
    essay = Essay.objects.select_for_update(of=("self",)).get(pk=essay.pk)
    draft = _current_draft(essay, seen)
    impact = impact_of(draft)
    decisions.check(impact)
    revision = publish_revision(
        essay=essay, source=draft.source, note=note, by=by, reasons=dict(decisions.reasons), now=now
    )
    for each in impact.to_confirm:
        for answer in each.objections:
            if answer.pk in decisions.answers:
                _accept(by, revision, each, answer, decisions.words.get(answer.pk, ""), now)
    tell_of_revision(revision=revision, now=now)
    draft.delete()
    return revision


def _current_draft(essay: Essay, seen: int) -> Draft:
    draft = Draft.objects.select_related("essay__current_revision").filter(essay=essay).first()
    if draft is None:
        raise Overtaken(GONE)
    if draft.version != seen:
        raise Overtaken(AGAIN)
    if is_behind(draft):
        raise Overtaken(behind_words(draft))
    return draft


def is_behind(draft: Draft) -> bool:
    """Another revision was published since it was begun."""
    return draft.based_on_id != draft.essay.current_revision_id


def behind_words(draft: Draft) -> str:
    current = draft.essay.current_revision
    return BEHIND % {"number": current.number if current else 1}


def _accept(
    by: Any, revision: Revision, each: ClaimFate, answer: Counterpoint, words: str, now: datetime
) -> None:
    """The old wording is given up to this objection, and the new one owed to who made it."""
    if not answer.is_conceded:
        counterpoints.answer(
            author=by, claim=each.claim, target=answer, relation=Relation.CONCEDES,
            restatement="", source=words or in_site_language(_granted, revision),
            as_author=True, now=now,
        )  # fmt: skip
    Correction.objects.create(
        revision=revision, counterpoint=answer, words=words[:WORDS_LENGTH], was=each.fate.was,
        became=each.fate.becomes, credited=answer.post.author, made_at=now,
    )  # fmt: skip
    notify(
        recipient=answer.post.author, kind=NoticeKind.CREDITED, actor=by, sign="pen",
        sentence=in_each_language(_credited, revision),
        excerpt=words or each.fate.becomes, url=answer.post.get_absolute_url(), now=now,
        about=f"thread:{each.claim.pk}", place=revision.essay.title,
    )  # fmt: skip


def _granted(revision: Revision) -> str:
    return gettext("Granted. Revision %(number)s says it otherwise.") % {"number": revision.number}


def _credited(revision: Revision) -> str:
    """What comes after the name of who wrote the revision."""
    named = {"essay": revision.essay.title}
    return gettext("credits you with a correction of %(essay)s") % named
