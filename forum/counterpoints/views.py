from typing import Any

from django.http import HttpRequest, HttpResponse



def claims(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def claim_map(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def choose(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def claim(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def answer_claim(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def vote(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def withdrawal(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
