from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essays import actions, drafting, openness, permissions
from essays.drafting import others_at
from essays.forms import EssayForm, draft_version
from essays.image_admin import ImageAdmin  # noqa: F401 — registered there, found from here
from essays.models import Draft, Essay, Openness, Revision, Series
from essays.tag_admin import TagAdmin  # noqa: F401 — registered there, found from here


class RevisionInline(admin.TabularInline):
    """The history, to read: a revision is never changed."""

    model = Revision
    fields = ["link", "created_at", "created_by", "note", "word_count"]
    readonly_fields = ["link", "created_at", "created_by", "note", "word_count"]
    ordering = ["-number"]
    extra = 0
    can_delete = False
    verbose_name_plural = gettext_lazy("Revisions")

    def get_queryset(self, request: HttpRequest) -> Any:
        heavy = ("source", "html", "text", "blocks")
        return super().get_queryset(request).select_related("essay", "created_by").defer(*heavy)

    @admin.display(description=gettext_lazy("Revision"))
    def link(self, revision: Revision) -> str:
        return format_html(
            '<a href="{}">{}</a>',
            revision.get_absolute_url(),
            _("Revision %(number)s") % {"number": revision.number},
        )

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(Series)
class SeriesAdmin(admin.ModelAdmin):
    search_fields = ["title"]


@admin.register(Essay)
class EssayAdmin(admin.ModelAdmin):
    form = EssayForm
    inlines = [RevisionInline]
    list_display = ["title", "author_name", "published_at", "claim_count", "open_count"]
    search_fields = ["title", "author_name", "slug"]
    autocomplete_fields = ["author", "series"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (None, {"fields": ["title", "slug", "author_name", "author", "summary", "tags"]}),
        (gettext_lazy("Text"), {"fields": ["source", "note", "seen"]}),
        (
            gettext_lazy("When readers see it"),
            {"fields": ["published_at", ("series", "series_place")]},
        ),
        (
            gettext_lazy("What members may add"),
            {"fields": [("discussion_state", "claims_state"), "reason", "slow_for"]},
        ),
        (gettext_lazy("Retire it"), {"fields": ["is_retired", "why_retired", "leads_to"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("current_revision").defer("folded")

    def get_prepopulated_fields(self, _request: HttpRequest, obj: Essay | None = None) -> Any:
        """Only for a new essay: the address of one that readers know does not follow its title."""
        return {} if obj else self.prepopulated_fields

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **options: Any
    ) -> Any:
        essay = options.get("obj")
        if essay is not None:
            context["others"] = others_at(essay, request.user)
        return super().render_change_form(request, context, *args, **options)

    def save_model(self, _request: HttpRequest, obj: Essay, _form: Any, change: Any) -> None:
        """Only what the form says: totals and version may have grown since the page was loaded."""
        columns = [name for name in EssayForm.Meta.fields if name != "tags"]
        obj.save(update_fields=columns if change else None)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        essay = Essay.objects.select_related("current_revision").get(pk=form.instance.pk)
        self._save_text(request, essay, form.cleaned_data)
        self._save_state(request, essay, form.cleaned_data)
        actions.refresh(essay)

    def _save_text(self, request: HttpRequest, essay: Essay, said: dict[str, Any]) -> None:
        current = essay.current_revision
        if current is not None and current.source == said["source"]:
            drafting.discard_draft(by=request.user, essay=essay)
            return
        drafting.save_draft(
            by=request.user, essay=essay, source=said["source"], note=said["note"],
            seen=draft_version(said["seen"]),
        )  # fmt: skip

    def _save_state(self, request: HttpRequest, essay: Essay, said: dict[str, Any]) -> None:
        openness.set_openness(
            by=request.user, essay=essay, discussion=said["discussion_state"] or Openness.OPEN,
            claims=said["claims_state"] or Openness.OPEN, reason=said["reason"],
            slow_minutes=said["slow_for"] or essay.slow_minutes,
        )  # fmt: skip
        if said["is_retired"]:
            openness.retire(
                by=request.user, essay=essay, reason=said["why_retired"],
                redirects_to=said["leads_to"],
            )  # fmt: skip
        elif essay.retired_at is not None:
            openness.reinstate(by=request.user, essay=essay)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        return self._to_the_desk(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._to_the_desk(request, obj) or super().response_change(request, obj)

    def _to_the_desk(self, request: HttpRequest, essay: Essay) -> HttpResponse | None:
        """A draft is looked at before it is published: as a page, or for what it does to claims."""
        if not Draft.objects.filter(essay=essay).exists() or "_continue" in request.POST:
            return None
        page = "desk:preview" if "_preview" in request.POST else "desk:impact"
        return redirect(page, essay.slug)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _is_editor(request) and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Essay | None = None) -> bool:
        return _is_editor(request) and super().has_change_permission(request, obj)

    def has_delete_permission(self, _request: HttpRequest, _obj: Essay | None = None) -> bool:
        """The debate hangs on it: an essay is unpublished, by taking its date away, or retired."""
        return False


def _is_editor(request: HttpRequest) -> bool:
    return bool(permissions.can_edit(request.user, Essay()))
