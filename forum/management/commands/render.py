import sys
from argparse import ArgumentParser
from io import TextIOWrapper
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand

from forum.lib.rendering import ESSAY_LIMITS, Unrenderable, render_essay, render_post

# Enough for the longest essay in the widest letters; what follows need not be read.
MAX_BYTES = 4 * ESSAY_LIMITS.characters + 1


class Command(BaseCommand):
    help = "Turn Markdown on standard input into the HTML of a post, or of an essay."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--essay", action="store_true", help="render as an essay")

    def handle(self, *args: Any, essay: bool, **options: Any) -> None:
        if isinstance(sys.stdout, TextIOWrapper):
            # What comes in is UTF-8, so that is what goes out, wherever the terminal stands.
            sys.stdout.reconfigure(encoding="utf-8")
        render = render_essay if essay else render_post
        try:
            html = render(_read(sys.stdin.buffer)).html
        except Unrenderable as problem:
            self.stderr.write(str(problem))
            sys.exit(1)
        self.stdout.write(html)


def _read(stream: BinaryIO) -> str:
    data = stream.read(MAX_BYTES)
    if len(data) == MAX_BYTES:
        raise Unrenderable("This is too long.")
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Unrenderable("This is not UTF-8 text.") from None
