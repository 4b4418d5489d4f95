"""Makes essays of a manuscript's pieces: all of them or none, and again only what changed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from essays.actions import make_current, publish_revision, refresh
from essays.drafting import save_draft
from essays.impact import fates
from essays.known_tags import KnownTags, why_no_tag
from essays.manuscripts.dates import moment_of
from essays.manuscripts.pieces import Piece
from essays.manuscripts.summaries import summary_of
from essays.models import Draft, Essay, Revision
from forum.lib.folding import fold
from forum.lib.markdown import says_something
from forum.lib.rendering import Unrenderable, render_essay
from forum.lib.site_language import in_site_language

LONGEST_SLUG = 80
LONGEST_TITLE = 160
LONGEST_AUTHOR = 80
# What only a change of the words asks for.
_HEAVY = ("folded", *(f"current_revision__{name}" for name in ("html", "text", "blocks")))


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an essay cannot be made as it is; `number` 0 where it is said of the whole."""

    number: int
    # title, tags, author, text: what an editor would have to change.
    about: str
    words: str

    def __str__(self) -> str:
        if not self.number:
            return self.words
        return _("Essay %(number)s: %(words)s") % {"number": self.number, "words": self.words}


class Unready(Exception):  # noqa: N818 — it is said of the manuscript
    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = list(problems)


@dataclass(frozen=True, slots=True)
class Imported:
    number: int
    essay: Essay
    words: str
    is_changed: bool
    is_new: bool


def slug_of(piece: Piece) -> str:
    name = piece.slug or piece.title
    slug = slugify(fold(name))[:LONGEST_SLUG].strip("-_")
    # Words without a letter that an address could hold: always the same stand for them.
    return slug or f"essay-{sha256(name.encode()).hexdigest()[:8]}"


def known_essays(pieces: Sequence[Piece], *, to_change: bool = False) -> dict[int, Essay]:
    """By the place of the piece: the essay that has its address, or else its title."""
    essays = Essay.objects.select_for_update(of=("self",)) if to_change else Essay.objects.all()
    there = (
        essays.filter(
            Q(slug__in={slug_of(piece) for piece in pieces})
            | Q(title__in={piece.title for piece in pieces})
        )
        .select_related("current_revision", "draft")
        .defer(*_HEAVY)
    )
    by_slug = {essay.slug: essay for essay in there}
    by_title: dict[str, list[Essay]] = defaultdict(list)
    for essay in there:
        by_title[essay.title].append(essay)
    found = {}
    for place, piece in enumerate(pieces):
        namesakes = by_title[piece.title]
        essay = by_slug.get(slug_of(piece)) or (namesakes[0] if len(namesakes) == 1 else None)
        if essay is not None:
            found[place] = essay
    return found


def is_unchanged(piece: Piece, essay: Essay) -> bool:
    """Readers see these words, or they lie on the desk as its draft."""
    current, draft = essay.current_revision, getattr(essay, "draft", None)
    sources = [each.source for each in (current, draft) if each is not None]
    return any(source.rstrip() == piece.source.rstrip() for source in sources)


def problems_of(pieces: Sequence[Piece], author_name: str) -> list[Problem]:
    """What can be told before any of them is rendered."""
    taken = [(number, piece) for number, piece in enumerate(pieces, start=1) if piece.is_taken]
    if not taken:
        return [Problem(0, "text", _("Take one essay at least."))]
    found: list[Problem] = []
    seen: dict[str, int] = {}
    for number, piece in taken:
        found += [Problem(number, about, words) for about, words in _faults(piece, author_name)]
        first = seen.setdefault(slug_of(piece), number)
        if first != number:
            words = _(
                "It would have the same address as essay %(first)s: give it another title."
            ) % {"first": first}
            found.append(Problem(number, "title", words))
    return found


def _faults(piece: Piece, author_name: str) -> list[tuple[str, str]]:
    author = piece.author or author_name
    faults = [
        ("title", _("It needs a title."), not says_something(piece.title)),
        (
            "title",
            _("A title has at most %(length)s characters.") % {"length": LONGEST_TITLE},
            len(piece.title) > LONGEST_TITLE,
        ),
        ("author", _("Say who wrote it."), not author),
        (
            "author",
            _("An author’s name has at most %(length)s characters.") % {"length": LONGEST_AUTHOR},
            len(author) > LONGEST_AUTHOR,
        ),
        *(("tags", fault, True) for fault in map(why_no_tag, piece.tags) if fault),
        ("text", _("There is no text in it."), not piece.blocks),
    ]
    return [(about, words) for about, words, is_so in faults if is_so]


@transaction.atomic
def store(
    *, pieces: Sequence[Piece], author_name: str, file_name: str, by: Any = None,
    publish: bool = False, now: datetime | None = None,
) -> list[Imported]:  # fmt: skip
    """Raises `Unready`, and then nothing was stored. `by` None: it is done on the command line.

    A new essay is seen by editors only, unless it is published. Changed words become a revision;
    where claims stand on them, a draft on the desk, which shows what becomes of each.
    """
    problems = problems_of(pieces, author_name)
    if problems:
        raise Unready(problems)
    now = now or timezone.now()
    taken = [(number, piece) for number, piece in enumerate(pieces, start=1) if piece.is_taken]
    known = known_essays([piece for _, piece in taken], to_change=True)
    _refuse_shared(taken, known)
    tags = KnownTags([piece for place, (_, piece) in enumerate(taken) if place not in known])
    done = []
    for place, (number, piece) in enumerate(taken):
        importer = _Importer(number, piece, file_name, by, now)
        essay = known.get(place)
        if essay is None:
            essay = importer.make(author_name, tags)
            words = pgettext("an imported essay", "new")
        else:
            words = importer.revise(essay)
        is_published = publish and importer.publish(essay)
        told = words or pgettext("an imported essay", "unchanged")
        if is_published:
            told = _("%(words)s, published") % {"words": told}
        done.append(
            Imported(
                number, essay, told, is_changed=bool(words or is_published),
                is_new=place not in known,
            )
        )  # fmt: skip
    return done


def _refuse_shared(taken: Sequence[tuple[int, Piece]], known: dict[int, Essay]) -> None:
    seen: dict[int, int] = {}
    for place, essay in known.items():
        number = taken[place][0]
        first = seen.setdefault(essay.pk, number)
        if first != number:
            words = _("It would change the same essay as essay %(first)s: “%(title)s”.") % {
                "first": first,
                "title": essay.title,
            }
            raise Unready([Problem(number, "title", words)])


@dataclass(frozen=True, slots=True)
class _Importer:
    """One piece on its way to be an essay."""

    number: int
    piece: Piece
    file_name: str
    by: Any
    now: datetime

    def make(self, author_name: str, tags: KnownTags) -> Essay:
        piece = self.piece
        essay = Essay.objects.create(
            slug=slug_of(piece), title=piece.title.strip(),
            author_name=piece.author or author_name, summary=summary_of(piece),
        )  # fmt: skip
        self._add_revision(essay, 1, note="")
        essay.tags.add(*tags.of(piece))
        refresh(essay)
        return essay

    def revise(self, essay: Essay) -> str:
        """What became of it; empty where nothing did."""
        if is_unchanged(self.piece, essay):
            return ""
        if self._changes_claimed_words(essay):
            self._lay_on_the_desk(essay)
            return _("a draft on the desk, because claims stand on words that changed")
        current = essay.current_revision
        number = current.number + 1 if current else 1
        self._add_revision(
            essay,
            number,
            note=self._note(),
        )
        return _("revision %(number)s") % {"number": number}

    def publish(self, essay: Essay) -> bool:
        if essay.published_at is not None or essay.current_revision is None:
            return False
        essay.published_at = min(moment_of(self.piece.date) or self.now, self.now)
        essay.save(update_fields=["published_at"])
        refresh(essay)
        return True

    def _add_revision(self, essay: Essay, number: int, note: str) -> None:
        source = self.piece.source
        try:
            if self.by is not None:
                revision = publish_revision(
                    essay=essay, source=source, note=note, by=self.by, now=self.now
                )
            else:
                revision = Revision(
                    essay=essay, number=number, source=source, note=note, created_at=self.now
                )
                revision.save()
                make_current(essay, revision)
        except Unrenderable as error:
            self._refuse(str(error))
        if not revision.text:
            self._refuse(_("There are no words in it."))
        essay.refresh_from_db()

    def _note(self) -> str:
        """Readers see it beside the revision, whoever imported it."""
        words: str = in_site_language(lambda: _("Imported again from %(file_name)s."))
        return words % {"file_name": self.file_name}

    def _refuse(self, words: str) -> None:
        raise Unready([Problem(self.number, "text", words)])

    def _changes_claimed_words(self, essay: Essay) -> bool:
        if not essay.passages.exists():
            return False
        try:
            rendered = render_essay(self.piece.source)
        except Unrenderable as error:
            self._refuse(str(error))
        found = fates(essay.current_revision, rendered.text, rendered.blocks)
        return any(fate.start is not None and fate.was != fate.becomes for fate in found)

    def _lay_on_the_desk(self, essay: Essay) -> None:
        draft = getattr(essay, "draft", None)
        if draft is not None:
            self._refuse(
                _("There is a draft of “%(title)s”: publish it or discard it first.")
                % {"title": essay.title}
            )
        note = self._note()
        if self.by is not None:
            save_draft(
                by=self.by, essay=essay, source=self.piece.source, note=note, seen=0, now=self.now
            )
            return
        Draft.objects.create(
            essay=essay, source=self.piece.source, note=note, saved_at=self.now,
            based_on=essay.current_revision,
        )  # fmt: skip
