import json
import sys
from fractions import Fraction
from typing import Any

from django.core.management.base import BaseCommand

from forum.counterpoints.standing_json import BadTreeError, as_json, read_tree
from forum.counterpoints.standing_tree import compute


class Command(BaseCommand):
    help = "Reads a tree of replies as JSON and tells the standing of each, in exact fractions."
    # A pipe: it asks no database and no web server's settings.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tree = read_tree(sys.stdin.buffer.read())
        except BadTreeError as error:
            self.stderr.write(str(error))
            sys.exit(1)
        # Deep trees have fractions longer than Python is willing to write by default.
        sys.set_int_max_str_digits(0)
        self.stdout.write(json.dumps(as_json(compute(tree, Fraction))))
