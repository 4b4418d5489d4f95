"""What an editor's image file comes to: pixels, upright and in sRGB, and nothing else of it."""

import io
from collections.abc import Iterator
from hashlib import sha256
from typing import IO, NamedTuple

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from forum.lib.media_names import TALLEST, WIDEST, MediaName

# More than a good camera writes.
MOST_BYTES = 15_000_000
# A file of a few kB can hold so many pixels that no memory holds them.
MOST_PIXELS = 30_000_000
# The only decoders that are ever run; the others are not even asked what the file is.
DECODERS = ("PNG", "JPEG", "WEBP", "GIF")
SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
PLAIN_MODES = frozenset({"L", "RGB", "RGBA", "CMYK"})
QUALITY = 82
# Of a lossless file this is how hard its encoder tries: more takes seconds and saves a hundredth.
EFFORT = 20
DIGEST_LENGTH = 20
# Enough of a file to tell what it is.
HEAD = 1_024


class Unfit(ValueError):  # noqa: N818 — it is said of the file, not of us
    """Its message is one sentence that can be shown to whoever sent the file."""


class Picture(NamedTuple):
    """Its files under their names, the narrowest first."""

    name: MediaName
    files: tuple[tuple[str, bytes], ...]


def picture_of(file: IO[bytes], size: int) -> Picture:
    """Raises `Unfit`. The file is judged by what is in it, never by what it is called.

    Takes a second or two for a large one: not to be done while a transaction is open.
    """
    if size > MOST_BYTES:
        raise Unfit(
            _("This file is too large: %(most_bytes)s MB at most.")
            % {"most_bytes": MOST_BYTES // 1_000_000}
        )
    _check_kind(file)
    opened = _open(file)
    is_photograph = opened.format == "JPEG"
    try:
        pixels = _upright_srgb(opened)
    except Exception as error:
        # On a file that was made to break it, a decoder may fail in any way.
        raise Unfit(_("This file is damaged: it cannot be read to its end.")) from error
    digest = sha256(b"%dx%d:" % pixels.size + pixels.tobytes()).hexdigest()[:DIGEST_LENGTH]
    name = MediaName(digest, *pixels.size)
    return Picture(name, tuple(_files(name, pixels, is_photograph=is_photograph)))


def _files(
    name: MediaName, pixels: Image.Image, *, is_photograph: bool
) -> Iterator[tuple[str, bytes]]:
    is_lossless = not is_photograph and _is_smaller_lossless(pixels)
    for width in name.widths:
        scaled = pixels
        if width < name.width:
            scaled = pixels.resize((width, name.height_at(width)), Image.Resampling.LANCZOS)
        yield name.file(width), _encoded(scaled, is_lossless=is_lossless)


def _check_kind(file: IO[bytes]) -> None:
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if head.startswith(SIGNATURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return
    if b"<svg" in head.lower() or head.lstrip().lower().startswith((b"<?xml", b"<!doctype svg")):
        raise Unfit(_("An SVG is a document that may carry scripts: save the picture as a PNG."))
    raise Unfit(_("This is no image that we take: it must be a PNG, a JPEG, a WebP or a GIF."))


def _open(file: IO[bytes]) -> Image.Image:
    """Reads what the file says of itself; no pixel is decoded yet."""
    try:
        opened = Image.open(file, formats=DECODERS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except Exception as error:
        raise Unfit(_("This file is damaged: it does not say what it holds.")) from error
    if opened.width * opened.height > MOST_PIXELS:
        raise _too_many_pixels()
    # A JPEG of several pictures is a telephone's: the first is the one that was taken.
    if opened.format in {"GIF", "PNG", "WEBP"} and getattr(opened, "is_animated", False):
        raise Unfit(_("This image moves, and readers could not stop it: save one picture of it."))
    return opened


def _too_many_pixels() -> Unfit:
    return Unfit(
        _("This image is too large: %(most_pixels)s million pixels at most.")
        % {"most_pixels": MOST_PIXELS // 1_000_000}
    )


def _upright_srgb(opened: Image.Image) -> Image.Image:
    """No larger than the widest file; what a browser would be told by metadata is done to it."""
    image = _plain(opened)
    # Of a large JPEG not even all pixels are decoded.
    image.thumbnail((TALLEST, TALLEST), Image.Resampling.LANCZOS)
    profile = image.info.get("icc_profile")
    ImageOps.exif_transpose(image, in_place=True)
    return _on_paper(_in_srgb(_bounded(image), profile))


def _plain(image: Image.Image) -> Image.Image:
    """Of a kind that can be scaled: no palette, and eight bits of each colour."""
    if image.mode.startswith(("I", "F")):
        # Left to itself, the library would cut off at 255 instead of scaling.
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode not in PLAIN_MODES or image.has_transparency_data:
        return image.convert("RGBA")
    return image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode=mode
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A profile that says nothing sensible: browsers show such an image without it.
            converted = None
        image = converted or image
    return image if image.mode == "RGBA" else image.convert("RGB")


def _on_paper(image: Image.Image) -> Image.Image:
    """On white: dark lines on nothing could not be seen where a reader's screen is dark."""
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _bounded(image: Image.Image) -> Image.Image:
    scale = min(1.0, WIDEST / image.width, TALLEST / image.height)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)


def _is_smaller_lossless(pixels: Image.Image) -> bool:
    """True of drawings; photographs come as PNG too, and would be several times as large."""
    return len(_encoded(pixels, is_lossless=True)) <= len(_encoded(pixels, is_lossless=False))


def _encoded(image: Image.Image, *, is_lossless: bool) -> bytes:
    out = io.BytesIO()
    # Nothing of what the file said beside its pixels.
    image.info = {}
    image.save(out, "WEBP", lossless=is_lossless, quality=EFFORT if is_lossless else QUALITY)
    return out.getvalue()
