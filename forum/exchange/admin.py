from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from forum.exchange import (
    hook_admin,  # noqa: F401 — registered there, found from here
    tokens,
)
from forum.exchange.models import DataRequest, Departure, Token
from forum.exchange.token_forms import IssueForm, TokenForm
from forum.lib.look_up import LookUpAdmin

ABOUT = ["owner", "name", "purpose"]
KEPT = ["hint", "created_at", "created_by", "last_used_on", "revoked_at"]


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin):
    """Keepers issue, limit and revoke tokens here. A token is shown on the answer to its issue,
    and nowhere else."""

    list_display = ["name", "hint", "owner", "hourly_limit", "last_used_on", "revoked_at"]
    list_select_related = ["owner"]
    search_fields = ["name", "owner__username", "purpose"]
    autocomplete_fields = ["owner"]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: Any = None, **options: Any
    ) -> Any:
        options["form"] = TokenForm if change else IssueForm
        return super().get_form(request, obj, change, **options)

    def get_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return [*ABOUT, "hourly_limit"]
        return [*ABOUT, "hourly_limit", *KEPT, *([] if obj.is_revoked else ["revoke"])]

    def get_readonly_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        return [] if obj is None else [*ABOUT, *KEPT]

    def save_model(self, request: HttpRequest, obj: Token, form: Any, change: Any) -> None:
        told = form.cleaned_data
        if change:
            tokens.limit_token(by=request.user, token=obj, hourly_limit=told["hourly_limit"])
            if told.get("revoke"):
                tokens.revoke_token(by=request.user, token=obj)
            return
        made, obj.secret = tokens.issue_token(  # type: ignore[attr-defined]
            by=request.user, owner=told["owner"], name=told["name"], purpose=told["purpose"],
            hourly_limit=told["hourly_limit"],
        )  # fmt: skip
        obj.pk, obj.hint = made.pk, made.hint

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """No redirect: what a message carries would lie in a cookie, or in the database."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("The token, shown once"),
            "token": obj,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/exchange/token/issued.html", context)

    def has_delete_permission(self, _request: HttpRequest, _obj: Token | None = None) -> bool:
        """What was issued to whom stays known: a token is revoked."""
        return False


@admin.register(DataRequest)
class DataRequestAdmin(LookUpAdmin):
    """The record of who got their data or was erased; nothing of it is ever changed."""

    list_display = ["at", "asked_at", "kind", "member", "asked_by", "keeps_posts"]
    list_filter = ["kind", "asked_by"]
    list_select_related = ["member"]


@admin.register(Departure)
class DepartureAdmin(LookUpAdmin):
    """Who has asked to be erased, and when it will be done."""

    list_display = ["member", "asked_at", "due_at", "keeps_posts"]
    list_select_related = ["member"]
    ordering = ["due_at"]
