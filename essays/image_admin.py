from contextlib import suppress
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essays import images
from essays.image_forms import DescriptionForm, ImageForm, prepared
from essays.models import Image
from essays.permissions import can_keep_images, can_remove_image
from essays.pictures import Unfit
from forum.lib.media_names import PREFIX, image_named

# In the list, in pixels.
PREVIEW_WIDTH = 120


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    """Images are sent here, and put into an essay by their Markdown."""

    list_display = ["preview", "alt", "markdown", "size", "shown_in", "uploaded_at"]
    list_display_links = ["preview", "alt"]
    list_per_page = 20
    list_select_related = ["uploaded_by"]
    search_fields = ["alt", "name"]
    show_full_result_count = False

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: Any = None,
        **options: Any,
    ) -> Any:
        options["form"] = DescriptionForm if change else ImageForm
        return super().get_form(request, obj, change, **options)

    def get_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ["file", "alt"]
        return ["preview", "alt", "markdown", "size", "shown_in", "uploaded_at", "uploaded_by"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [name for name in self.get_fields(request, obj) if name not in {"file", "alt"}]

    @admin.display(description=gettext_lazy("Image"))
    def preview(self, image: Image) -> str:
        name = image_named(image.name)
        if name is None:
            return image.name
        return format_html(
            '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
            PREFIX + name.file(name.widths[0]), image.alt, PREVIEW_WIDTH,
            name.height_at(PREVIEW_WIDTH),
        )  # fmt: skip

    @admin.display(description=gettext_lazy("To paste into an essay"))
    def markdown(self, image: Image) -> str:
        return format_html(
            '<input type="text" size="44" readonly aria-label="Markdown of image {}" value="{}">',
            image.pk, images.markdown_of(image),
        )  # fmt: skip

    @admin.display(description=gettext_lazy("Size"))
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    @admin.display(description=gettext_lazy("Shown in"))
    def shown_in(self, image: Image) -> str:
        essays = _shown_in(image)
        links = ((essay.get_absolute_url(), essay.title) for essay in essays)
        return format_html_join(", ", '<a href="{}">{}</a>', links) if essays else _("no essay yet")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Where its images are shown is asked once for the whole list."""
        changelist = super().get_changelist_instance(request)
        listed = list(changelist.result_list)
        showing = images.essays_showing([image.name for image in listed]) if listed else {}
        for image in listed:
            image.showing = showing[image.name]
        changelist.result_list = listed
        return changelist

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        """The picture is made before the transaction begins in which the admin saves it."""
        if "file" in request.FILES and self.has_add_permission(request):
            with suppress(Unfit):
                prepared(request.FILES["file"])
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Image:  # noqa: FBT001
        unsaved: Image = super().save_form(request, form, change)
        if change:
            return unsaved
        picture = form.cleaned_data["file"]
        if images.find_image(picture) is not None:
            messages.info(request, _("This image was here already: it is kept once."))
        return images.keep_image(by=request.user, picture=picture, alt=unsaved.alt)

    def save_model(self, request: HttpRequest, obj: Image, _form: Any, change: bool) -> None:  # noqa: FBT001
        if change:
            images.describe_image(by=request.user, image=obj, alt=obj.alt)

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        images.remove_image(by=request.user, image=obj)

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Image]") -> None:
        for image in queryset:
            images.remove_image(by=request.user, image=image)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(can_keep_images(request.user)) and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(can_keep_images(request.user)) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        verdict = can_remove_image(request.user, _shown_in(obj) if obj is not None else [])
        return bool(verdict) and super().has_delete_permission(request, obj)


def _shown_in(image: Image) -> Any:
    """Asked once for each image in hand."""
    if not hasattr(image, "showing"):
        image.showing = images.essays_showing([image.name])[image.name]  # type: ignore[attr-defined]
    return image.showing  # type: ignore[attr-defined]
