"""The links by which letters are stopped, signed out too: who, and what, under the site's key.

They do not grow old: a letter is found again after years, and has to be stoppable then.
"""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from forum.notifications.choosing import STOPPABLE

SIGNER = Signer(salt="counterpoint.letters", sep=".")


@dataclass(frozen=True, slots=True)
class Stop:
    member_id: int
    what: str


def token_for(member_id: int, what: str) -> str:
    return SIGNER.sign(f"{member_id}-{what}")


def read_token(token: str) -> Stop | None:
    """None for whatever this site did not write."""
    try:
        member, _, what = SIGNER.unsign(token).partition("-")
    except BadSignature:
        return None
    if not member.isdecimal() or what not in STOPPABLE:
        return None
    return Stop(int(member), what)
