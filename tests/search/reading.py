"""What a page of results says, as its readers have it."""

import re
from html import unescape
from typing import NamedTuple

_HIT = re.compile(r'<li class="hit">(.*?)</li>', re.S)
_KIND_AND_URL = re.compile(r'<p class="meta"><span>(.*?)</span>.*?<h2><a href="(.*?)">', re.S)
_WAY = re.compile(
    r'<li><a(?: class="is-\w+")? href="(.*?)"(.*?)><span>(?:<svg.*?</svg>)?(.*?)</span>'
    r'<span class="num">(.*?)</span></a></li>'
)
_CHOSEN = re.compile(r'<a href="([^"]*)"><bdi>(.*?)</bdi> <svg')
_NEXT = re.compile(r'<a rel="next" href="(.*?)"')


class Way(NamedTuple):
    url: str
    number: str
    is_current: bool


def text_of(page):
    return page.content.decode()


def hits(page):
    return _HIT.findall(text_of(page))


def shown(page):
    """Of each result its kind and its address."""
    return [tuple(map(unescape, _KIND_AND_URL.search(hit).groups())) for hit in hits(page)]


def urls(page):
    return [url for _, url in shown(page)]


def ways(page):
    """By their words: to a kind, to a standing."""
    return {
        unescape(label): Way(unescape(url), number, "aria-current" in rest)
        for url, rest, label, number in _WAY.findall(text_of(page))
    }


def chosen(page):
    """What it is narrowed by, each with the address without it."""
    return {unescape(label): unescape(url) for url, label in _CHOSEN.findall(text_of(page))}


def next_url(page):
    found = _NEXT.search(text_of(page))
    return unescape(found[1]) if found else ""
