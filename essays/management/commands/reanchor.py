import json
import sys
from argparse import ArgumentParser
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from essays.anchoring import Carrier
from essays.quotes_json import BadQuotes, as_json, read_quotes
from forum.lib.rendering import RenderedEssay, Unrenderable, render_essay


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
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        try:
            before, after = _text(old, plain=plain), _text(new, plain=plain)
            quotes = read_quotes(sys.stdin.buffer.read(), before.text)
        except (BadQuotes, Unrenderable) as problem:
            self.stderr.write(str(problem))
            sys.exit(1)
        carrier = Carrier(before.text, after.text, None if plain else after.blocks)
        outcomes = carrier.carry_all(quotation for _, quotation in quotes)
        told = as_json([name for name, _ in quotes], outcomes, after.text)
        self.stdout.write(json.dumps(told, ensure_ascii=False))


def _text(file: Path, *, plain: bool) -> RenderedEssay:
    try:
        source = file.read_bytes().decode("utf-8")
    except OSError as error:
        raise Unrenderable(f"{file}: {error.strerror or error}.") from error
    except UnicodeDecodeError:
        raise Unrenderable(f"{file} is not UTF-8 text.") from None
    if plain:
        return RenderedEssay("", source, [])
    try:
        return render_essay(source)
    except Unrenderable as problem:
        raise Unrenderable(f"{file}: {problem}") from None
