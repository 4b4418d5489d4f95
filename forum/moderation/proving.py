"""Whether what is shown as frozen or decided is what it was when its entry was written."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from forum.moderation.chain import folded, link, salted_hash, seal_of
from forum.moderation.models import Decision, FrozenText, LogEntry, LogHead, LogKind


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that is not what it was, and what of it is not, for who runs the site."""

    number: int
    what: str


ENTRY, END = "the entry itself", "the end of the log"
COUNTS = "the counts of its entries"
DECISION, SANCTION = "the decision", "the sanction"
WORDS, AROUND = "the words that were judged", "what stood around them"


def counted_as(kind: str, rule_number: int, ruling: str | None) -> tuple[str, ...]:
    """What the head's counts call an entry."""
    names = str(kind), f"rule-{rule_number}"
    return names if ruling is None else (*names, f"appeal-{ruling}")


def examine(entries: Iterable[LogEntry], head: LogHead) -> Broken | None:
    """`entries` are all there are, from the first on."""
    counted: Counter[str] = Counter()
    undone: dict[int, datetime] = {}
    seals: list[str] = []
    previous, number = "", 0
    for entry in entries:
        number += 1
        whole = link(previous, entry.public(), entry.private_hash)
        if entry.number != number or entry.previous_hash != previous or entry.hash != whole:
            return Broken(number, ENTRY)
        what = _difference(entry)
        if what is not None:
            return Broken(number, what)
        if entry.decision is not None:
            seals += [entry.decision.frozen.seal] if entry.decision.frozen.seal else []
            undone |= {number: entry.decision.undone_at} if entry.decision.undone_at else {}
        if entry.kind == LogKind.UNDO and undone.pop(entry.about_number or 0, None) != entry.at:
            return Broken(entry.about_number or number, DECISION)
        counted.update(counted_as(entry.kind, entry.rule_number, entry.ruling))
        previous = entry.hash
    if undone:
        return Broken(min(undone), DECISION)
    if (head.length, head.hash, head.sealed) != (number, previous, folded(seals)):
        return Broken(number + 1, END)
    return Broken(number + 1, COUNTS) if head.counts != counted else None


def _difference(entry: LogEntry) -> str | None:
    """Nothing of an entry without a decision: whoever parts an entry from its text cannot part it
    from the hash of it.
    """
    decision = entry.decision
    if decision is None:
        return ENTRY if entry.private_hash else None
    try:
        frozen = decision.frozen
    except ObjectDoesNotExist:
        return WORDS
    frozen.decision = decision
    for what, is_as_it_was in CHECKS.items():
        if not is_as_it_was(entry, decision, frozen):
            return what
    return None


def _is_decision(entry: LogEntry, _decision: Any, frozen: FrozenText) -> bool:
    seal = seal_of(frozen.parts())
    if not frozen.seal:
        return seal == entry.private_hash and not frozen.salt
    return seal == frozen.seal and _is_joined(entry, frozen)


def _is_joined(entry: LogEntry, frozen: FrozenText) -> bool:
    """Frozen in one part: its hash stands for both as long as neither is erased."""
    if not frozen.salt:
        return not (frozen.words_salt and frozen.context_salt)
    both = {"version": frozen.version, "source": frozen.source, "context": frozen.context}
    return salted_hash(frozen.salt, both) == entry.private_hash


def _are_words(_entry: Any, decision: Decision, frozen: FrozenText) -> bool:
    if frozen.words_salt:
        return salted_hash(frozen.words_salt, frozen.words()) == frozen.words_hash
    # Words go with their author, and with nobody else.
    return not any(frozen.words().values()) and decision.member.erased_at is not None


def _is_around(_entry: Any, _decision: Any, frozen: FrozenText) -> bool:
    if frozen.context_salt:
        return salted_hash(frozen.context_salt, frozen.context) == frozen.context_hash
    return frozen.context == {}


def _is_sanction(_entry: Any, decision: Decision, frozen: FrozenText) -> bool:
    """Of a decision that was taken back nothing of it stays; nor is it known, once erased."""
    sanction = getattr(decision, "sanction", None)
    if sanction is None:
        return decision.undone_at is not None or not frozen.context.get("sanction")
    if (sanction.member_id, sanction.reason) != (decision.member_id, decision.reason):
        return False
    said = frozen.context.get("sanction") if frozen.context_salt else sanction.facts()
    return said is not None and _moments(said) == _moments(sanction.facts())


def _moments(facts: Mapping[str, Any]) -> dict[str, Any]:
    until = facts["until"]
    return {"kind": facts["kind"], "until": datetime.fromisoformat(until) if until else None}


CHECKS: dict[str, Callable[..., bool]] = {
    DECISION: _is_decision,
    WORDS: _are_words,
    AROUND: _is_around,
    SANCTION: _is_sanction,
}
