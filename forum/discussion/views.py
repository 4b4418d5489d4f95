from typing import Any

from django.http import HttpRequest, HttpResponse



def index(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def thread(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def reply(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def vote(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def withdrawal(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
