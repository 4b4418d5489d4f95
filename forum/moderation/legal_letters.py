"""The two letters that a legal notice has: that it came, and what was decided."""

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
from forum.moderation.models import LegalNotice

SUBJECTS = {
    "receipt": _("We have your notice (%(number)s)"),
    "answer": _("Your notice is decided (%(number)s)"),
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
    _send(notice, "answer")
    notice.answered_at = timezone.now()
    notice.save(update_fields=["answered_at"])


def _send(notice: LegalNotice, which: str) -> None:
    """In the language in which they wrote it."""
    if not notice.email:
        return
    log = reverse("moderation:log")
    if notice.decision is not None:
        log = notice.decision.log_entry.get_absolute_url()
    context: dict[str, Any] = {
        "notice": notice,
        "post_url": f"{settings.SITE_ADDRESS}{notice.post.get_absolute_url()}",
        "log_url": f"{settings.SITE_ADDRESS}{log}",
        "contact": house().contact,
    }
    with speaking(notice.language):
        words = render_to_string(f"moderation/email/legal_{which}.txt", context)
        subject = SUBJECTS[which] % {"number": notice.pk}
    send_mail(subject_line(subject), words, None, [notice.email])
