from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from forum.accounts.language import speaking_to
from forum.accounts.models import User
from forum.lib.house import house, subject_line

ADMITTED, TURNED_AWAY = _("You are a member now"), _("Your account was not let in")


@task
def tell_of_admission(pk: int, *, is_admitted: bool) -> None:
    """They cannot log in yet, or never will: so it is a letter, whatever news they want."""
    member = User.objects.filter(pk=pk).first()
    if member is None or not member.email:
        return
    context = {
        "is_admitted": is_admitted,
        "url": f"{settings.SITE_ADDRESS}{reverse('account_login')}",
        "contact": house().contact,
    }
    with speaking_to(member):
        subject = subject_line(str(ADMITTED if is_admitted else TURNED_AWAY))
        words = render_to_string("accounts/email/admission.txt", context)
    send_mail(subject, words, None, [member.email])
