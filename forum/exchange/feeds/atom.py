"""Atom (RFC 4287) with threads (RFC 4685) and pages (RFC 5005), as bytes. It knows nothing of ours.

All text is given as it is; what XML has no place for is left out here, and nowhere else.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from forum.lib.languages import present_tag

CONTENT_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
THREADS = "http://purl.org/syndication/thread/1.0"

# XML 1.0 takes none of these, not even escaped.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    rel: str
    href: str
    type: str = "text/html"
    # Of `replies`: how many there are, and when the last came.
    count: int | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What an entry replies to."""

    ref: str
    href: str


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    author: Person
    summary: str = ""
    content_html: str = ""
    categories: tuple[str, ...] = ()
    answered: Answered | None = None
    replies: Link | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    id: str
    title: str
    url: str
    updated: datetime
    entries: list[Entry] = field(default_factory=list)
    subtitle: str = ""
    rights: str = ""
    author: Person | None = None
    # Itself, its first page and the one that follows.
    links: tuple[Link, ...] = ()


def write(feed: Feed) -> bytes:
    return "\n".join(_lines(feed)).encode()


def _lines(feed: Feed) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<feed xmlns="{NAMESPACE}" xmlns:thr="{THREADS}" xml:lang="{present_tag()}">'
    yield _element("id", feed.id)
    yield _element("title", feed.title)
    if feed.subtitle:
        yield _element("subtitle", feed.subtitle)
    yield _element("updated", _moment(feed.updated))
    yield _link(Link("alternate", feed.url))
    yield from map(_link, feed.links)
    if feed.author is not None:
        yield _person(feed.author)
    if feed.rights:
        yield _element("rights", feed.rights)
    yield _element("generator", "Counterpoint")
    for entry in feed.entries:
        yield from _entry(entry)
    yield "</feed>\n"


def _entry(entry: Entry) -> Iterable[str]:
    yield "<entry>"
    yield _element("id", entry.id)
    yield _element("title", entry.title)
    yield _link(Link("alternate", entry.url))
    yield _element("published", _moment(entry.published))
    yield _element("updated", _moment(entry.updated))
    yield _person(entry.author)
    for category in entry.categories:
        yield f"<category term={_attribute(category)}/>"
    if entry.answered is not None:
        yield (
            f"<thr:in-reply-to ref={_attribute(entry.answered.ref)}"
            f' href={_attribute(entry.answered.href)} type="text/html"/>'
        )
    if entry.replies is not None:
        yield _link(entry.replies)
        yield f"<thr:total>{entry.replies.count or 0}</thr:total>"
    if entry.summary:
        yield _element("summary", entry.summary)
    if entry.content_html:
        yield f'<content type="html">{_text(entry.content_html)}</content>'
    yield "</entry>"


def _link(link: Link) -> str:
    thread = ""
    if link.count is not None:
        thread += f' thr:count="{link.count}"'
    if link.updated is not None:
        thread += f' thr:updated="{_moment(link.updated)}"'
    return (
        f"<link rel={_attribute(link.rel)} type={_attribute(link.type)}"
        f" href={_attribute(link.href)}{thread}/>"
    )


def _person(person: Person) -> str:
    uri = _element("uri", person.uri) if person.uri else ""
    return f"<author>{_element('name', person.name)}{uri}</author>"


def _element(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>"


def _text(text: str) -> str:
    return escape(_IMPOSSIBLE.sub("", text))


def _attribute(text: str) -> str:
    return quoteattr(_IMPOSSIBLE.sub("", text))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
