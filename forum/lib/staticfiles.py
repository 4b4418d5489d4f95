"""Collecting the static files: many small sources, one stylesheet and one script for a page."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What collectstatic knows of a file: the storage that has its source, and the path in there.
Sources = dict[str, tuple[StaticFilesStorage, str]]

SITE_STYLESHEET = "css/site.css"
SITE_SCRIPT = "js/site.js"

CSS_IMPORT = re.compile(r"""^@import\s+["'](?P<url>[^"']+)["'];\n""", re.MULTILINE)
JS_IMPORT = re.compile(r"""^import\s+["'](?P<url>[^"']+)["'];\n""", re.MULTILINE)
# A script that needs another one stays a file of its own: joining would have to rename things.
IMPORTS_SOMETHING = re.compile(r"^\s*import\b", re.MULTILINE)
# What only helps whoever reads the sources: a fifth of what a first visit would have to fetch.
CSS_ASIDES = re.compile(r"/\*.*?\*/\n?|^[ \t]+", re.MULTILINE | re.DOTALL)
JS_ASIDES = re.compile(r"^[ \t]*//[^\n]*\n|^[ \t]+", re.MULTILINE)


def _sibling(name: str, url: str) -> str:
    """The imported file's name. Only a neighbour's relative addresses survive being joined."""
    sibling = posixpath.normpath(posixpath.join(posixpath.dirname(name), url))
    if posixpath.dirname(sibling) != posixpath.dirname(name):
        raise ImproperlyConfigured(f"{name} can only join files that lie beside it, not {url}.")
    return sibling


def _source(paths: Sources, name: str) -> str:
    try:
        storage, path = paths[name]
    except KeyError:
        raise ImproperlyConfigured(f"{name} is imported but was not collected.") from None
    with storage.open(path) as file:
        text: str = file.read().decode()
    return text


def join_stylesheets(paths: Sources, name: str) -> str:
    """The sheet `name` with each `@import` replaced by what it asks for."""

    def imported(match: re.Match[str]) -> str:
        return _source(paths, _sibling(name, match["url"])).rstrip() + "\n\n"

    return CSS_IMPORT.sub(imported, _source(paths, name)).rstrip() + "\n"


def join_scripts(paths: Sources, name: str) -> str:
    """The script `name` with the scripts that import nothing put in the place of their imports."""

    def imported(match: re.Match[str]) -> str:
        source = _source(paths, _sibling(name, match["url"])).rstrip()
        if IMPORTS_SOMETHING.search(source):
            return match[0]
        # Each script keeps its names to itself, as it did when it was a module.
        return f"{{\n{source}\n}}\n"

    return JS_IMPORT.sub(imported, _source(paths, name))


def bare_stylesheet(sheet: str) -> str:
    return CSS_ASIDES.sub("", sheet)


def bare_script(script: str) -> str:
    """Without the lines that are comments. None of our texts goes over several lines."""
    return JS_ASIDES.sub("", script)


class SiteStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names with hashes, compressed copies, and the site's own sheets and scripts joined."""

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, *args: Any, **options: Any) -> str:
        # Asked for every sign on a page, which may be hundreds: half of what a sign costs.
        if name not in self._addresses:
            self._addresses[name] = super().url(name, *args, **options)
        return self._addresses[name]

    def post_process(self, paths: Sources, **options: Any) -> Iterator[tuple[Any, ...]]:
        self._addresses.clear()
        if not options.get("dry_run"):
            for name, join, bare in (
                (SITE_STYLESHEET, join_stylesheets, bare_stylesheet),
                (SITE_SCRIPT, join_scripts, bare_script),
            ):
                if name in paths:
                    paths = self._with_joined(paths, name, bare(join(paths, name)))
        yield from super().post_process(paths, **options)
        self._addresses.clear()

    def _with_joined(self, paths: Sources, name: str, content: str) -> Sources:
        """Write the joined file over the collected copy, and have it hashed in its place."""
        self.delete(name)
        self._save(name, ContentFile(content.encode()))
        return {**paths, name: (self, name)}
