from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html

from essays import actions, permissions
from essays.forms import EssayForm
from essays.image_admin import ImageAdmin  # noqa: F401 — registered there, found from here
from essays.models import Essay, Revision


class RevisionInline(admin.TabularInline):
    """The history, to read: a revision is never changed."""

    model = Revision
    fields = ["link", "created_at", "created_by", "note", "word_count"]
    readonly_fields = ["link", "created_at", "created_by", "note", "word_count"]
    ordering = ["-number"]
    extra = 0
    can_delete = False
    verbose_name_plural = "Revisions"

    def get_queryset(self, request: HttpRequest) -> Any:
        heavy = ("source", "html", "text", "blocks")
        return super().get_queryset(request).select_related("essay", "created_by").defer(*heavy)

    @admin.display(description="Revision")
    def link(self, revision: Revision) -> str:
        return format_html(
            '<a href="{}">{}</a>', revision.get_absolute_url(), f"Revision {revision.number}"
        )

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(Essay)
class EssayAdmin(admin.ModelAdmin):
    form = EssayForm
    inlines = [RevisionInline]
    list_display = ["title", "author_name", "published_at", "claim_count", "open_count"]
    search_fields = ["title", "author_name", "slug"]
    autocomplete_fields = ["author"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (None, {"fields": ["title", "slug", "author_name", "author", "summary", "tags"]}),
        ("Text", {"fields": ["source", "note", "seen"]}),
        ("When readers see it", {"fields": ["published_at"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("current_revision").defer("folded")

    def get_prepopulated_fields(self, _request: HttpRequest, obj: Essay | None = None) -> Any:
        """Only for a new essay: the address of one that readers know does not follow its title."""
        return {} if obj else self.prepopulated_fields

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        essay = Essay.objects.select_related("current_revision").get(pk=form.instance.pk)
        said = form.cleaned_data
        if essay.current_revision is None or essay.current_revision.source != said["source"]:
            actions.publish_revision(
                essay=essay, source=said["source"], note=said["note"], by=request.user
            )
        else:
            actions.refresh(essay)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _is_editor(request) and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Essay | None = None) -> bool:
        return _is_editor(request) and super().has_change_permission(request, obj)

    def has_delete_permission(self, _request: HttpRequest, _obj: Essay | None = None) -> bool:
        """The debate hangs on it: an essay is unpublished, by taking its date away."""
        return False


def _is_editor(request: HttpRequest) -> bool:
    return bool(permissions.can_edit(request.user, Essay()))
