"""The argument of essays as data: flat records, and the schema that says what each field means.

A record is frozen and knows no database. Whoever reads an export has nothing but these.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

FORMAT = "counterpoint-argument"
FORMAT_VERSION = 2
# Whose voice it is where somebody speaks as the essay's author, and whose the claims are.
ESSAY_VOICE = "essayist"
SHOWN = "visible"
# The status of a claim whose debate has become part of another's.
MERGED = "merged"
# Which licence a text is under, and what its writer has agreed to.
WRITERS = "writers"
PUBLISHED = "published"
CONSENTS = {
    PUBLISHED: (
        "Its writer published it on the site for everybody to read. Nothing else was asked of"
        " them, and they have agreed to nothing else."
    )
}

Record = TypeVar("Record")


def told(about: str, **more: Any) -> Any:
    return field(metadata={"about": about}, **more)


def _licence() -> Any:
    return told("Which of the licences in the head it is under; none: no text.", default=None)


def _consent() -> Any:
    return told("Which of the consents in the head its writer gave; none: no text.", default=None)


@dataclass(frozen=True, slots=True)
class Author:
    key: str = told(
        "The writer's pseudonym in this export: a1 is whoever wrote first. Whoever has left the"
        " site has one for each claim, left-CLAIM-1, so that no two debates are tied together."
    )
    name: str | None = told("The public name, only where the export was asked for names.")


@dataclass(frozen=True, slots=True)
class EssayRecord:
    slug: str = told("Names the essay, in its address and in this export.")
    title: str = told("Its title.")
    author_name: str = told("The name that it is published under.")
    summary: str = told("What it is about, in a sentence.")
    published_at: str = told("When readers could first see it, ISO 8601 in UTC.")
    current_revision: int = told("The number of the revision that readers see.")
    url: str = told("Its address.")
    licence: str | None = _licence()
    consent: str | None = _consent()


@dataclass(frozen=True, slots=True)
class RevisionRecord:
    essay: str = told("The essay's slug.")
    number: int = told("1 is the first; none is ever changed.")
    created_at: str = told("When it was made.")
    note: str = told("What the editor said of it.")
    text: str = told("Its plain text: places are counted in code points of this.")
    url: str = told("Its address.")


@dataclass(frozen=True, slots=True)
class PassageRecord:
    id: int = told("Names the passage in this export.")
    essay: str = told("The essay's slug.")
    made_in: int = told("The number of the revision that it was quoted from.")
    exact: str = told("The words, as they were first quoted.")
    prefix: str = told("What stood before them.")
    suffix: str = told("What stood after them.")


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    passage: int = told("The passage's id.")
    revision: int = told("The number of the revision of the passage's essay.")
    state: str = told("exact, moved, changed, or orphaned: the words are gone.")
    start: int | None = told("The first code point of the revision's text; none if orphaned.")
    end: int | None = told("The code point after the last; none if orphaned.")
    similarity: float | None = told("Of the words there to those first quoted, 0 to 1.")


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    id: int = told("Names the claim: /claims/<id>/.")
    essay: str = told("The essay's slug.")
    number: int = told("In order of marking within the essay.")
    passage: int = told("The passage's id.")
    status: str = told("visible; merged; anything else is why there is no text. No standing then.")
    merged_into: int | None = told("The id of the claim that it has become part of; mostly none.")
    statement: str | None = told("What the passage asserts, in one sentence.")
    marked_by: str | None = told("The pseudonym of whoever marked it. The claim is the essay's.")
    created_at: str = told("When it was marked.")
    is_key: bool = told("Whether an editor calls it a key claim.")
    label: str | None = told("Its standing.")
    label_since: str | None = told("Since when it stands so.")
    is_frozen: bool = told("Its words are gone from the essay: the label stays as it was then.")
    strength: float | None = told("What its counterpoints leave of it, 0 to 1.")
    decided_by: int | None = told("The id of the counterpoint that decides the label.")
    agree: int | None = told("Members who agree with it; none told while fewer than 5 take a side.")
    disagree: int | None = told("Members who disagree with it; told as the above.")
    unsure: int | None = told("Members who are unsure; told as the above.")
    url: str = told("Its address.")
    licence: str | None = _licence()
    consent: str | None = _consent()

    @property
    def is_shown(self) -> bool:
        return self.status == SHOWN


@dataclass(frozen=True, slots=True)
class CounterpointRecord:
    id: int = told("Names the counterpoint: /posts/<id>/.")
    claim: int = told("The claim's id.")
    target: int | None = told("The id of the counterpoint that it answers; none: the claim.")
    relation: str = told("rebuts, undercuts, supports or concedes.")
    status: str = told("visible; anything else is why there is no text, and then it carries none.")
    author: str | None = told("The writer's pseudonym, or essayist: who speaks as the author.")
    created_at: str = told("When it was posted.")
    edited_at: str | None = told("When its text was last changed.")
    restatement: str | None = told("What it answers, in the writer's own words.")
    text: str | None = told("What it says, as plain text.")
    up: int | None = told("Votes that find it convincing.")
    down: int | None = told("Votes that do not.")
    base: float | None = told("What the votes give it, 0 to 1.")
    strength: float | None = told("What the answers to it leave of it in itself.")
    link: float | None = told("What undercuts leave of its bearing on what it answers.")
    effect: float | None = told("Strength times link.")
    agree_up: int | None = told(
        "Of up, those who agree with the claim; none if fewer than 5 voted."
    )
    agree_down: int | None = told("Of down, those who agree with the claim; told as the above.")
    disagree_up: int | None = told("Of up, those who disagree; none if fewer than 5 of them voted.")
    disagree_down: int | None = told("Of down, those who disagree; told as the above.")
    both_sides: float | None = told("The lower of both camps' Wilson bounds; none if one is small.")
    minds: int | None = told("Members who say it changed their mind; none if fewer than 5.")
    url: str = told("Its address.")
    licence: str | None = _licence()
    consent: str | None = _consent()

    @property
    def is_shown(self) -> bool:
        return self.status == SHOWN


TABLES: dict[str, type] = {
    "author": Author,
    "essay": EssayRecord,
    "revision": RevisionRecord,
    "passage": PassageRecord,
    "place": PlaceRecord,
    "claim": ClaimRecord,
    "counterpoint": CounterpointRecord,
}


@dataclass(frozen=True)
class Snapshot:
    """Everything that one export tells. Counterpoints come oldest first: that decides ties."""

    site: str
    licence: str
    floor: Fraction
    quorum: int
    authors: Sequence[Author]
    essays: Sequence[EssayRecord]
    revisions: Sequence[RevisionRecord]
    passages: Sequence[PassageRecord]
    places: Sequence[PlaceRecord]
    claims: Sequence[ClaimRecord]
    counterpoints: Sequence[CounterpointRecord]

    def tables(self) -> Iterator[tuple[str, Sequence[Any]]]:
        rows = (
            self.authors, self.essays, self.revisions, self.passages, self.places, self.claims,
            self.counterpoints,
        )  # fmt: skip
        yield from zip(TABLES, rows, strict=True)

    @property
    def head(self) -> dict[str, Any]:
        """What holds for all of it: the licence, and the parameters of the rule of standing."""
        return {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "site": self.site,
            "licence": self.licence,
            "licences": {WRITERS: self.licence},
            "consents": CONSENTS,
            "rule": {"floor": str(self.floor), "quorum": self.quorum},
        }

    @cached_property
    def claims_of(self) -> Mapping[str, Sequence[ClaimRecord]]:
        return _grouped(self.claims, "essay")

    @cached_property
    def counterpoints_of(self) -> Mapping[int, Sequence[CounterpointRecord]]:
        """All below a claim."""
        return _grouped(self.counterpoints, "claim")


def _grouped(records: Sequence[Any], name: str) -> Mapping[Any, Sequence[Any]]:
    groups: defaultdict[Any, list[Any]] = defaultdict(list)
    for record in records:
        groups[getattr(record, name)].append(record)
    return groups


def as_row(record: Any) -> dict[str, Any]:
    """Field by field, in the schema's order."""
    return {each.name: getattr(record, each.name) for each in fields(record)}


# As the table schema of a data package calls them.
_KINDS = {str: "string", int: "integer", float: "number", bool: "boolean"}


def schema() -> dict[str, list[dict[str, str]]]:
    """Of each table the fields: name, type and meaning. All that may be empty is nullable."""
    return {
        name: [
            {
                "name": each.name,
                "type": next(word for kind, word in _KINDS.items() if kind in _kinds_of(each)),
                "description": each.metadata["about"],
            }
            for each in fields(table)
        ]
        for name, table in TABLES.items()
    }


def _kinds_of(each: Any) -> tuple[Any, ...]:
    return getattr(each.type, "__args__", (each.type,))
