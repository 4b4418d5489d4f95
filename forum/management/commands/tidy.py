from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from forum.guard.actions import forget_old_keys


class Command(BaseCommand):
    help = "Forget what nobody needs any more: spent form keys, ended sessions. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        number = forget_old_keys()
        call_command("clearsessions")
        self.stdout.write(f"Forgot {number:,} form keys, and the sessions that have ended.")
