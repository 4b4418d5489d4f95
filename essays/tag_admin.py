from typing import Any

import taggit.admin  # noqa: F401 — it registers a page of its own, which knows nothing of essays
from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from taggit.models import Tag

from essays.models import Essay

admin.site.unregister(Tag)


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    """Tags come with the essays that carry them; here they are renamed, or taken away."""

    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        _raise_versions([obj.pk])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        _raise_versions([obj.pk])
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> None:
        _raise_versions(list(queryset.values_list("pk", flat=True)))
        super().delete_queryset(request, queryset)


def _raise_versions(tags: list[int]) -> None:
    """Every page that is kept of their essays names them, and so does each list of tags."""
    tagged = Essay.objects.filter(essaytag__tag__in=tags)
    Essay.objects.filter(pk__in=tagged.values("pk")).update(version=F("version") + 1)
