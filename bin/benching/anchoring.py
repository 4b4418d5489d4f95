"""What it costs to carry an essay's passages to a revision: run inside the site's own Python.

Beside it one comparison of the two texts by words alone, the plain way to a diff; then the whole of
publishing (rendering, carrying, storing), in a database of its own.
"""

import random
import re
import sys
import time
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import partial
from statistics import median

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from essays.actions import make_current, publish_revision, quote  # noqa: E402
from essays.anchoring import Carrier, Quotation  # noqa: E402
from essays.models import Essay, Place, Revision  # noqa: E402
from forum.accounts.models import User  # noqa: E402
from forum.lib.sentences import sentence_spans  # noqa: E402
from forum.load import words  # noqa: E402

SIZES = ((10_000, 200), (60_000, 2_000))
TIMES = 5
# Comparing more words flatly would take minutes.
COMPARED_FLATLY = 12_000
LIGHT, HEAVY = 0.02, 0.15
SEED = 1


def text_of(rng: random.Random, length: int) -> str:
    paragraphs, count = [], 0
    while count < length:
        paragraphs.append(words.sentences(rng, rng.randint(3, 8)))
        count += len(paragraphs[-1].split())
    return "\n\n".join(paragraphs)


def edited(rng: random.Random, text: str, share: float) -> str:
    """So many sentences with a word replaced, and a quarter as many left out."""
    pieces, last = [], 0
    for start, end in sentence_spans(text):
        pieces.append(text[last:start])
        sentence, chance = text[start:end], rng.random()
        if chance < share:
            parts = sentence.split(" ")
            parts[rng.randrange(len(parts))] = "otherwise"
            sentence = " ".join(parts)
        pieces.append("" if share <= chance < share * 1.25 else sentence)
        last = end
    return "".join([*pieces, text[last:]])


def cpu_ms(act: Callable[[], object], times: int = TIMES) -> float:
    taken = []
    for _ in range(times):
        before = time.process_time()
        act()
        taken.append(time.process_time() - before)
    return median(taken) * 1000


def quotations(rng: random.Random, text: str, number: int) -> list[Quotation]:
    spans = sentence_spans(text)
    chosen = sorted(rng.sample(spans, min(number, len(spans))))
    return [
        Quotation(text[a:b], text[max(0, a - 32) : a], text[b : b + 32], a, b) for a, b in chosen
    ]


def carry(old: str, new: str, claims: list[Quotation]) -> None:
    Carrier(old, new).carry_all(claims)


def flat(old: str, new: str) -> None:
    before, after = re.findall(r"\S+", old), re.findall(r"\S+", new)
    SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()


def stored(rng: random.Random, old: str, new: str, claims: list[Quotation]) -> tuple[float, int]:
    """CPU ms and statements of publishing the new text, with as many passages in the old one."""
    editor = User.objects.get_or_create(username="editor", is_editor=True)[0]
    essay = Essay.objects.create(slug=f"e{rng.random()}", title="E", author_name="A", summary="S")
    revision = Revision(essay=essay, number=1, source=old, created_at="2026-01-01T00:00:00Z")
    revision.save()
    make_current(essay, revision)
    for claim in claims:
        start = revision.text.index(claim.exact)
        quote(revision=revision, start=start, end=start + len(claim.exact))
    with CaptureQueriesContext(connection) as told:
        cost = cpu_ms(lambda: publish_revision(essay=essay, source=new, note="", by=editor), 1)
    essay.refresh_from_db()
    if Place.objects.filter(revision=essay.current_revision).count() != len(claims):
        raise SystemExit("A passage has no place in the new revision.")
    return cost, len(told)


def main() -> None:
    call_command("migrate", verbosity=0)
    rng = random.Random(SEED)  # noqa: S311 — nothing is secret here
    print("Re-anchoring, CPU ms a revision.\n")
    head = ("words", "claims", "revision", "carrying", "flat diff", "publishing, whole", "SQL")
    rows = [head]
    for length, number in SIZES:
        old = text_of(rng, length)
        claims = quotations(rng, old, number)
        for name, share in (("light", LIGHT), ("heavy", HEAVY)):
            new = edited(rng, old, share)
            carrying = cpu_ms(partial(carry, old, new, claims))
            is_long = len(old.split()) > COMPARED_FLATLY
            beside = "" if is_long else f"{cpu_ms(partial(flat, old, new), 1):,.0f}"
            whole, statements = stored(rng, old, new, claims)
            rows.append(
                (f"{len(old.split()):,}", f"{len(claims):,}", name, f"{carrying:,.0f}", beside,
                 f"{whole:,.0f}", str(statements))
            )  # fmt: skip
    widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
    for row in rows:
        sys.stdout.write(
            "| " + " | ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
            + " |\n"
        )  # fmt: skip


if __name__ == "__main__":
    main()
