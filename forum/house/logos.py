"""What an uploaded logo comes to: its pixels, small enough for the masthead, and nothing else."""

import io
from hashlib import sha256
from typing import IO, NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image

from forum.lib.media_names import MediaName

MOST_BYTES = 500_000
# A small file may say that it holds more pixels than any memory.
MOST_PIXELS = 4_000_000
# Twice the height that it is shown in, for fine screens.
HEIGHT, WIDEST = 64, 480
SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"RIFF")
DIGEST_LENGTH = 20


class NotALogo(ValueError):  # noqa: N818 — it is said of the file, not of us
    """Its message is one sentence that can be shown to whoever sent the file."""


class Logo(NamedTuple):
    name: str
    content: bytes


def logo_of(file: IO[bytes], size: int) -> Logo:
    """Raises `NotALogo`. The file is judged by what is in it, never by what it is called."""
    if size > MOST_BYTES:
        raise NotALogo(
            _("This file is too large: %(number)s kB at most.") % {"number": MOST_BYTES // 1_000}
        )
    file.seek(0)
    head = file.read(12)
    file.seek(0)
    if not head.startswith(SIGNATURES) or (head[:4] == b"RIFF" and head[8:] != b"WEBP"):
        raise NotALogo(
            _("A logo must be a PNG or a WebP. An SVG may carry scripts: save it as PNG.")
        )
    pixels = _pixels(file)
    out = io.BytesIO()
    pixels.save(out, "WEBP", lossless=True)
    digest = sha256(b"%dx%d:" % pixels.size + pixels.tobytes()).hexdigest()[:DIGEST_LENGTH]
    name = MediaName(digest, *pixels.size)
    return Logo(name.file(name.width), out.getvalue())


def keep_logo(logo: Logo) -> str:
    """The same picture again is the file that is there already."""
    if not default_storage.exists(logo.name):
        stored = default_storage.save(logo.name, ContentFile(logo.content))
        if stored != logo.name:
            # Somebody sent the same at the same time: theirs is as good.
            default_storage.delete(stored)
    return logo.name


def _pixels(file: IO[bytes]) -> Image.Image:
    try:
        opened = Image.open(file, formats=("PNG", "WEBP"))
        is_large = opened.width * opened.height > MOST_PIXELS
        if not is_large:
            pixels = opened.convert("RGBA")
            # Else what the file says beside its pixels would be written with them.
            pixels.info = {}
    except Exception as error:
        # On a file that was made to break it, a decoder may fail in any way.
        raise NotALogo(_("This file is damaged: it cannot be read to its end.")) from error
    if is_large:
        raise NotALogo(_("This picture is too large: four million pixels at most."))
    scale = min(1.0, HEIGHT / pixels.height, WIDEST / pixels.width)
    size = (max(1, round(pixels.width * scale)), max(1, round(pixels.height * scale)))
    return pixels if size == pixels.size else pixels.resize(size, Image.Resampling.LANCZOS)
