"""The made-up members of the demonstration, and the few of them that anybody may log in as."""

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from forum.accounts.actions import give_role
from forum.accounts.models import EDITORS, MODERATORS, REGULAR, User

# They were here before the first essay of the demonstration was published.
JOINED = datetime(2026, 5, 4, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SignIn:
    username: str
    display_name: str
    role: str = ""

    @property
    def words(self) -> str:
        return {MODERATORS: "moderator", EDITORS: "editor"}.get(self.role, "member")


SIGN_INS = (
    SignIn("demo_member", "Demonstration Member"),
    SignIn("demo_other", "Another Member"),
    SignIn("demo_moderator", "Demonstration Moderator", MODERATORS),
    SignIn("demo_second_moderator", "Second Moderator", MODERATORS),
    SignIn("demo_editor", "Demonstration Editor", EDITORS),
)


def password_file() -> Path:
    return Path(settings.DATA_DIR) / "demo-password"


def password() -> str:
    """Made at the first run, and kept where only the site's own account can read it."""
    file = password_file()
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="utf-8").strip()
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(secrets.token_urlsafe(12) + "\n")
    return file.read_text(encoding="utf-8").strip()


@transaction.atomic
def make_members(file: Path) -> list[User]:
    """Those who debate; nobody signs in as one of them. Run again, it finds them there."""
    rows = json.loads(file.read_text(encoding="utf-8"))
    return [_member(**row) for row in rows]


@transaction.atomic
def make_sign_ins() -> list[User]:
    members = [_member(each.username, each.display_name) for each in SIGN_INS]
    for member, each in zip(members, SIGN_INS, strict=True):
        if each.role:
            give_role(user=member, role=each.role, by=None)
    _set_passwords(members)
    return members


def _set_passwords(members: Iterable[User]) -> None:
    """The file is right: whoever deletes it gets a new password for all of them."""
    word = password()
    for member in members:
        if not member.check_password(word):
            member.set_password(word)
            member.save(update_fields=["password"])


def _member(username: str, display_name: str, about: str = "") -> User:
    member, is_new = User.objects.get_or_create(
        username=username,
        defaults={
            "display_name": display_name,
            "about": about,
            # A name that no mail server has: nothing sent there reaches anybody.
            "email": f"{username}@demonstration.example",
            "is_demonstration": True,
            "date_joined": JOINED,
            "trust_level": REGULAR,
        },
    )
    if is_new:
        member.set_unusable_password()
        member.save(update_fields=["password"])
    if not member.is_demonstration:
        raise ValueError(f"{username} is a member of this site, not of the demonstration.")
    EmailAddress.objects.get_or_create(
        user=member, email=member.email, defaults={"verified": True, "primary": True}
    )
    return member
