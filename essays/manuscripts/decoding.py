"""From the bytes of a file to its text, or to the sentence that says why not."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from essays.manuscripts.pieces import BadManuscript, Doubt
from forum.lib.markdown import without_hidden
from forum.lib.nouns import digits

# Half a dozen long novels. What is larger was not meant for this.
MOST_BYTES = 10 * 1024 * 1024
# As many as that much prose has when it is broken at forty characters.
MOST_LINES = 400_000

_BYTE_ORDER_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_SIGNATURES = {
    b"%PDF": "a PDF",
    b"{\\rtf": "RTF",
    b"\xd0\xcf\x11\xe0": gettext_noop("an old Word document"),
    b"PK\x03\x04": gettext_noop("a zip"),
}
_UTF8_MARK = b"\xef\xbb\xbf"
_CONTROLS = bytes({*range(0x20)} - set(b"\t\n\v\f\r\x1b"))
# Of a text in UTF-16 without a mark, every other byte is nothing, or nearly so.
_SHARE_OF_NOTHING = 0.2
# A stray control character happens in a text; one in a hundred does not.
_SHARE_OF_CONTROLS = 0.01


def check_size(size: int, name: str) -> None:
    if size > MOST_BYTES:
        raise BadManuscript(
            _(
                "%(name)s is too large: %(size)s MB, and a manuscript may have %(most_bytes)s "
                "MB at "
                "most."
            )
            % {
                "name": name,
                "size": f"{size / 1024 / 1024:,.1f}",
                "most_bytes": MOST_BYTES // 1024 // 1024,
            }
        )
    if size == 0:
        raise BadManuscript(_("%(name)s is empty.") % {"name": name})


def decoded(data: bytes, name: str) -> tuple[str, list[Doubt]]:
    """The text with ordinary line ends, and what was taken out of it."""
    check_size(len(data), name)
    _refuse_other_kinds(data, name)
    try:
        text = data.removeprefix(_UTF8_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadManuscript(_not_utf8(data, error.start, name)) from error
    if _is_full_of_controls(data):
        raise BadManuscript(_("%(name)s is not a text.") % {"name": name})
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = without_hidden(text)
    if shown.count("\n") > MOST_LINES:
        raise BadManuscript(
            _("%(name)s has too many lines: %(most_lines)s at most.")
            % {"name": name, "most_lines": digits(MOST_LINES)}
        )
    if not shown.strip():
        raise BadManuscript(_("%(name)s has no words in it.") % {"name": name})
    hidden = len(text) - len(shown)
    if not hidden:
        return shown, []
    words = ngettext(
        "A character that nobody can see: left out.",
        "%(number)s characters that nobody can see: left out.",
        hidden,
    )
    return shown, [Doubt(words % {"number": digits(hidden)})]


def _refuse_other_kinds(data: bytes, name: str) -> None:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            raise BadManuscript(
                _("%(name)s is in %(encoding)s. Save it as UTF-8, and bring it again.")
                % {"name": name, "encoding": encoding}
            )
    for mark, kind in _SIGNATURES.items():
        if data.startswith(mark):
            raise BadManuscript(
                _(
                    "%(name)s is %(kind)s. Save it as plain text, Markdown or HTML, and bring "
                    "it again."
                )
                % {"name": name, "kind": _(kind)}
            )
    nothing = data.count(0)
    if nothing:
        even, odd = data[::2].count(0), data[1::2].count(0)
        is_wide = nothing > _SHARE_OF_NOTHING * len(data) and min(even, odd) * 10 < max(even, odd)
        if is_wide:
            raise BadManuscript(
                _("%(name)s seems to be in UTF-16. Save it as UTF-8.") % {"name": name}
            )
        raise BadManuscript(_("%(name)s is not a text.") % {"name": name})


def _is_full_of_controls(data: bytes) -> bool:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls > _SHARE_OF_CONTROLS * len(data)


def _not_utf8(data: bytes, place: int, name: str) -> str:
    if _is_full_of_controls(data):
        return _("%(name)s is not a text.") % {"name": name}
    line = data.count(b"\n", 0, place) + 1
    begin = max(data.rfind(b" ", 0, place), data.rfind(b"\n", 0, place), place - 20) + 1
    word = data[begin : place + 20].decode("cp1252", errors="replace").split()
    return _(
        "%(name)s is not in UTF-8; line %(line)s reads as if in Latin-1 or Windows-1252: "
        "“%(word)s”. Save it as UTF-8, and bring it again."
    ) % {"name": name, "line": digits(line), "word": word[0] if word else ""}
