from typing import Any

from django.http import HttpRequest, HttpResponse


def home(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def essay(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def revision(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def tag(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def member(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def standing_rule(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def healthz(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def readyz(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
