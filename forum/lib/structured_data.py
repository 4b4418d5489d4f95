"""What our pages are, in the words of schema.org, for whoever reads them without eyes.

Facts only: nobody is rated, and no verdict is claimed that the page itself does not give.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

CONTEXT = "https://schema.org"
SITE = "Counterpoint"
LANGUAGE = "en-GB"

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """An essay, as pages about it name it. `site` is the site's address, `path` the essay's."""

    site: str
    path: str
    title: str
    author: str

    @property
    def url(self) -> str:
        return self.site + self.path

    def named(self) -> Data:
        return {
            "@type": "Article",
            "@id": self.url,
            "url": self.url,
            "headline": self.title,
            "author": person(self.author),
        }


def article(
    work: Work, *, summary: str, published: datetime | None, modified: datetime, words: int,
    comments: int, image: str, tags: list[str],
) -> Data:  # fmt: skip
    return _without_nothing(
        {"@context": CONTEXT}
        | work.named()
        | {
            "description": summary,
            "image": work.site + image if image else "",
            "datePublished": _moment(published),
            "dateModified": _moment(modified),
            "wordCount": words,
            "commentCount": comments,
            "keywords": tags,
            "inLanguage": LANGUAGE,
            "isAccessibleForFree": True,
            "publisher": _site(work.site),
        }
    )


def claim(
    work: Work, *, path: str, statement: str, quotation: str, marked: datetime, standing: str,
    counterpoints: int,
) -> Data:  # fmt: skip
    """What the essay asserts. Its standing is the page's own word, given as a status."""
    return {
        "@context": CONTEXT,
        "@type": "Claim",
        "@id": work.site + path,
        "url": work.site + path,
        "text": statement,
        "dateCreated": _moment(marked),
        "creativeWorkStatus": standing,
        "commentCount": counterpoints,
        "appearance": work.named() | {"text": quotation},
        "publisher": _site(work.site),
    }


def discussion(work: Work, *, path: str, opened: datetime | None, posts: int) -> Data:
    return _without_nothing(
        {
            "@context": CONTEXT,
            "@type": "DiscussionForumPosting",
            "@id": work.site + path,
            "url": work.site + path,
            "headline": _("Open discussion: %(title)s") % {"title": work.title},
            "author": _site(work.site),
            "datePublished": _moment(opened),
            "commentCount": posts,
            "sharedContent": work.named(),
        }
    )


def person(name: str) -> Data:
    return {"@type": "Person", "name": name}


def _site(address: str) -> Data:
    return {"@type": "Organization", "name": SITE, "url": f"{address}/"}


def _moment(when: datetime | None) -> str:
    return when.isoformat(timespec="seconds") if when is not None else ""


def _without_nothing(data: Mapping[str, Any]) -> Data:
    """What is not known is not said. A zero is known."""
    return {name: value for name, value in data.items() if value not in ("", [], None)}
