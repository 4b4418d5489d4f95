from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.accounts.models import User
from forum.exchange.letters_asked import add_asked_on
from forum.exchange.own_data import archive_of


class Command(BaseCommand):
    help = "Write all that the site has about a member, as a zip: for whoever asked by letter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="NAME")
        add_asked_on(parser)
        parser.add_argument("-o", dest="file", type=Path, metavar="FILE", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        member = User.objects.filter(username__iexact=options["username"]).first()
        if member is None:
            raise CommandError(f"There is no member {options['username']!r}.")
        file: Path = options["file"]
        asked = {"asked_by": "the operator", "asked_at": options["asked_on"]}
        with archive_of(member, **asked) as archive:
            try:
                file.write_bytes(archive.read())
            except OSError as error:
                raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
