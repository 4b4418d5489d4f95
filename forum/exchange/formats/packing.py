"""One zip of several files, the same bytes for the same files."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The first moment that a zip can tell: when it was made is not in it.
MOMENT = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE = 0o100644 << 16
# Said outright: otherwise it is that of the machine.
UNIX = 3


def pack(files: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in files.items():
            entry = ZipInfo(name, MOMENT)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr, entry.create_system = PLAIN_FILE, UNIX
            archive.writestr(entry, content)
    return out.getvalue()
