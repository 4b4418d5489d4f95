from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from essays.models import Essay
from forum.accounts.models import User
from forum.exchange.aif_reading import BadArgumentError, read_argument
from forum.exchange.argument_import import import_argument
from forum.lib.rendering import Unrenderable
from forum.lib.verdict import Refused


class Command(BaseCommand):
    help = (
        "Bring an argument in AIF (JSON) into an essay, as claims and counterpoints of one member:"
        ' all of it or nothing. A statement that answers nothing is a claim, on its "quote" or,'
        " without one, on its own words in the essay."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--essay", required=True, metavar="SLUG")
        parser.add_argument("--author", required=True, metavar="USERNAME", help="Who posts it.")

    def handle(self, *_args: Any, **options: Any) -> None:
        essay = Essay.objects.filter(slug=options["essay"]).select_related("author").first()
        author = User.objects.filter(username=options["author"]).first()
        if essay is None or author is None:
            missing = ("essay", "author")[essay is not None]
            raise CommandError(f"There is no {missing} {options[missing]!r}.")
        try:
            claims = read_argument(options["file"].read_bytes())
            made = import_argument(author=author, essay=essay, claims=claims)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except (BadArgumentError, Refused, Unrenderable) as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        self.stdout.write(f"Posts made: {made:,}.")
