"""The names of our own images. All that a page must know of an image is in its name, so that HTML
can be made of Markdown without looking anything up.

`3f2a9c1b7d4e5f60718a-1600x900.webp` is the widest file of an image; `…-1600x900-480.webp` is the
same, 480 pixels wide.
"""

import re
from typing import NamedTuple

# In pixels: a phone's column, and the column of an essay on a screen of twice the fineness.
NARROWER = (480, 960)
WIDEST = 1_600
# Taller ones are scaled down to it, whatever becomes of their width.
TALLEST = 3_200
PREFIX = "/media/"
CONTENT_TYPE = "image/webp"

_NAME = r"(?P<digest>[0-9a-f]{20})-(?P<width>[1-9][0-9]{0,3})x(?P<height>[1-9][0-9]{0,3})"
_IMAGE = re.compile(rf"{_NAME}\.webp")
# As a part of an address: whatever is not of this form is not looked for.
FILE_FORM = r"[0-9a-f]{20}-[1-9][0-9]{0,3}x[1-9][0-9]{0,3}(?:-(?:480|960))?\.webp"


class MediaName(NamedTuple):
    """An image by its digest and the size of its widest file."""

    digest: str
    width: int
    height: int

    def __str__(self) -> str:
        return self.file(self.width)

    @property
    def widths(self) -> tuple[int, ...]:
        """In which it is stored, the smallest first."""
        return (*(width for width in NARROWER if width < self.width), self.width)

    def file(self, width: int) -> str:
        narrower = "" if width == self.width else f"-{width}"
        return f"{self.digest}-{self.width}x{self.height}{narrower}.webp"

    def height_at(self, width: int) -> int:
        return max(1, round(self.height * width / self.width))

    @property
    def address(self) -> str:
        return f"{PREFIX}{self}"

    @property
    def sources(self) -> str:
        """For `srcset`; empty where there is only one."""
        if len(self.widths) == 1:
            return ""
        return ", ".join(f"{PREFIX}{self.file(width)} {width}w" for width in self.widths)


def image_named(name: str) -> MediaName | None:
    found = _IMAGE.fullmatch(name)
    return MediaName(found["digest"], int(found["width"]), int(found["height"])) if found else None


def image_at(address: str) -> MediaName | None:
    """The image that an address in an essay names; None for every other address."""
    return image_named(address.removeprefix(PREFIX)) if address.startswith(PREFIX) else None
