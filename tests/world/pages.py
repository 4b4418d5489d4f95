"""A page of the world, and who opens it."""

from dataclasses import dataclass

VISITOR, MEMBER, MODERATOR, EDITOR = "visitor", "member", "moderator", "editor"


@dataclass(frozen=True)
class Page:
    name: str
    url: str
    who: str = VISITOR
    status: int = 200
