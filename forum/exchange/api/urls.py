"""The API's addresses: Ninja's own views, each behind the door, and the page that tells of them."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

from django.urls import URLPattern, path, re_path

from forum.exchange.api import reference
from forum.exchange.api.door import answer, nothing_here
from forum.exchange.api.site import VERSION, VERSIONS, api

app_name = "api"


def behind_door(operation: Callable[..., Any], version: Callable[..., str | None]) -> Any:
    return update_wrapper(partial(answer, operation=operation, version=version), answer)


def reading() -> list[URLPattern]:
    made: list[Any] = api.urls[0]
    return [
        URLPattern(each.pattern, behind_door(each.callback, VERSIONS[each.name]), None, each.name)
        for each in made
        if each.name in VERSIONS
    ]


urlpatterns = [
    path("", reference.reference, name="reference"),
    path("openapi.json", behind_door(reference.openapi, lambda: VERSION), name="openapi"),
    *reading(),
    re_path(r"^.*$", behind_door(nothing_here, lambda: ""), name="nothing-here"),
]
