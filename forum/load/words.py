"""Made-up prose that reads like an argument: sentences, posts in Markdown, essays.

Plain Python over a `random.Random`, so that the same seed writes the same words.
"""

import random
from collections.abc import Callable, Sequence

SUBJECTS = (
    "the ministry", "a free press", "the guild of millers", "every schoolbook", "the harbour tax",
    "an honest census", "the old franchise", "a council of elders", "the grain board",
    "a standing army", "the village court", "this comparison", "the second premise",
    "the author’s own example", "a shorter working day", "the railway committee", "public debt",
    "the parish register", "a written constitution", "cheap newsprint", "the winter famine",
    "private charity", "the land survey", "a secret ballot", "the customs union",
    "the definition in the first part", "custom", "the weavers’ petition", "an oath of office",
    "the provincial bank", "a census of tools", "the night school", "a penal colony",
    "the lighthouse fund", "an elected judge", "the salt monopoly", "a wandering preacher",
    "the mining town", "foreign credit", "the apprentices’ strike",
)  # fmt: skip
VERBS = (
    "explains", "outlived", "never touched", "softened", "paid for", "replaced", "hides",
    "depends on", "made room for", "borrowed from", "says nothing about", "weakened", "proves",
    "came before", "was silent on", "rewarded", "delayed", "presupposes", "cannot account for",
    "quietly abolished", "strengthened", "merely renamed", "divided", "kept alive",
)  # fmt: skip
OBJECTS = (
    "the price of bread", "the consent of the governed", "local loyalties", "the landless third",
    "what the witnesses wrote", "a habit of obedience", "the figures from the north",
    "the loyalty of the clerks", "the fear of strangers", "its own founding promise",
    "a generation of readers", "the quarrel over seed corn", "the older idea of honour",
    "the workshop’s bargaining power", "the cost of a mistake", "the right to leave",
    "anything that we would call a right", "the distance to the capital", "ordinary patience",
    "the difference between rule and office", "the harvest of the bad year", "the letters home",
    "a market without masters", "the silence of the archive", "a debt that nobody could repay",
    "the borders on the map", "the sense of being watched", "the promise made at the gate",
    "an alliance of convenience", "the tools in the shed",
)  # fmt: skip
WHEN = (
    "long before the reform", "for a whole generation", "within a single winter",
    "wherever it was tried", "in the river provinces", "after the second war",
    "until the mills closed", "in every town but one", "against all advice", "by sheer accident",
    "as the minutes show", "under three governments", "without a single vote", "in theory",
)  # fmt: skip
OPENINGS = (
    "Surely", "To be fair,", "Even so,", "On this reading", "In practice", "By the same token,",
    "If that is granted,", "Read closely,", "Yet", "Nevertheless", "At most",
)  # fmt: skip
REASONS = (
    "because nobody kept count", "since the sources contradict each other",
    "although the clerks wrote otherwise", "unless we change what the word means",
    "while the neighbours did the opposite", "as a careful reader will notice",
    "even if the intention was better", "which is a different question",
    "so the comparison fails", "and that is where the argument begins",
)  # fmt: skip
QUESTIONS = (
    "Who would have noticed?", "What would count against it?", "Is that the same claim?",
    "How many cases is that?", "Where is the source for this?", "Compared with what?",
    "Why only in this one place?", "Would the author accept it of a friend?",
)  # fmt: skip
HOSTS = ("example.org", "library.example", "archive.example", "press.example")
TAGS = (
    "labour", "war", "reform", "freedom", "religion", "technology", "empire", "law", "money",
    "memory", "schools", "cities",
)  # fmt: skip
GIVEN = (
    "Ada", "Bram", "Cato", "Dorothea", "Edmund", "Fenna", "Gideon", "Hester", "Ivo", "Judith",
    "Kasimir", "Lavinia", "Magnus", "Nerys", "Osric", "Perpetua", "Quentin", "Rosalind",
    "Silas", "Theda", "Ulric", "Verity", "Wilfred", "Xenia", "Yorick", "Zenobia",
)  # fmt: skip
FAMILY = (
    "Ashdown", "Bellweather", "Cradock", "Dunmore", "Elderfield", "Fairweather", "Goldthorpe",
    "Hartsease", "Inkpen", "Jellicoe", "Kettlewell", "Larkspur", "Merriman", "Nightingale",
    "Oakapple", "Pennyfeather", "Quickfall", "Ravenscar", "Summerscale", "Thistlewood",
)  # fmt: skip


def _at_times(rng: random.Random, percent: int) -> bool:
    return rng.random() * 100 < percent


def sentence(rng: random.Random) -> str:
    core = f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)} {rng.choice(OBJECTS)}"
    if _at_times(rng, 45):
        core += f" {rng.choice(WHEN)}"
    if _at_times(rng, 35):
        core += f", {rng.choice(REASONS)}"
    if _at_times(rng, 25):
        core = f"{rng.choice(OPENINGS)} {core}"
    return f"{core[0].upper()}{core[1:]}."


def sentences(rng: random.Random, number: int) -> str:
    found = [sentence(rng) for _ in range(number)]
    if number > 1 and _at_times(rng, 20):
        found.append(rng.choice(QUESTIONS))
    return " ".join(found)


def title(rng: random.Random) -> str:
    words = f"{rng.choice(SUBJECTS)} and {rng.choice(OBJECTS)}"
    return f"{words[0].upper()}{words[1:]}"


def name(rng: random.Random) -> str:
    return f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"


def essay(rng: random.Random, paragraphs: int) -> str:
    """Markdown of so many paragraphs, in parts with headings."""
    parts = []
    for number in range(paragraphs):
        if number and number % 4 == 0:
            parts.append(f"## {title(rng)}")
        parts.append(sentences(rng, rng.randint(3, 8)))
    return "\n\n".join(parts)


def post(rng: random.Random) -> str:
    """What a member writes: mostly a paragraph or two, now and then with a quotation or a list."""
    parts = [sentences(rng, rng.choice((1, 2, 2, 3, 3, 4, 5))) for _ in range(_length(rng))]
    if _at_times(rng, 50):
        place = rng.randrange(len(parts))
        parts[place] = rng.choice(DRESSES)(rng, parts[place])
    if _at_times(rng, 15):
        parts.insert(0, f"> {sentence(rng)}")
    if _at_times(rng, 6):
        parts.append("\n".join(f"- {sentence(rng)}" for _ in range(rng.randint(2, 4))))
    return "\n\n".join(parts)


def _length(rng: random.Random) -> int:
    """How many paragraphs: one as a rule, seldom as many as seven."""
    return min(7, int(rng.paretovariate(1.6)))


def _stressed(rng: random.Random, text: str) -> str:
    mark = rng.choice(("*", "**"))
    words = text.split(" ")
    place = rng.randrange(len(words))
    words[place] = f"{mark}{words[place].strip('.,?')}{mark}"
    return " ".join(words)


def _linked(rng: random.Random, text: str) -> str:
    address = f"https://{rng.choice(HOSTS)}/{rng.randrange(1700, 2000)}/{rng.randrange(400)}"
    return f"{text} See [{rng.choice(OBJECTS)}]({address})."


def _coded(rng: random.Random, text: str) -> str:
    return f"{text} The table has it as `{rng.choice(OBJECTS)}`."


DRESSES: Sequence[Callable[[random.Random, str], str]] = (_stressed, _stressed, _linked, _coded)
