"""How many claims have which standing, said in a sentence."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import ngettext, ngettext_lazy, npgettext_lazy, pgettext

from forum.lib.nouns import count_word


class _Said(NamedTuple):
    verb: str
    whole: Any
    # After one with the same verb, which is left out then.
    short: Any


# In the order in which a sentence names them, where their numbers are equal.
_LEDGER = {
    "stands": _Said(
        "stands",
        ngettext_lazy("%(words)s stands", "%(words)s stand", "number"),
        ngettext_lazy("%(words)s stands", "%(words)s stand", "number"),
    ),
    "unchallenged": _Said(
        "is",
        ngettext_lazy("%(words)s is unchallenged", "%(words)s are unchallenged", "number"),
        npgettext_lazy(
            "verb left out", "%(words)s unchallenged", "%(words)s unchallenged", "number"
        ),
    ),
    "unanswered": _Said(
        "is",
        ngettext_lazy("%(words)s is unanswered", "%(words)s are unanswered", "number"),
        npgettext_lazy("verb left out", "%(words)s unanswered", "%(words)s unanswered", "number"),
    ),
    "contested": _Said(
        "is",
        ngettext_lazy("%(words)s is contested", "%(words)s are contested", "number"),
        npgettext_lazy("verb left out", "%(words)s contested", "%(words)s contested", "number"),
    ),
    "refuted": _Said(
        "is",
        ngettext_lazy("%(words)s is refuted", "%(words)s are refuted", "number"),
        npgettext_lazy("verb left out", "%(words)s refuted", "%(words)s refuted", "number"),
    ),
    "conceded": _Said(
        "is",
        ngettext_lazy("%(words)s is conceded", "%(words)s are conceded", "number"),
        npgettext_lazy("verb left out", "%(words)s conceded", "%(words)s conceded", "number"),
    ),
}

# From the least tried to the most.
_STRIP = {
    "unchallenged": ngettext_lazy("%(number)s unchallenged", "%(number)s unchallenged", "number"),
    "stands": ngettext_lazy("%(number)s stands", "%(number)s stand", "number"),
    "unanswered": ngettext_lazy("%(number)s unanswered", "%(number)s unanswered", "number"),
    "contested": ngettext_lazy("%(number)s contested", "%(number)s contested", "number"),
    "refuted": ngettext_lazy("%(number)s refuted", "%(number)s refuted", "number"),
    "conceded": ngettext_lazy("%(number)s conceded", "%(number)s conceded", "number"),
}


def listed(parts: Iterable[str]) -> str:
    return pgettext("between the parts of a list", ", ").join(parts)


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    present = [(label, counts.get(label, 0)) for label in _LEDGER if counts.get(label, 0)]
    return sorted(present, key=lambda pair: -pair[1])


def ledger_sentence(counts: Mapping[str, int]) -> str:
    """Standings counted → "three stand, two are unchallenged, one is refuted, one conceded"."""
    parts = []
    spoken = ("", False)
    for label, number in _ranked(counts):
        said = _LEDGER[label]
        # A verb that was just said is left out.
        verb = (said.verb, number == 1)
        form = said.short if verb == spoken else said.whole
        parts.append(form % {"words": count_word(number), "number": number})
        spoken = verb
    return listed(parts)


def strip_summary(labels: Iterable[str]) -> str:
    """What a row of signs says to whoever cannot see it: "4 claims: 3 stand, 1 contested"."""
    counts: dict[str, int] = {}
    for label in labels:
        counts[label] = counts.get(label, 0) + 1
    total = sum(counts.values())
    each = [_STRIP[label] % {"number": counts[label]} for label in _STRIP if label in counts]
    said = ngettext("%(number)s claim: %(standings)s", "%(number)s claims: %(standings)s", total)
    return said % {"number": total, "standings": listed(each)}
