"""A folder or a zip of manuscripts: which files are in it, and nothing that lies in wait."""

import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from essays.manuscripts.decoding import MOST_BYTES, check_size
from essays.manuscripts.pieces import BadManuscript
from forum.lib.nouns import digits

TEXTS = {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"}
ARCHIVES = {".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar", ".jar", ".zst"}
MOST_FILES = 1_000
# All of a bundle together, as long as it is a manuscript for people.
MOST_BYTES_OF_ALL = 5 * MOST_BYTES

_IS_ENCRYPTED = 0x1
_LINK = 0o120000
_KINDS_OF_FILE = 0o170000
_READ_AT_A_TIME = 64 * 1024
_UNPACKING = (
    zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error, lzma.LZMAError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a bundle; its bytes are read when it is their turn."""

    name: str
    read: Callable[[], bytes]


def is_text(name: str) -> bool:
    """By its name; not what a system or a program hid beside the texts."""
    path = PurePosixPath(name)
    is_hidden = any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
    return path.suffix.lower() in TEXTS and not is_hidden


def in_folder(folder: Path) -> tuple[list[Found], list[str]]:
    """Its texts by name, and the names of what is none."""
    texts, others = [], []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            continue
        if path.is_symlink() or not path.is_file() or not is_text(name):
            others.append(name)
            continue
        texts.append(Found(name, path.read_bytes))
        if len(texts) > MOST_FILES:
            raise BadManuscript(
                _("There are too many files in it: %(most_files)s at most.")
                % {"most_files": digits(MOST_FILES)}
            )
        check_size(path.stat().st_size, name)
    _check_sizes(sum((folder / found.name).stat().st_size for found in texts), MOST_BYTES_OF_ALL)
    return texts, others


def in_zip(data: bytes, name: str, most: int) -> tuple[list[Found], list[str]]:
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        members = [member for member in archive.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise BadManuscript(_("%(name)s is no zip that can be read.") % {"name": name}) from error
    _refuse_documents({member.filename for member in members}, name)
    if len(members) > MOST_FILES:
        raise BadManuscript(
            _("There are too many files in %(name)s: %(most_files)s at most.")
            % {"name": name, "most_files": digits(MOST_FILES)}
        )
    if len({member.filename for member in members}) < len(members):
        raise BadManuscript(_("%(name)s holds two files of the same name.") % {"name": name})
    for member in members:
        _check_member(member)
    members.sort(key=_by_name)
    texts = [member for member in members if _is_text(member)]
    for member in texts:
        check_size(member.file_size, member.filename)
    _check_sizes(sum(member.file_size for member in texts), most)
    found = [Found(member.filename, _reader(archive, member)) for member in texts]
    return found, [member.filename for member in members if not _is_text(member)]


def _by_name(member: zipfile.ZipInfo) -> str:
    return member.filename


def _is_text(member: zipfile.ZipInfo) -> bool:
    return is_text(member.filename)


def _refuse_documents(names: set[str], name: str) -> None:
    kinds = {"word/document.xml": _("a Word document"), "mimetype": _("a document or an e-book")}
    for inside, kind in kinds.items():
        if inside in names:
            raise BadManuscript(
                _(
                    "%(name)s is %(kind)s. Save it as plain text, Markdown or HTML, and bring "
                    "it again."
                )
                % {"name": name, "kind": kind}
            )


def _check_sizes(size: int, most: int) -> None:
    if size > most:
        raise BadManuscript(
            _("All of it together is too large: %(size)s MB, and %(most)s MB are the most.")
            % {"size": f"{size / 1024 / 1024:,.1f}", "most": most // 1024 // 1024}
        )


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    path = PurePosixPath(name.replace("\\", "/"))
    if not path.parts or path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise BadManuscript(
            _("It holds a file that would lie outside of it: %(name)s.") % {"name": name}
        )
    if member.external_attr >> 16 & _KINDS_OF_FILE == _LINK:
        raise BadManuscript(_("It holds a link to another file: %(name)s.") % {"name": name})
    if member.flag_bits & _IS_ENCRYPTED:
        raise BadManuscript(
            _("It is locked with a password: %(name)s. Unlock it first.") % {"name": name}
        )
    if path.suffix.lower() in ARCHIVES:
        raise BadManuscript(
            _("It holds another archive: %(name)s. Unpack that one first.") % {"name": name}
        )


def _reader(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return b"".join(_chunks(archive, member))
        except _UNPACKING as error:
            raise BadManuscript(
                _("%(filename)s cannot be unpacked.") % {"filename": member.filename}
            ) from error

    return read


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Never more than was said: a bomb lies about its size."""
    size = 0
    with archive.open(member) as file:
        while chunk := file.read(_READ_AT_A_TIME):
            size += len(chunk)
            check_size(size, member.filename)
            yield chunk
