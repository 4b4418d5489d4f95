from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from essays.loading import Refused, load


class Command(BaseCommand):
    help = "Load essays from fixtures: all of the files or none; what is there already stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files",
            nargs="*",
            type=Path,
            help="JSON fixtures; without any, those in fixtures/essays/.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        files = options["files"] or sorted((settings.BASE_DIR / "fixtures/essays").glob("*.json"))
        try:
            loaded = load(files)
        except Refused as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        changed = [each for each in loaded if each.is_changed]
        for each in changed:
            self.stdout.write(f"{each.title}: {each.words}")
        if not changed:
            self.stdout.write(f"Nothing to change: all {len(loaded)} essays are there.")
