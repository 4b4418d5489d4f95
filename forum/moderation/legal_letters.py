"""The letters that a legal notice has: that it came, what was decided, and what instead."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from forum.lib.house import house, subject_line
from forum.lib.languages import speaking
from forum.moderation.appeal_permissions import appeal_ends, can_appeal, is_followed
from forum.moderation.models import Decision, LegalNotice

SUBJECTS = {
    "receipt": _("We have your notice (%(number)s)"),
    "answer": _("Your notice is decided (%(number)s)"),
    "again": _("Your notice was decided again (%(number)s)"),
}


@task
def acknowledge(pk: int) -> None:
    notice = LegalNotice.objects.select_related("post").filter(pk=pk).first()
    if notice is not None:
        _send(notice, "receipt")


@task
def answer(pk: int, decision: int) -> None:
    """Nothing where that decision was taken back meanwhile, or the letter went out before."""
    found = LegalNotice.objects.select_related("post", "decision__rule", "decision__log_entry")
    notice = found.filter(pk=pk, decision=decision, answered_at=None).first()
    if notice is None:
        return
    _send(notice, "answer", notice.decision)
    notice.answered_at = timezone.now()
    notice.save(update_fields=["answered_at"])


@task
def answer_again(pk: int, decision: int) -> None:
    """On appeal, or by a moderator's second thought; nothing where that was taken back."""
    notice = LegalNotice.objects.select_related("post").filter(pk=pk).first()
    found = Decision.objects.standing().select_related("rule", "log_entry").filter(pk=decision)
    if notice is not None and (later := found.first()) is not None:
        _send(notice, "again", later)


def _redress(notice: LegalNotice, decision: Decision) -> dict[str, Any]:
    """What was decided, and what whoever gave notice can do about it: with an account they appeal,
    without one they give another notice, which another moderator answers.
    """
    may_appeal = notice.member is not None and bool(can_appeal(notice.member, decision))
    form = f"{reverse('moderation:legal-notice')}?post={notice.post_id}"
    return {
        "decision": decision,
        "log_url": _address(decision.log_entry.get_absolute_url()),
        "contact": house().contact,
        "is_followed": is_followed(decision),
        "appeal_url": _address(decision.get_absolute_url()) if may_appeal else "",
        "appeal_ends": appeal_ends(decision),
        "notice_url": _address(form),
    }


def _address(path: str) -> str:
    return f"{settings.SITE_ADDRESS}{path}"


def _send(notice: LegalNotice, which: str, decision: Decision | None = None) -> None:
    """In the language in which they wrote it."""
    if not notice.email:
        return
    context: dict[str, Any] = {
        "notice": notice,
        "post_url": _address(notice.post.get_absolute_url()),
        **(_redress(notice, decision) if decision is not None else {}),
    }
    with speaking(notice.language):
        words = render_to_string(f"moderation/email/legal_{which}.txt", context)
        subject = SUBJECTS[which] % {"number": notice.pk}
    send_mail(subject_line(subject), words, None, [notice.email])
