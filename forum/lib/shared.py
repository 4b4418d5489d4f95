"""What is said of a page where somebody names it elsewhere."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Shared:
    """Needs of components/_shared.html. Addresses are whole."""

    kind: str
    title: str
    summary: str
    url: str
    data_html: str
    image: str = ""
    author: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    tags: tuple[str, ...] = ()
