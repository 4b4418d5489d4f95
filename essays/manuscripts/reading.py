"""A manuscript, whatever it is: a text, Markdown, HTML, or a folder or zip of these."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from essays.manuscripts import bundles, html_files, markdown_files, plain
from essays.manuscripts.decoding import check_size, decoded
from essays.manuscripts.pieces import BadManuscript, Doubt, Piece, check_count

MOST_NAMED = 10

_READERS: dict[str, Callable[[str, str], list[Piece]]] = {
    "": plain.cut, ".txt": plain.cut, ".text": plain.cut,
    ".md": markdown_files.cut, ".markdown": markdown_files.cut,
    ".html": html_files.cut, ".htm": html_files.cut, ".xhtml": html_files.cut,
}  # fmt: skip
_MARKUP = ("<!doctype", "<html")
LOOKS_LIKE_HTML = gettext_noop("It looks like HTML, and was read as plain text as its name says.")


def read_path(path: Path) -> list[Piece]:
    """Raises `BadManuscript` with one sentence."""
    try:
        if path.is_dir():
            return _read_bundle(*bundles.in_folder(path), path.name)
        check_size(path.stat().st_size, path.name)
        return read(path.read_bytes(), path.name)
    except OSError as error:
        raise BadManuscript(f"{path}: {error.strerror or error}.") from error


def read(data: bytes, name: str, most: int = bundles.MOST_BYTES_OF_ALL) -> list[Piece]:
    """A file's bytes as essays; of a zip, so many bytes at most. Raises `BadManuscript`."""
    check_size(len(data), name)
    if PurePosixPath(name).suffix.lower() == ".zip":
        return _read_bundle(*bundles.in_zip(data, name, most), name)
    return _read_text(data, name, "")


def _read_bundle(texts: list[bundles.Found], others: list[str], name: str) -> list[Piece]:
    if not texts:
        raise BadManuscript(_("There is no text, Markdown or HTML in %(name)s.") % {"name": name})
    pieces: list[Piece] = []
    for found in texts:
        pieces += _read_text(found.read(), found.name, found.name)
        check_count(len(pieces))
    if others:
        named = ", ".join(others[:MOST_NAMED]) + (" …" if len(others) > MOST_NAMED else "")
        pieces[0].doubts.insert(
            0, Doubt(_("Files that are not read: %(named)s") % {"named": named})
        )
    return pieces


def _read_text(data: bytes, name: str, file: str) -> list[Piece]:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in _READERS:
        raise BadManuscript(
            _(
                "%(name)s: a manuscript is plain text (.txt), Markdown (.md), HTML (.html), or "
                "a zip."
            )
            % {"name": name}
        )
    text, doubts = decoded(data, name)
    try:
        pieces = _READERS[suffix](text, file)
    except BadManuscript as error:
        raise BadManuscript(f"{name}: {error}") from None
    if _READERS[suffix] is plain.cut and text.lstrip()[:20].lower().startswith(_MARKUP):
        doubts.append(Doubt(LOOKS_LIKE_HTML))
    pieces[0].doubts = doubts + pieces[0].doubts
    return pieces
