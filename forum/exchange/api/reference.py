"""The API's own page, and the schema that it is made of."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from forum.counterpoints.models import Claim
from forum.exchange.api import rows
from forum.exchange.api.admission import LIMIT
from forum.exchange.api.openapi import REFUSALS, schema
from forum.guard.limits import limit_of
from forum.lib.site_address import site_address
from forum.lib.visitor_pages import kept_for_visitors

# What stands for several types at once, or for none.
NULL = "null"


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class Address:
    """Something that can be asked for."""

    path: str
    about: str
    asked: list[Field]
    answer: str


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    about: str
    fields: list[Field]


def load(_request: HttpRequest) -> tuple[tuple[Any, tuple[int, int]], str]:
    """What the examples speak of: the first essay and its first claim; and the limit."""
    first = Claim.objects.visible_to(rows.STRANGER).filter(essay=OuterRef("pk")).order_by("number")
    found = rows.public_essays().annotate(claim=Subquery(first.values("pk")[:1]))
    essay = found.order_by("pk").values_list("slug", "claim").first() or (None, None)
    limit = limit_of(LIMIT)
    return (essay, limit), f"api.{essay[0]}.{essay[1]}.{limit[0]}.{limit[1]}"


@login_not_required
@require_safe
@kept_for_visitors(load)
def reference(request: HttpRequest, subject: tuple[Any, tuple[int, int]]) -> HttpResponse:
    (slug, claim), (most, seconds) = subject
    told = schema()
    context = {
        "section": "",
        "site": site_address(request),
        "most": most,
        "seconds": seconds,
        "addresses": addresses(told),
        "things": things(told),
        "refusals": REFUSALS,
        "examples": examples(slug, claim),
    }
    return TemplateResponse(request, "exchange/reference.html", context)


def openapi(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        json.dumps(schema(), ensure_ascii=False, indent=1), content_type="application/json"
    )


def examples(slug: str | None, claim: int | None) -> list[tuple[str, str]]:
    """What is asked, in words, and where; each is asked by a test."""

    def at(name: str, *args: Any) -> str:
        return reverse(f"exchange:api:{name}", args=args)

    found = [(_("The first two essays"), f"{at('essays')}?limit=2")]
    if slug is not None:
        waiting = f"{at('claims', slug)}?standing=unanswered"
        found.append((_("Claims of an essay that wait for an answer"), waiting))
        found.append((_("The sentences of its first revision"), at("sentences", slug, 1)))
    if claim is not None:
        found.append((_("All that was said on a claim"), at("counterpoints", claim)))
        found.append((_("How it has stood"), at("standings", claim)))
    return [
        *found,
        (_("What has changed since 2026"), f"{at('changes')}?since=2026-01-01T00:00:00Z"),
    ]


def addresses(told: dict[str, Any]) -> list[Address]:
    return [
        Address(
            path, operation.get("description", ""),
            [
                Field(each["name"], _kind(each["schema"]), _about(each["name"], each["schema"]))
                for each in operation["parameters"]
            ],
            _kind(operation["responses"][200]["content"]["application/json"]["schema"]),
        )
        for path, operations in told["paths"].items()
        for operation in operations.values()
    ]  # fmt: skip


def things(told: dict[str, Any]) -> list[Thing]:
    return [
        Thing(
            _named(name), each.get("description", ""),
            [
                Field(field, _kind(about), about.get("description", ""))
                for field, about in each["properties"].items()
            ],
        )
        for name, each in told["components"]["schemas"].items()
        if not name.startswith("Page_")
    ]  # fmt: skip


PLACES = {
    "slug": gettext_lazy("The essay’s, as in its address."),
    "number": gettext_lazy("The revision’s: 1 is the first."),
    "pk": gettext_lazy("The number that the API gives it as id."),
}


def _about(name: str, said: dict[str, Any]) -> str:
    return said.get("description") or str(PLACES.get(name, ""))


def _kind(said: dict[str, Any]) -> str:
    """In words: "text", "number or nothing", "list of Essay"."""
    if "$ref" in said:
        return _named(said["$ref"].rpartition("/")[2])
    if "anyOf" in said:
        words = [_kind(each) for each in said["anyOf"] if each.get("type") != NULL]
        may_lack = len(words) < len(said["anyOf"])
        return " or ".join([*words, *(["null"] if may_lack else [])])
    if "enum" in said:
        return " · ".join(said["enum"])
    if said.get("type") == "array":
        return f"list of {_kind(said['items'])}"
    if said.get("format") == "date-time":
        return "moment"
    if "maximum" in said:
        return f"number, {said['minimum']} to {said['maximum']}"
    words_of = {"string": "text", "integer": "number", "number": "fraction", "boolean": "yes or no"}
    return words_of[said["type"]]


def _named(schema_name: str) -> str:
    page = schema_name.removeprefix("Page_").removesuffix("_")
    return f"page of {page}" if schema_name.startswith("Page_") else page
