from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from essays.importing import Imported, Unready, store
from essays.manuscripts.oddities import oddities
from essays.manuscripts.pieces import BadManuscript, Piece
from essays.manuscripts.reading import read_path
from forum.lib.nouns import counted


class Command(BaseCommand):
    help = (
        "Make essays of a manuscript: plain text, Markdown or HTML, one essay or many in a file, a"
        " folder or a zip. All of them or none; again, only what changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("manuscript", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Only print how it was cut and what is in doubt.",
        )
        parser.add_argument(
            "--author", default="", metavar="NAME", help="Of the essays that name no author."
        )
        parser.add_argument(
            "--publish", action="store_true", help="Let readers see them; else only editors do."
        )
        parser.add_argument(
            "--title", action="append", default=[], metavar="N=TITLE",
            help="The title of the essay with this number; may be said several times.",
        )  # fmt: skip

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["manuscript"]
        try:
            pieces = read_path(path)
            _give_titles(pieces, options["title"])
        except BadManuscript as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        self._tell_cut(path, pieces)
        if options["dry_run"]:
            return
        try:
            done = store(
                pieces=pieces, author_name=options["author"].strip(), file_name=path.name,
                publish=options["publish"],
            )  # fmt: skip
        except Unready as error:
            raise CommandError(f"Nothing was imported. {_said(error, options)}") from error
        self._tell_done(done)

    def _tell_cut(self, path: Path, pieces: Sequence[Piece]) -> None:
        words = counted(sum(piece.words for piece in pieces), "word")
        self.stdout.write(f"{path.name}: {counted(len(pieces), 'essay')}, {words}")
        for number, piece in enumerate(pieces, start=1):
            first, last = piece.lines
            left = "" if piece.is_taken else " (not taken)"
            self.stdout.write(f"\n{number:>3}. {piece.title or 'No title'}{left}")
            file = f"{piece.file}, " if piece.file else ""
            self.stdout.write(
                f"     {file}lines {first:,} to {last:,}: {counted(piece.words, 'word')}, "
                f"{counted(piece.paragraphs, 'paragraph')}"
            )
            if piece.tags:
                self.stdout.write(f"     tags: {', '.join(piece.tags)}")
            for doubt in piece.doubts + oddities(piece, is_first=number == 1):
                self.stdout.write(f"     ? {doubt}")
        without = sum(not piece.summary for piece in pieces)
        if without:
            essays = counted(without, "essay").capitalize()
            self.stdout.write(f"\n{essays} without a summary: first sentences stand in for it.")

    def _tell_done(self, done: Sequence[Imported]) -> None:
        self.stdout.write("")
        if not any(each.is_changed for each in done):
            self.stdout.write(f"Nothing to change: {counted(len(done), 'essay')} here already.")
            return
        for each in done:
            if each.is_changed:
                self.stdout.write(f"{each.number:>3}. {each.essay.title}: {each.words}")


def _give_titles(pieces: Sequence[Piece], said: Sequence[str]) -> None:
    for each in said:
        number, sign, title = each.partition("=")
        if not sign or not number.strip().isascii() or not number.strip().isdigit():
            raise BadManuscript(f"--title says a number and a title, as in 1=Bread; not {each!r}.")
        if not 1 <= int(number) <= len(pieces):
            raise BadManuscript(f"There is no essay {number.strip()}: there are {len(pieces):,}.")
        piece = pieces[int(number) - 1]
        piece.title, piece.is_titled = " ".join(title.split()), True


def _said(error: Unready, options: dict[str, Any]) -> str:
    if not options["author"].strip() and all(each.about == "author" for each in error.problems):
        return "Say who wrote it: --author NAME."
    return str(error)
