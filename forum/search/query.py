"""What a reader typed, taken apart: words, "phrases" and -words that must not occur."""

import re
from dataclasses import dataclass
from functools import lru_cache

from forum.lib.folding import fold

# Nobody types more by hand, and each term costs the database a walk of its own.
MAX_TERMS = 12
MAX_LENGTH = 1_000

# Letters and digits, with what is written onto them: Latin accents as characters of their own, and
# the vowel signs of Indic scripts, which Python does not count as letters (a danda ends a word).
WORD = re.compile(r"[^\W_]+(?:(?:(?!\w)[\u0300-\u036f\u0900-\u0963\u0966-\u109f])+[^\W_]*)*")

# Control characters have no place in a page, and PostgreSQL takes no NUL.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow one another; most often it is one word."""

    words: tuple[str, ...]
    shown: str

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Query:
    text: str
    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    is_cut: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to look for; what to leave out is not enough."""
        return bool(self.wanted)


def parse(raw: str) -> Query:
    """Never fails: what cannot be a word is passed over."""
    text = _UNPRINTABLE.sub(" ", raw[: MAX_LENGTH + 1]).strip()
    is_cut = len(text) > MAX_LENGTH
    text = text[:MAX_LENGTH]
    wanted: dict[tuple[str, ...], Term] = {}
    unwanted: dict[tuple[str, ...], Term] = {}
    for piece in _PIECE.finditer(text.translate(_QUOTES)):
        shown = (piece["phrase"] or piece["word"] or "").strip()
        words = tuple(WORD.findall(fold(shown)))
        if not words:
            continue
        terms = unwanted if piece["minus"] else wanted
        if words not in terms and len(wanted) + len(unwanted) == MAX_TERMS:
            is_cut = True
            break
        terms.setdefault(words, Term(words, shown))
    return Query(text, tuple(wanted.values()), tuple(unwanted.values()), is_cut)


@lru_cache(maxsize=256)
def finder(terms: tuple[Term, ...]) -> re.Pattern[str]:
    """Finds these in folded text; where one begins another, the one of more words."""
    longest_first = sorted(terms, key=lambda term: -len(term.words))
    return re.compile(rf"(?:{'|'.join(map(_pattern, longest_first))})(?![^\W_])")


def _pattern(term: Term) -> str:
    """It begins with letters, by which it is found quickly; then it looks what stands before."""
    first, *others = map(re.escape, term.words)
    return r"[\W_]+".join([rf"{first}(?<![^\W_]{first})", *others])


def only(term: Term) -> Query:
    """The query that asks for nothing but this term."""
    return Query(f'"{term.shown}"' if len(term.words) > 1 else term.shown, (term,))
