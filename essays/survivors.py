"""Where a passage stands of which some words survived: from the first of them to the last."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from essays.grounds import Stretch
from essays.text_diff import NOWHERE
from essays.tracing import Trace
from essays.words import is_word

# Of the letters of its words so many must have survived: fewer, and letters are alike by chance.
SURVIVING = 1 / 3
# A stray word may survive far from the others: so many runs at either end are tried as its end.
ENDS_TRIED = 3
_CLOSING = frozenset(".,;:!?…)]”’»")

Run = tuple[int, int]


def surviving_spans(trace: Trace) -> tuple[set[Stretch], set[Stretch]]:
    """With what was put in the place of its first and last words, and without."""
    whole: set[Stretch] = set()
    bare: set[Stretch] = set()
    for runs in _tried(trace, _surviving_runs(trace)):
        first, last = runs[0][0], runs[-1][1] - 1
        start, end = trace.start_of(first), trace.end_of(last)
        ground = trace.grounds.at(start)
        if ground is None or end > ground[1]:
            continue
        bare.add((start, end))
        whole |= {
            (max(ground[0], before), min(ground[1], after))
            for before in _starts(trace, first, start)
            for after in _ends(trace, last, end)
        }
    if bare and trace.is_small_part:
        piece, _ = trace.new.within(*min(bare))
        if not trace.is_in_a_like_sentence(piece):
            return set(), set()
    return whole, bare


def _surviving_runs(trace: Trace) -> list[Run]:
    """Those that have words, in the paragraph where most of it stands now."""
    found: dict[Stretch, list[Run]] = defaultdict(list)
    to_new = trace.diff.to_new
    for at in range(trace.first, trace.last):
        ground = None if to_new[at] == NOWHERE else trace.grounds.at(trace.start_of(at))
        if ground is None:
            continue
        runs = found[ground]
        if runs and runs[-1][1] == at and trace.diff.stays(at - 1, at + 1):
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    most = max(found.values(), key=lambda runs: _letters(trace, runs), default=[])
    return [run for run in most if trace.old.letters(*run)]


def _letters(trace: Trace, runs: Sequence[Run]) -> int:
    return sum(trace.old.letters(*run) for run in runs)


def _tried(trace: Trace, runs: list[Run]) -> Iterator[list[Run]]:
    least = SURVIVING * trace.old.letters(trace.first, trace.last)
    for start in range(min(len(runs), ENDS_TRIED)):
        for end in range(max(start + 1, len(runs) + 1 - ENDS_TRIED), len(runs) + 1):
            if _letters(trace, runs[start:end]) >= least:
                yield runs[start:end]


def _starts(trace: Trace, first: int, start: int) -> set[int]:
    """Where it may begin if `first` is the first of its pieces that stayed."""
    lost = first - trace.first
    if not lost:
        return {start}
    piece, edge = trace.diff.to_new[first], trace.gap[0]
    gone = first - trace.diff.before[trace.first] - 1
    sentence = trace.new.sentence_of(piece)[0]
    if trace.old.sentence_of(trace.first)[0] == trace.first:
        found = {sentence, max(sentence, edge), edge if gone == lost else sentence}
    else:
        # Of what was put in the place of more than its own words, its share.
        found = {max(sentence, piece - round((piece - edge) * lost / gone))}
    return {trace.new.starts[_past_marks(trace, at, piece)] for at in found}


def _past_marks(trace: Trace, at: int, piece: int) -> int:
    """What begins with a word does not come to begin with a comma."""
    if is_word(trace.old.pieces[trace.first]):
        while at < piece and trace.new.pieces[at] in _CLOSING:
            at += 1
    return at


def _ends(trace: Trace, last: int, end: int) -> set[int]:
    lost = trace.last - 1 - last
    if not lost:
        return {end}
    piece, edge = trace.diff.to_new[last] + 1, trace.gap[1]
    gone = trace.diff.after[trace.last] - last - 1
    sentence = trace.new.sentence_of(piece - 1)[1]
    if trace.old.sentence_of(trace.last - 1)[1] == trace.last:
        found = {sentence, min(sentence, edge), edge if gone == lost else sentence}
    else:
        found = {min(sentence, piece + round((edge - piece) * lost / gone))}
    return {trace.new.ends[at - 1] for at in found}
