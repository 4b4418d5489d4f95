from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.lib.nouns import counted
from forum.moderation.log import first_broken
from forum.moderation.models import LogHead


class Command(BaseCommand):
    help = (
        "Check that no entry of the moderation log, and no text that was judged, has been changed"
        " since it was written. Names the first that has, and then ends with 1."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = first_broken()
        if broken is not None:
            raise CommandError(f"Entry {broken} of the log is not what it was when it was written.")
        head = LogHead.objects.first()
        entries = counted(head.length if head else 0, "entry,entries")
        self.stdout.write(f"The log is whole: {entries}.")
