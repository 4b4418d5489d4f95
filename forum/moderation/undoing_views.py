from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from forum.guard.actions import run_once
from forum.guard.forms import key_of
from forum.lib.verdict import ensure
from forum.moderation import permissions
from forum.moderation.models import Case
from forum.moderation.undoing import undo


@require_POST
def undoing(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the decision on a case, by whoever made it."""
    ensure(permissions.can_moderate(request.user))
    case = get_object_or_404(Case.objects.for_page(), pk=pk, decision__isnull=False)

    def work() -> str:
        reopened = undo(moderator=request.user, decision=case.decision)  # type: ignore[arg-type]
        return reopened.get_absolute_url()

    key = key_of(request)
    return redirect(run_once(user=request.user, key=key, action=f"undo:{pk}", work=work))
