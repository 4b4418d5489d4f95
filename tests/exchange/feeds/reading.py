"""A feed, read by a program that is not ours and by the rules of the standards."""

from datetime import datetime
from xml.etree import ElementTree

import feedparser

ATOM = "{http://www.w3.org/2005/Atom}"
THREADS = "{http://purl.org/syndication/thread/1.0}"

# RFC 4287, 4.1: what an element must have once, may have once, and may have at all.
MUST = {
    "feed": {"id", "title", "updated"},
    "entry": {"id", "title", "updated", "published", "author"},
}
MAY_ONCE = {"subtitle", "rights", "generator", "summary", "content", "author"}
MAY = {"link", "category", "entry"}
OF_THREADS = {f"{THREADS}in-reply-to", f"{THREADS}total"}


def parsed(answer):
    """Without an error flag."""
    assert answer.status_code == 200, answer.status_code
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(
        answer.content, response_headers={"content-type": answer["Content-Type"]}
    )
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    faults = list(structural_faults(ElementTree.fromstring(answer.content)))  # noqa: S314
    assert faults == [], faults
    return feed


def structural_faults(feed):
    yield from _faults_of(feed, "feed")
    names = [feed.findtext(f"{ATOM}id")]
    for entry in feed.iter(f"{ATOM}entry"):
        yield from _faults_of(entry, "entry")
        names.append(entry.findtext(f"{ATOM}id"))
    if len(set(names)) != len(names):
        yield "an id stands twice"


def _faults_of(element, kind):
    yield from _faults_of_number([child.tag for child in element], kind)
    for name in ("updated", "published"):
        for moment in element.findall(ATOM + name):
            if datetime.fromisoformat(moment.text).tzinfo is None:
                yield f"{name} without a zone"
    if not element.findtext(f"{ATOM}id").startswith("urn:uuid:"):
        yield "id is no urn"
    links = element.findall(f"{ATOM}link")
    if [link.get("rel") for link in links].count("alternate") != 1:
        yield f"{kind} has not just one alternate"
    for link in links:
        if not link.get("href", "").startswith(("http://", "https://")):
            yield f"link {link.get('rel')} is not whole"


def _faults_of_number(tags, kind):
    for name in MUST[kind]:
        if tags.count(ATOM + name) != 1:
            yield f"{kind} has {tags.count(ATOM + name)} {name}"
    for name in MAY_ONCE:
        if tags.count(ATOM + name) > 1:
            yield f"{kind} has {name} more than once"
    known = {ATOM + name for name in MUST[kind] | MAY_ONCE | MAY} | OF_THREADS
    yield from (f"{kind} has an unknown {tag}" for tag in set(tags) - known)
