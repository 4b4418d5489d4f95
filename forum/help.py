"""The page that explains how a claim fares. Its examples are worked by the rule itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from forum.counterpoints.standing import FLOOR
from forum.counterpoints.standing_tree import Node, Tree, compute
from forum.counterpoints.weighing import floor, quorum

# Where the claim's line ends and the first sign begins; from sign to sign; half a sign.
FIRST_SIGN, STEP, HALF = 92, 50, 14

# Each label's own line, from the claim to the first sign, as essays underline with it.
LINES = {
    "unchallenged": "M40 24H92",
    "stands": "M40 24H92",
    "unanswered": "M40 24q3.25-4 6.5 0t6.5 0t6.5 0t6.5 0t6.5 0t6.5 0t6.5 0t6.5 0",
    "contested": "M40 21H92M40 27H92",
    "refuted": "M40 24H92",
    "conceded": "M40 18H92M40 30H92",
}


@dataclass(frozen=True, slots=True)
class Reply:
    kind: str
    up: int = 0
    author: str = ""
    caption: str = ""

    def said(self) -> str:
        """What stands under its sign: who wrote it, or who found it convincing."""
        return self.caption or (f"+{self.up}" if self.up else "")


@dataclass(frozen=True, slots=True)
class Tile:
    kind: str
    caption: str
    survives: bool
    x: int

    @property
    def sign_x(self) -> float:
        return self.x + 0.14 * 2 * HALF

    @property
    def middle(self) -> int:
        return self.x + HALF

    @property
    def wire(self) -> str:
        """From the sign before; the first has the claim's line instead."""
        return f"M{self.x + HALF - STEP + HALF} 24h{STEP - 2 * HALF}" if self.x > FIRST_SIGN else ""


@dataclass(frozen=True, slots=True)
class Example:
    words: str
    label: str
    strength: str
    line: str
    tiles: tuple[Tile, ...]
    # The empty place of an answer that nobody has given.
    slot: Tile | None


def example(words: str, *chain: Reply) -> Example:
    """A claim and a chain of replies, each to the one before."""
    nodes = [Node("claim", "claim", None, "essayist")]
    nodes += [
        Node(
            number, reply.kind, number - 1 if number else "claim", reply.author or number, reply.up
        )
        for number, reply in enumerate(chain)
    ]
    values = compute(Tree(nodes), Fraction)
    label = str(values["claim"].label)
    tiles = tuple(
        Tile(reply.kind, reply.said(), values[number].effect >= FLOOR, FIRST_SIGN + STEP * number)
        for number, reply in enumerate(chain)
    )
    end = Tile("", "", survives=True, x=FIRST_SIGN + STEP * len(tiles))
    return Example(
        words, label, str(values["claim"].strength), LINES[label], tiles,
        end if label == "unanswered" else None,
    )  # fmt: skip


def worked_examples() -> Sequence[Example]:
    fresh = Reply("rebuts", caption="fresh")
    plus_five = Reply("rebuts", 5)
    return [
        example("A claim to which nobody has objected."),
        example(
            "A fresh objection. It is slight, but it has no answer, and the page says so at once.",
            fresh,
        ),
        example("To meet a fresh objection, a fresh answer is enough.", fresh, fresh),
        example(
            "Three readers found the objection convincing, six the answer to it.",
            Reply("rebuts", 3),
            Reply("rebuts", 6),
        ),
        example(
            "There is an answer. It convinced nobody, and the objection convinced twelve.",
            Reply("rebuts", 12),
            Reply("rebuts", caption="no votes"),
        ),
        example(
            "Sixteen find that the objection, true or not, does not bear on the claim.",
            Reply("rebuts", 6),
            Reply("undercuts", 16),
        ),
        example(
            "The objector grants the answer. The objection is given up, and the claim is where "
            "it was.",
            Reply("rebuts", author="objector", caption="given up"),
            Reply("rebuts"),
            Reply("concedes", author="objector", caption="by the objector"),
        ),
        example(
            "Five rebuttals, each of the one before, each convincing to five. Neither side is "
            "done.",
            *[plus_five] * 5,
        ),
        example(
            "The essay’s author accepts the objection. From then on no vote is asked.",
            Reply("rebuts"),
            Reply("concedes", author="essayist", caption="by the author"),
        ),
    ]


EXAMPLES = worked_examples()


@login_not_required
@require_safe
def standing_rule(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {
        "examples": EXAMPLES,
        "floor": str(Fraction(floor()).limit_denominator(1000)),
        "quorum": quorum(),
    }
    return TemplateResponse(request, "forum/standing_rule.html", context)
