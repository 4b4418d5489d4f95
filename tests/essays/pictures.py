"""Image files as editors send them, and as nobody should."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageDraw

from essays.pictures import picture_of

RED, BLUE = (200, 30, 30), (30, 30, 200)
# Where a camera writes which side of its picture is up.
ORIENTATION = 0x0112


def file_of(pixels, kind="PNG", **options) -> bytes:
    out = io.BytesIO()
    pixels.save(out, kind, **options)
    return out.getvalue()


def half_and_half(width=400, height=300):
    """Red on the left, blue on the right."""
    pixels = Image.new("RGB", (width, height), RED)
    ImageDraw.Draw(pixels).rectangle((width // 2, 0, width, height), fill=BLUE)
    return pixels


def photograph(width=1200, height=900):
    """No two neighbours alike, as light falls."""
    noise = Image.effect_noise((width // 2, height // 2), 80).resize((width, height))
    return Image.merge("RGB", (noise, noise.rotate(180), noise.transpose(0)))


def picture(width=400, height=300):
    """What the site makes of one that was sent."""
    content = file_of(half_and_half(width, height))
    return picture_of(io.BytesIO(content), len(content))


def moving(kind="GIF"):
    frames = [Image.new("RGB", (40, 30), colour) for colour in (RED, BLUE)]
    return file_of(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def with_metadata(orientation=1):
    """A photograph that says where and by whom it was taken."""
    told = Image.Exif()
    told[ORIENTATION] = orientation
    told[0x010E] = told[0x013B] = "Secret of Aunt Agatha"
    told[0x8825] = {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)}
    return file_of(
        half_and_half(), "JPEG", quality=95, exif=told, comment=b"Secret of Aunt Agatha",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )  # fmt: skip


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width, height, *chunks, data=b"") -> bytes:
    """A PNG that says it has this size, whatever it holds."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [
        chunk(b"IHDR", head),
        *chunks,
        chunk(b"IDAT", zlib.compress(data)),
        chunk(b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def sent_file(content: bytes, name="collar.png", kind="image/png"):
    return SimpleUploadedFile(name, content, kind)
