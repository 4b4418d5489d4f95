import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from forum.exchange.formats.catalogue import FORMATS
from forum.exchange.snapshot import public_essays, read_snapshot

# Where no HOST is set, the site is on this machine.
THIS_MACHINE = "http://127.0.0.1:8000"


class Command(BaseCommand):
    help = "Write the argument of an essay, or of all, as data. The same data gives the same bytes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("essay", nargs="?", metavar="ESSAY", help="Its slug.")
        parser.add_argument("--all", action="store_true", help="All published essays, in one file.")
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument("-o", dest="file", type=Path, metavar="FILE", help="Else printed.")
        parser.add_argument(
            "--named", action="store_true", help="Tell public names beside the pseudonyms."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        slug: str | None = options["essay"]
        if bool(slug) == options["all"]:
            raise CommandError("Name one essay, or say --all.")
        essays = public_essays()
        if slug:
            essays = essays.filter(slug=slug)
            if not essays.exists():
                raise CommandError(f"There is no published essay {slug!r}.")
        site = settings.HOST or THIS_MACHINE
        snapshot = read_snapshot(essays, site=site, named=options["named"])
        self._hand_out(FORMATS[options["format"]].write(snapshot), options["file"])

    def _hand_out(self, content: bytes, file: Path | None) -> None:
        if file is None:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
            return
        try:
            file.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
