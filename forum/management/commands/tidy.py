from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from essays.desk_tidying import tidy_desk
from forum.departures import carry_out_due
from forum.desk.scheduling import publish_due
from forum.exchange.hook_orders import go_on
from forum.exchange.hook_sending import deliver_hooks, forget_old_deliveries
from forum.guard.actions import forget_old_keys
from forum.guard.limits import forget_old_tallies
from forum.lib.nouns import counted
from forum.moderation.legal import forget_old_writers
from forum.moderation.running_out import end_due
from forum.notifications.delivery import deliver, forget_delivered
from forum.posts.drafts import forget_old_drafts
from forum.search.forgetting import merge_files
from forum.search.touched import forget_touched
from forum.trust.levels import take_up_all


class Command(BaseCommand):
    help = (
        "Forget what nobody needs any more: spent form keys and counts, ended sessions and links,"
        " manuscripts that never became essays, letters that were sent. Publish drafts whose time"
        " was missed, end locks and slow modes whose time is over, deliver what no worker did,"
        " erase members whose days of grace are over, and merge the files in which SQLite looks for"
        " words. Run it daily."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        published = publish_due()
        departed = carry_out_due()
        ended = end_due()
        number = forget_old_keys()
        forget_old_tallies()
        forget_old_writers()
        forget_touched()
        merge_files()
        manuscripts = tidy_desk()
        drafts = forget_old_drafts()
        changed = take_up_all()
        call_command("clearsessions")
        delivered = deliver()
        letters = forget_delivered()
        deliver_hooks()
        forget_old_deliveries()
        go_on()
        # What the worker was ordered to do, and did weeks ago.
        call_command("prune_db_task_results", verbosity=0)
        self.stdout.write(f"Forgot {number:,} form keys, and the sessions that have ended.")
        for many, done in (
            (letters, f"Forgot {counted(letters, 'letter')} of a month ago."),
            (delivered.sent, f"Sent {counted(delivered.sent, 'letter')} that were due."),
            (manuscripts, f"Forgot {counted(manuscripts, 'manuscript')} of a month ago."),
            (drafts, f"Forgot {counted(drafts, 'draft')} that nobody came back to."),
            (changed, f"Changed how far {counted(changed, 'member')} may go."),
            (departed, f"Erased {counted(departed, 'member')} who had asked for it."),
            (published, f"Published {counted(published, 'draft')} whose time had come."),
            (ended, f"Ended what had run out in {counted(ended, 'thread')}."),
        ):
            if many:
                self.stdout.write(done)
