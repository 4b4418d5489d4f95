"""Every refusal of the API: JSON for programs, with a sentence for whoever wrote them."""

import json
from http import HTTPStatus

from django.http import HttpResponse

from forum.guard.limits import Allowance

PROBLEM_TYPE = "application/problem+json"


class Refusal(Exception):  # noqa: N818 — it is what the API says, not what went wrong in it
    def __init__(self, status: HTTPStatus, detail: str, allowance: Allowance | None = None):
        super().__init__(detail)
        self.status, self.detail, self.allowance = status, detail, allowance


def problem(status: int, detail: str) -> HttpResponse:
    said = {"title": HTTPStatus(status).phrase, "status": int(status), "detail": detail}
    text = json.dumps(said, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type=PROBLEM_TYPE)
