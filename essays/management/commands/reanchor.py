import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from essays.anchoring import Blocks, Carrier
from essays.quotes_json import BadQuotes, as_json, read_quotes
from forum.lib.rendering import Unrenderable, render_essay

# Ten times the longest essay, in the widest letters; what is longer is no text that was written.
MAX_BYTES = 20_000_000


class Command(BaseCommand):
    help = (
        "Reads quotations of OLD as JSON and tells where each stands in NEW: the rule by which a"
        " claim keeps its place when its essay is revised."
    )
    # A pipe: it asks no database and no web server's settings.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("old", type=Path, help="the essay before, in Markdown")
        parser.add_argument("new", type=Path, help="the essay after")
        parser.add_argument(
            "--plain", action="store_true", help="take both as plain text, counted as they are"
        )

    def handle(self, *args: Any, old: Path, new: Path, plain: bool, **options: Any) -> None:
        try:
            before, blocks_before = _text(old, plain=plain)
            after, blocks = _text(new, plain=plain)
            quotes = read_quotes(sys.stdin.buffer.read(), before)
        except (BadQuotes, Unrenderable) as problem:
            self.stderr.write(str(problem))
            sys.exit(1)
        carrier = Carrier(before, after, blocks, blocks_before)
        outcomes = carrier.carry_all(quotation for _, quotation in quotes)
        told = as_json([name for name, _ in quotes], outcomes, after)
        self.stdout.write(json.dumps(told))


def _text(file: Path, *, plain: bool) -> tuple[str, Blocks | None]:
    """The plain text that positions are counted in, and the blocks of an essay."""
    try:
        with file.open("rb") as stream:
            source = stream.read(MAX_BYTES + 1)
        if len(source) > MAX_BYTES:
            raise Unrenderable("This is too long.")
        if plain:
            return source.decode(), None
        essay = render_essay(source.decode())
    except OSError as error:
        raise Unrenderable(f"{file}: {error.strerror or error}.") from error
    except UnicodeDecodeError:
        raise Unrenderable(f"{file} is not UTF-8 text.") from None
    except Unrenderable as problem:
        raise Unrenderable(f"{file}: {problem}") from None
    return essay.text, essay.blocks
