"""Names to choose from while an @ is typed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from forum.notifications.muting import mentionable


@require_safe
def names(request: HttpRequest) -> HttpResponse:
    found = mentionable(by=request.user).beginning_with(request.GET.get("q", ""))
    response = JsonResponse(
        {"names": [{"username": one.username, "name": one.name} for one in found]}
    )
    patch_cache_control(response, private=True, max_age=60)
    return response
