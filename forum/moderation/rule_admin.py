from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forum.lib.verdict import Refused
from forum.moderation.models import Rule
from forum.moderation.rules import add_rule, reinstate_rule, retire_rule, word_rule


class RuleForm(forms.ModelForm):
    class Meta:
        model = Rule
        fields = ["title", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "cols": 80})}


@admin.register(Rule)
class RuleAdmin(admin.ModelAdmin):
    """Rules stand in the order of their numbers, which the log and the statements name."""

    form = RuleForm
    list_display = ["number", "title", "retired_at"]
    list_display_links = ["title"]
    readonly_fields = ["number", "retired_at"]
    fields = ["number", "title", "text", "retired_at"]
    actions = ["retire", "reinstate"]

    def save_model(self, request: HttpRequest, obj: Rule, form: Any, change: Any) -> None:
        told = {"title": form.cleaned_data["title"], "text": form.cleaned_data["text"]}
        if change:
            word_rule(by=request.user, rule=obj, **told)
        else:
            made = add_rule(by=request.user, **told)
            obj.pk, obj.number = made.pk, made.number

    @admin.action(description=_("Retire: nothing more is decided by it"), permissions=["change"])
    def retire(self, request: HttpRequest, rules: "QuerySet[Rule]") -> None:
        for rule in rules:
            try:
                retire_rule(by=request.user, rule=rule)
            except Refused as why:
                self.message_user(request, str(why), messages.ERROR)

    @admin.action(description=_("Let it hold again"), permissions=["change"])
    def reinstate(self, request: HttpRequest, rules: "QuerySet[Rule]") -> None:
        for rule in rules:
            reinstate_rule(by=request.user, rule=rule)

    def has_delete_permission(self, _request: HttpRequest, _obj: Rule | None = None) -> bool:
        return False
