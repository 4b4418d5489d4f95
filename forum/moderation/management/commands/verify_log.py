from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.lib.nouns import counted
from forum.moderation.log import find_broken
from forum.moderation.models import FrozenText, LogHead


class Command(BaseCommand):
    help = (
        "Check that no entry of the moderation log, no decision, no sanction and no text that was"
        " judged has been changed since it was written. Names the first that has, and then ends"
        " with 1. What members took along when they left cannot be checked: it is counted."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = find_broken()
        if broken is not None:
            raise CommandError(
                f"Entry {broken.number} of the log is not what it was when it was written:"
                f" {broken.what}."
            )
        head = LogHead.objects.first()
        entries = counted(head.length if head else 0, "entry,entries")
        self.stdout.write(f"The log is whole: {entries}.")
        texts, around = FrozenText.objects.erased()
        if texts or around:
            self.stdout.write(
                f"Taken along by members who left: judged texts: {texts}; what stood around them:"
                f" {around}."
            )
