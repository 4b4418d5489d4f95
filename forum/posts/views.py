from typing import Any

from django.http import HttpRequest, HttpResponse



def preview(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def post(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def edit(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def history(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
