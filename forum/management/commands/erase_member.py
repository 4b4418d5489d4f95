from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.accounts.models import User
from forum.departures import forget_traces
from forum.exchange.erasing import erase
from forum.exchange.letters_asked import add_asked_on
from forum.lib.verdict import Refused


class Command(BaseCommand):
    help = "Erase a member who asked for it by letter: at once, and for good."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="NAME")
        add_asked_on(parser)
        posts = parser.add_mutually_exclusive_group(required=True)
        posts.add_argument("--keep-posts", action="store_true", help="Under a neutral name.")
        posts.add_argument("--remove-texts", action="store_true", help="Replies stay standing.")

    def handle(self, *_args: Any, **options: Any) -> None:
        member = User.objects.filter(username__iexact=options["username"]).first()
        if member is None:
            raise CommandError(f"There is no member {options['username']!r}.")
        try:
            member = erase(
                member=member, keeps_posts=options["keep_posts"], asked_by="the operator",
                asked_at=options["asked_on"],
            )  # fmt: skip
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        forget_traces()
        self.stdout.write(f"Erased. What is left is {member.username}.")
