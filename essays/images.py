"""An essay's images: kept once each, whoever sends them how often, and for as long as any version
of an essay shows them.
"""

import re
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from essays.models import Draft, Essay, Image, Revision
from essays.permissions import can_keep_images, can_remove_image
from essays.pictures import Picture
from forum.lib.media_names import PREFIX, image_named
from forum.lib.verdict import ensure

_IN_HTML = re.compile(rf'<img src="{PREFIX}([^"]+)"')
_MARKS = re.compile(r"([\\`*_~<>&!\[\]])")


def find_image(picture: Picture) -> Image | None:
    return Image.objects.filter(name=str(picture.name)).first()


def keep_image(*, by: Any, picture: Picture, alt: str, now: datetime | None = None) -> Image:
    """The same picture again is the image that is there already, and its words stay."""
    ensure(can_keep_images(by))
    for name, content in picture.files:
        _store(name, content)
    # Last: a name that is in the table has all its files.
    image, _ = Image.objects.get_or_create(
        name=str(picture.name),
        defaults={
            "alt": alt, "width": picture.name.width, "height": picture.name.height,
            "widths": list(picture.name.widths), "uploaded_at": now or timezone.now(),
            "uploaded_by": by,
        },
    )  # fmt: skip
    return image


def describe_image(*, by: Any, image: Image, alt: str) -> Image:
    """Essays that show it already keep the words that stand in them."""
    ensure(can_keep_images(by))
    image.alt = alt
    image.save(update_fields=["alt"])
    return image


@transaction.atomic
def remove_image(*, by: Any, image: Image) -> None:
    ensure(can_remove_image(by, essays_showing([image.name])[image.name]))
    files = files_of(image)
    image.delete()
    transaction.on_commit(lambda: _delete(files))


def files_of(image: Image) -> list[str]:
    name = image_named(image.name)
    return [name.file(width) for width in name.widths] if name is not None else []


def markdown_of(image: Image) -> str:
    """What an editor puts where the image shall stand."""
    words = _MARKS.sub(r"\\\1", image.alt)
    return f"![{words}]({PREFIX}{image.name})"


def missing_from(html: str) -> list[str]:
    """The images that an essay's HTML names and that nobody has sent, each once."""
    named = dict.fromkeys(_IN_HTML.findall(html))
    kept = set(Image.objects.filter(name__in=list(named)).values_list("name", flat=True))
    return [name for name in named if name not in kept]


def essays_showing(names: Collection[str]) -> dict[str, list[Essay]]:
    """Which essays show each image, in any of their versions or in a draft; 2 queries.

    Reads all text that has images in it, so it is for editors' pages only.
    """
    sought = next(iter(names)) if len(names) == 1 else PREFIX
    found: dict[str, dict[int, Essay]] = defaultdict(dict)
    versions = Revision.objects.filter(html__contains=sought).select_related("essay")
    drafts = Draft.objects.filter(source__contains=sought).select_related("essay")
    about = ("essay__slug", "essay__title")
    for version in versions.only("html", *about).order_by("essay_id").iterator(chunk_size=100):
        for name in _IN_HTML.findall(version.html):
            found[name][version.essay_id] = version.essay
    for draft in drafts.only("source", *about):
        for name in names:
            if name in draft.source:
                found[name][draft.essay_id] = draft.essay
    return {name: list(found[name].values()) for name in names}


def _store(name: str, content: bytes) -> None:
    if default_storage.exists(name):
        if default_storage.size(name) == len(content):
            return
        # Half of it, from a machine that stopped.
        default_storage.delete(name)
    stored = default_storage.save(name, ContentFile(content))
    if stored != name:
        # Somebody sent the same at the same time: theirs is as good.
        default_storage.delete(stored)


def _delete(names: Collection[str]) -> None:
    for name in names:
        default_storage.delete(name)
