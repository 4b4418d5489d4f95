"""The words of a sentence that say what it is about. Plain Python: no tables."""

import re

from forum.lib.folding import fold

# A statement has at most 300 characters: fifty words, of which half say something.
MOST_WORDS = 32
LONGEST_WORD = 24
# Shorter ones are hardly ever what a sentence is about.
SHORTEST_WORD = 3
# An ending is only taken off where so much of the word is left.
SHORTEST_STEM = 4

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDINGS = ("ings", "ing", "edly", "eds", "ed", "ens", "ern", "en", "ers", "er", "es", "em", "s",
            "e", "n")  # fmt: skip

# Words of English and German that stand in any sentence, folded.
_EMPTY = frozenset(
    fold(
        # English
        "a about after again all almost also although always am among an and any are as at be"
        " because been before being both but by can cannot could did do does done each either ever"
        " every for from get gets got had has have having he her here hers him his how however i if"
        " in into is it its just least less like many may me might more most much must my neither"
        " never no nobody nor not nothing now of off often on once one only or other others our out"
        " over own part quite rather same she should since so some still such than that the their"
        " them then there these they thing things this those though through thus to too under until"
        " up upon us very was way we well were what when where whether which while who whole whom"
        " whose why will with within without would yet you your"
        # German
        " aber alle allem allen aller alles als also am an ander andere anderen andern auch auf aus"
        " bei beim bin bis bist da dabei damit dann das dass davon dazu dein dem den denn der des"
        " dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen"
        " einer eines er erst es etwas euch fast fur gegen gibt habe haben hat hatte hatten hier"
        " hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist ja jede jedem"
        " jeden jeder jedes jene kann kein keine keinem keinen keiner konnen konnte machen man mehr"
        " mein mich mir mit muss mussen musste nach nicht nichts noch nun nur ob oder ohne schon"
        " sehr sein seine seinem seinen seiner seit sich sie sind so solche soll sollte sondern"
        " sonst uber um und uns unser unter viel vom von vor war waren warum was weil welche wenn"
        " wer werden wie wieder will wir wird wo wurde wurden zu zum zur zwar zwischen"
    ).split()
)


def content_words(text: str) -> list[str]:
    """Folded, without endings, each once, in the order of the text."""
    found: dict[str, None] = {}
    for word in _WORD.findall(fold(text)):
        bare = re.split("['’]", word)[0]
        if len(bare) >= SHORTEST_WORD and bare not in _EMPTY:
            found[_stem(bare)] = None
            if len(found) == MOST_WORDS:
                break
    return list(found)


def _stem(word: str) -> str:
    """Horse and horses, choke and choked are one word: a rough rule, the same for both sides."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)][:LONGEST_WORD]
    return word[:LONGEST_WORD]


def likeness(words: list[str], others: list[str]) -> float:
    """How much of what both say is said by both, from 0 to 1."""
    if not words or not others:
        return 0.0
    return 2 * len(set(words) & set(others)) / (len(words) + len(others))
