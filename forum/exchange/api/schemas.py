"""What the read API answers, field by field: the page of the API is made of these words."""

from datetime import datetime
from typing import Annotated, Generic, Literal, TypeVar

from ninja import Schema
from pydantic import Field

Item = TypeVar("Item")
Standing = Literal["unchallenged", "stands", "unanswered", "contested", "refuted", "conceded"]
Relation = Literal["rebuts", "undercuts", "supports", "concedes"]
Status = Literal["visible", "held", "hidden", "removed", "withdrawn"]


class Problem(Schema):
    """Every refusal, as RFC 9457 has it."""

    title: Annotated[str, Field(description="What kind of refusal it is.")]
    status: Annotated[int, Field(description="The number of the HTTP status.")]
    detail: Annotated[str, Field(description="What is wrong, in a sentence for people.")]


class Page(Schema, Generic[Item]):
    licence: Annotated[str, Field(description="What readers may do with the texts.")]
    items: list[Item]
    next: Annotated[str | None, Field(description="Address of the next page; null on the last.")]


class Author(Schema):
    id: Annotated[int, Field(description="Stays when the name changes.")]
    name: Annotated[str, Field(description="As the site shows it now.")]
    url: Annotated[str, Field(description="Their page on the site.")]


class Essay(Schema):
    id: int
    slug: str
    title: str
    author_name: Annotated[str, Field(description="The name that it is published under.")]
    summary: str
    tags: list[str]
    published_at: datetime
    revision: Annotated[int, Field(description="The number of the revision that readers see.")]
    is_retired: Annotated[
        bool, Field(description="Read by whoever has its address, listed no more.")
    ]
    claim_count: int
    counterpoint_count: int
    open_count: Annotated[int, Field(description="Claims that wait for an answer.")]
    url: str


class RevisionInList(Schema):
    id: int
    essay: Annotated[str, Field(description="The essay’s slug.")]
    number: Annotated[int, Field(description="1 is the first; none is ever changed.")]
    created_at: datetime
    note: Annotated[str, Field(description="What the editor said of it.")]
    word_count: int
    url: str


class Revision(RevisionInList):
    licence: Annotated[str, Field(description="What readers may do with the text.")]
    text: Annotated[str, Field(description="Plain; places are counted in code points of this.")]


class Sentence(Schema):
    paragraph: Annotated[int, Field(description="1 is the first paragraph.")]
    sentence: Annotated[int, Field(description="1 is the first in its paragraph.")]
    start: Annotated[int, Field(description="Its first code point in the revision’s text.")]
    end: Annotated[int, Field(description="The code point after its last.")]
    text: str
    url: str


class Passage(Schema):
    exact: Annotated[str, Field(description="The words, as they were first quoted.")]
    prefix: Annotated[str, Field(description="What stood before them.")]
    suffix: Annotated[str, Field(description="What stood after them.")]
    made_in: Annotated[int, Field(description="The number of the revision quoted.")]
    state: Annotated[
        Literal["exact", "moved", "changed", "orphaned"] | None,
        Field(description="How it stands in the newest revision."),
    ]
    start: Annotated[int | None, Field(description="Its place there; null if orphaned.")]
    end: int | None


class Decider(Schema):
    id: Annotated[int, Field(description="The counterpoint’s number.")]
    url: str


class CurrentStanding(Schema):
    label: Standing
    since: datetime
    is_frozen: Annotated[bool, Field(description="The words are gone: it stays as it was then.")]
    strength: Annotated[float, Field(description="What its counterpoints leave of it, 0 to 1.")]
    decided_by: Annotated[Decider | None, Field(description="The post that decides the label.")]


class PastStanding(Schema):
    label: Standing
    at: datetime
    decided_by: Decider | None
    cause: Annotated[
        Literal[
            "posted",
            "voted",
            "withdrawn",
            "taken-down",
            "restored",
            "merged",
            "parted",
            "moved",
            "revised",
        ]
        | None,
        Field(description="What was done that moved it; null at its marking."),
    ]
    moved_by: Annotated[Decider | None, Field(description="The counterpoint it was done to.")]


class Claim(Schema):
    id: Annotated[int, Field(description="Of the claim, and of its thread.")]
    essay: Annotated[str, Field(description="The essay’s slug.")]
    number: Annotated[int, Field(description="In order of marking within the essay.")]
    statement: Annotated[str, Field(description="What the passage asserts, in one sentence.")]
    marked_by: Author | None
    created_at: datetime
    is_key: bool
    passage: Passage
    standing: CurrentStanding
    counterpoint_count: int
    url: str


class Thread(Schema):
    id: int
    essay: Annotated[str, Field(description="The essay’s slug.")]
    kind: Literal["discussion", "claim"]
    created_at: datetime
    last_post_at: datetime | None
    is_locked: bool
    post_count: int
    url: str


class Post(Schema):
    """One that was taken down or taken back keeps its place, and says nothing."""

    id: int
    thread: int
    parent: Annotated[int | None, Field(description="The post that it answers.")]
    depth: int
    status: Annotated[Status, Field(description="Unless visible, there is no text.")]
    author: Annotated[Author | None, Field(description="Null where there is no text, or no name.")]
    as_author: Annotated[bool, Field(description="Speaks for the essay’s author.")]
    created_at: datetime
    edited_at: datetime | None
    text: str | None
    up: Annotated[int | None, Field(description="Votes that find it convincing.")]
    down: int | None
    url: str


class Counterpoint(Post):
    claim: int
    target: Annotated[int | None, Field(description="The counterpoint answered; null: the claim.")]
    relation: Relation
    restatement: Annotated[str | None, Field(description="What it answers, in its own words.")]
    base: Annotated[float | None, Field(description="What the votes give it, 0 to 1.")]
    strength: Annotated[float | None, Field(description="What the answers to it leave of it.")]
    link: Annotated[float | None, Field(description="What undercuts leave of its bearing.")]
    effect: Annotated[float | None, Field(description="Strength times link.")]


class Change(Schema):
    kind: Literal["essay", "revision", "claim", "counterpoint", "post", "author"]
    id: Annotated[int, Field(description="The id that things of this kind have in this API.")]
    act: Annotated[
        Literal[
            "made", "published", "edited", "revised", "moved", "relabelled", "restored", "held",
            "hidden", "removed", "withdrawn", "deleted",
        ],
        Field(description="What was done to it then."),
    ]  # fmt: skip
    at: datetime
    is_gone: Annotated[bool, Field(description="Drop it, and an essay with all that hangs on it.")]
    item: Annotated[
        Essay | RevisionInList | Claim | Counterpoint | Post | Author | None,
        Field(description="As it is now, which may be later than this change; null if gone."),
    ]


class Changes(Schema):
    licence: Annotated[str, Field(description="What readers may do with the texts.")]
    items: list[Change]
    next: Annotated[str, Field(description="Ask here for what comes after; it is never null.")]
    has_more: Annotated[bool, Field(description="Whether there is more to be had at once.")]
