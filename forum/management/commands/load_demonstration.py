from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from essays.models import Essay
from forum.demonstration.members import make_members, make_sign_ins
from forum.demonstration.performance import NotAsWritten, perform_all, untouched
from forum.demonstration.script import Script

# A line now and then: the whole takes some seconds.
LINES = 5


class Command(BaseCommand):
    help = "Load the made-up debate about the ten essays, while DEMO=1; what is there stays."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demonstration is for DEMO=1: a real site has real members.")
        folder = settings.BASE_DIR / "fixtures/demonstration"
        voters = make_members(folder / "members.json")
        people = {member.username: member for member in [*voters, *make_sign_ins()]}
        files = sorted(set(folder.glob("*.json")) - {folder / "members.json"})
        scripts = [Script.read(file) for file in files]
        slugs = [script.slug for script in scripts]
        essays = {
            essay.slug: essay
            for essay in Essay.objects.filter(slug__in=slugs).select_related("current_revision")
        }
        missing = sorted(set(slugs) - set(essays))
        if missing:
            raise CommandError(f"Load the essays first, with load_essays: {', '.join(missing)}.")
        essays = untouched(essays)
        if not essays:
            self.stdout.write("Nothing to add: the demonstration debate is there.")
            return
        try:
            perform_all(scripts, people, voters, essays, self._tell)
        except NotAsWritten as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write(f"The demonstration debates {len(essays)} essays.")

    def _tell(self, done: int, total: int) -> None:
        if done % -(-total // LINES) == 0 and done < total:
            self.stdout.write(f"Demonstration debate: {100 * done // total} %")
