from typing import Any

from django.core.management.base import BaseCommand

from forum.lib.nouns import counted
from forum.notifications.delivery import deliver

# By hand there is nobody else to wait for.
ALL = 1_000_000


class Command(BaseCommand):
    help = (
        "Tell followers what happened and send the letters that are due, once. The worker"
        " (db_worker) does it by itself; where none runs, run this every few minutes."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = deliver(most=ALL)
        self.stdout.write(
            f"Told of {counted(done.happenings, 'happening')}, sent {counted(done.sent, 'letter')}."
        )
        if done.failed:
            self.stdout.write(f"Not sent: {counted(done.failed, 'letter')}; see the admin for why.")
