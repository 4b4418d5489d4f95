from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from forum.demonstration.members import SIGN_INS, password, password_file


class Command(BaseCommand):
    help = "Say who can log in to try the site out, while DEMO=1."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("There are demonstration sign-ins only while DEMO=1.")
        if not password_file().exists():
            raise CommandError("Nobody can log in yet: run load_demonstration first.")
        address = settings.HOST or f"http://127.0.0.1:{settings.PORT}"
        self.stdout.write(f"Log in at {address.rstrip('/')}/accounts/login/ as")
        for each in SIGN_INS:
            self.stdout.write(f"  {each.username:<22} {each.words}")
        self.stdout.write(f"with the password  {password()}")
