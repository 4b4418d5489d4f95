from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from forum.accounts.models import User
from forum.guard.actions import run_once
from forum.guard.forms import key_of
from forum.moderation.member_cases import open_member_case


@require_POST
def member_case(request: HttpRequest, username: str) -> HttpResponse:
    """Opened from the moderators’ page of a member."""
    about = get_object_or_404(User, username=username)

    def work() -> str:
        opened = open_member_case(moderator=request.user, member=about)  # type: ignore[arg-type]
        return opened.get_absolute_url()

    key = key_of(request)
    return redirect(
        run_once(user=request.user, key=key, action=f"member-case:{about.pk}", work=work)
    )
