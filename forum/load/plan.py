"""Who writes what, where and when: every post of a load, before any is stored."""

import random
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from essays.models import Essay
from forum.accounts.models import User
from forum.counterpoints.models import ESSAYIST, OBJECTIONS, Relation
from forum.load import shapes
from forum.load.people import Span
from forum.load.shapes import Node
from forum.posts.models import Thread
from forum.posts.statuses import PostStatus

Choice = TypeVar("Choice")

RELATIONS = {
    Relation.REBUTS: 45,
    Relation.UNDERCUTS: 18,
    Relation.SUPPORTS: 29,
    Relation.CONCEDES: 8,
}
STATUSES = {
    PostStatus.VISIBLE: 982,
    PostStatus.WITHDRAWN: 10,
    PostStatus.HIDDEN: 6,
    PostStatus.REMOVED: 2,
}
EDITED = 0.03
BY_ESSAYIST = 0.02
# Of the concessions, those by whom the attack was on; of the claims, those whose author may.
BY_ATTACKED = 0.3
YIELDING = 0.15


@dataclass(slots=True)
class Conversation:
    """A thread to be, with its posts in order of writing."""

    thread: Thread
    essay: Essay
    started: datetime
    # Of a claim: whether the essay's author may give it up.
    is_yielding: bool = False
    entries: list["Entry"] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Entry:
    """A post to be. `node` is None for a claim's statement; `relation` is empty for a remark."""

    conversation: Conversation
    node: Node | None
    parent: "Entry | None"
    author: User
    at: datetime
    words: int
    earlier_words: int | None = None
    status: PostStatus = PostStatus.VISIBLE
    relation: str = ""
    up: int = 0
    down: int = 0
    pk: int = 0

    @property
    def as_author(self) -> bool:
        return self.node is not None and self.author.pk == self.conversation.essay.author_id

    @property
    def speaker(self) -> int:
        return ESSAYIST if self.as_author else self.author.pk

    @property
    def target_speaker(self) -> int:
        return self.parent.speaker if self.parent else ESSAYIST

    @property
    def is_counted(self) -> bool:
        return self.status == PostStatus.VISIBLE


class Planner:
    def __init__(
        self, rng: random.Random, members: list[User], span: Span, texts: int, statements: int
    ) -> None:
        self.rng, self.members, self.span = rng, members, span
        self.texts, self.statements = texts, statements
        self.by_pk = {member.pk: member for member in members}

    def discuss(self, conversation: Conversation, size: int) -> None:
        self._fill(conversation, size, is_claim=False)

    def debate(self, conversation: Conversation, size: int) -> None:
        said = self.texts + self.rng.randrange(self.statements)
        statement = Entry(conversation, None, None, self._somebody(), conversation.started, said)
        conversation.entries.append(statement)
        self._fill(conversation, size, is_claim=True)

    def _fill(self, conversation: Conversation, size: int, *, is_claim: bool) -> None:
        rng, room = self.rng, self.span.end - conversation.started
        # Most is said while a thing is new.
        moments = sorted(conversation.started + room * rng.random() ** 2 for _ in range(size))
        written: dict[int, Entry] = {}
        for node, at in zip(shapes.grow(rng, size), moments, strict=True):
            parent = written[id(node.parent)] if node.parent else None
            relation = self._pick(RELATIONS) if is_claim else ""
            entry = Entry(
                conversation, node, parent, self._author(conversation, parent, relation),
                at.replace(microsecond=0), self._words(), status=self._pick(STATUSES),
                relation=relation,
            )  # fmt: skip
            if rng.random() < EDITED:
                entry.earlier_words = self._words()
            entry.up, entry.down = shapes.votes(rng, len(self.members) - 1)
            written[id(node)] = entry
            conversation.entries.append(entry)

    def _author(self, conversation: Conversation, parent: Entry | None, relation: str) -> User:
        essayist = conversation.essay.author
        if parent and relation == Relation.CONCEDES and parent.relation in OBJECTIONS:
            attacked = self.by_pk.get(parent.target_speaker)
            if attacked and self.rng.random() < BY_ATTACKED:
                return attacked
            if not attacked and essayist and conversation.is_yielding:
                return essayist
        if relation != Relation.CONCEDES and essayist and self.rng.random() < BY_ESSAYIST:
            return essayist
        author = self._somebody()
        while author.pk == conversation.essay.author_id or (parent and author == parent.author):
            author = self._somebody()
        return author

    def _somebody(self) -> User:
        """Some write much more than others; the member of the measurements hardly at all."""
        return self.members[-1 - int(len(self.members) * self.rng.random() ** 2)]

    def _pick(self, weights: dict[Choice, int]) -> Choice:
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def _words(self) -> int:
        return self.rng.randrange(self.texts)


def in_order_of_writing(conversations: list[Conversation], first_pk: int) -> list[Entry]:
    """All posts as they came in, numbered."""
    entries = [entry for conversation in conversations for entry in conversation.entries]
    # Sorting keeps the order of equals, so no answer comes before what it answers.
    entries.sort(key=lambda entry: entry.at)
    for pk, entry in enumerate(entries, start=first_pk):
        entry.pk = pk
        if entry.node:
            entry.node.pk = pk
    return entries
