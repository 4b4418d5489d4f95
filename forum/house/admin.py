from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forum.house.actions import settle, write_page
from forum.house.forms import PageForm, SettingsForm
from forum.house.logos import keep_logo
from forum.house.models import Change, Page, Settings
from forum.lib.look_up import LookUpAdmin


@admin.register(Settings)
class SettingsAdmin(admin.ModelAdmin):
    """One form for all of it. Until it is saved for the first time, it shows the defaults."""

    form = SettingsForm
    list_display = ["name", "tagline", "sign_up", "asks_staff_for_second_step"]
    fieldsets = [
        (_("What the site is called"), {"fields": ["name", "tagline", "contact"]}),
        (_("How it looks"), {"fields": [("accent_light", "accent_dark"), "logo_file", "no_logo"]}),
        (_("Who comes in"), {"fields": ["sign_up", "asks_for_work", "asks_staff_for_second_step"]}),
        (_("Moderation"), {"fields": ["undo_minutes"]}),
    ]

    def save_model(self, request: HttpRequest, obj: Settings, form: Any, change: Any) -> None:
        told = dict(form.cleaned_data)
        logo, is_without = told.pop("logo_file"), told.pop("no_logo")
        if is_without or logo:
            told["logo"] = "" if is_without else keep_logo(logo)
        obj.pk = settle(by=request.user, values=told).pk

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not self.model.objects.exists()

    def has_delete_permission(self, _request: HttpRequest, _obj: Settings | None = None) -> bool:
        """Back to the defaults is a change like any other, with its line in the history."""
        return False


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    """There are these three and no more; each begins with the words that it came with."""

    form = PageForm
    list_display = ["name", "edited_at"]

    def save_model(self, request: HttpRequest, obj: Page, form: Any, change: Any) -> None:
        write_page(by=request.user, name=obj.name, source=form.cleaned_data["source"])

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Page | None = None) -> bool:
        return False


@admin.register(Change)
class ChangeAdmin(LookUpAdmin):
    """The history of all that staff settle, to read."""

    list_display = ["at", "subject", "part", "before", "after", "by"]
    list_filter = ["part"]
    list_select_related = ["by"]
    search_fields = ["subject"]
