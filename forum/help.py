"""The page that explains how a claim fares. Its examples are worked by the rule itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from forum.counterpoints.standing import FLOOR, QUORUM
from forum.counterpoints.standing_tree import Node, Tree, compute
from forum.counterpoints.weighing import floor, quorum
from forum.counterpoints.wording import capital
from forum.lib.nouns import count_word, counted

# In the language of whoever reads them: the examples themselves are worked once.
Words = Any

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
    down: int = 0
    author: str = ""
    caption: Words = ""

    def said(self) -> Words:
        """What stands under its sign: who wrote it, or who found it convincing."""
        votes = " ".join(f"{sign}{n}" for sign, n in (("+", self.up), ("−", self.down)) if n)
        return self.caption or votes


@dataclass(frozen=True, slots=True)
class Tile:
    kind: str
    caption: Words
    survives: bool
    x: int
    # To the sign before it; else it speaks to the claim itself, as that does.
    is_answer: bool = True

    @property
    def sign_x(self) -> float:
        return self.x + 0.14 * 2 * HALF

    @property
    def middle(self) -> int:
        return self.x + HALF

    @property
    def wire(self) -> str:
        """From the sign before; the first has the claim's line instead."""
        if not self.is_answer or self.x == FIRST_SIGN:
            return ""
        return f"M{self.x + HALF - STEP + HALF} 24h{STEP - 2 * HALF}"


@dataclass(frozen=True, slots=True)
class Example:
    words: Words
    label: str
    strength: str
    line: str
    tiles: tuple[Tile, ...]
    # The empty place of an answer that nobody has given.
    slot: Tile | None


def example(words: Words, *chain: Reply) -> Example:
    """A claim and a chain of replies, each to the one before."""
    nodes = [Node("claim", "claim", None, "essayist")]
    nodes += [
        _node(number, reply, number - 1 if number else "claim")
        for number, reply in enumerate(chain)
    ]
    return _worked(words, nodes, chain)


def beside(words: Words, *replies: Reply) -> Example:
    """A claim and several counterpoints to it, none of which answers another."""
    nodes = [Node("claim", "claim", None, "essayist")]
    nodes += [_node(number, reply, "claim") for number, reply in enumerate(replies)]
    return _worked(words, nodes, replies, is_chain=False)


def _node(number: int, reply: Reply, target: int | str) -> Node:
    return Node(number, reply.kind, target, reply.author or number, reply.up, reply.down)


def _worked(
    words: Words, nodes: Sequence[Node], replies: Sequence[Reply], *, is_chain: bool = True
) -> Example:
    values = compute(Tree(nodes), Fraction)
    label = str(values["claim"].label)
    tiles = tuple(
        Tile(
            reply.kind, reply.said(), values[number].effect >= FLOOR, FIRST_SIGN + STEP * number,
            is_answer=is_chain,
        )
        for number, reply in enumerate(replies)
    )  # fmt: skip
    end = Tile("", "", survives=True, x=FIRST_SIGN + STEP * len(tiles))
    slot = end if label == "unanswered" and is_chain else None
    return Example(words, label, str(values["claim"].strength), LINES[label], tiles, slot)


def worked_examples() -> Sequence[Example]:
    fresh = Reply("rebuts", caption=gettext_lazy("fresh"))
    plus_five = Reply("rebuts", 5)
    return [
        example(gettext_lazy("A claim to which nobody has objected.")),
        example(
            gettext_lazy(
                "A fresh objection. It is slight, but it has no answer, and the page says so "
                "at once."
            ),
            fresh,
        ),
        example(gettext_lazy("To meet a fresh objection, a fresh answer is enough."), fresh, fresh),
        example(
            gettext_lazy("Three readers found the objection convincing, six the answer to it."),
            Reply("rebuts", 3),
            Reply("rebuts", 6),
        ),
        example(
            gettext_lazy(
                "There is an answer. It convinced nobody, and the objection convinced twelve."
            ),
            Reply("rebuts", 12),
            Reply("rebuts", caption=gettext_lazy("no votes")),
        ),
        example(
            gettext_lazy(
                "Sixteen find that the objection, true or not, does not bear on the claim."
            ),
            Reply("rebuts", 6),
            Reply("undercuts", 16),
        ),
        example(
            gettext_lazy(
                "The objector grants the answer. The objection is given up, and the claim is where "
                "it was."
            ),
            Reply("rebuts", author="objector", caption=gettext_lazy("given up")),
            Reply("rebuts"),
            Reply("concedes", author="objector", caption=gettext_lazy("by the objector")),
        ),
        example(
            gettext_lazy(
                "Five rebuttals, each of the one before, each convincing to five. Neither side is "
                "done."
            ),
            *[plus_five] * 5,
        ),
        example(
            gettext_lazy(
                "The essay’s author accepts the objection. From then on no vote is asked."
            ),
            Reply("rebuts"),
            Reply("concedes", author="essayist", caption=gettext_lazy("by the author")),
        ),
    ]


def admitted_examples() -> Sequence[Example]:
    """What the rule cannot do, or does to the surprise of some; worked by the rule itself."""
    half_good = Reply("rebuts", 1, down=1)
    return [
        beside(
            gettext_lazy(
                "Three half-good objections weigh as much as one of them: they do not add up."
            ),
            half_good,
            half_good,
            half_good,
        ),
        beside(
            gettext_lazy(
                "One strong support makes up for one strong objection in the number. The label "
                "still "
                "says that nobody has answered."
            ),
            Reply("rebuts", 6),
            Reply("supports", 6),
        ),
        beside(
            _outvoted(),
            Reply("rebuts", down=QUORUM),
        ),
    ]


def _said_of_outvoting() -> str:
    words = _(
        "%(quorum)s voters who agree among themselves set aside an objection that nobody has"
        " answered."
    )
    return words % {"quorum": capital(count_word(QUORUM))}


_outvoted = lazy(_said_of_outvoting, str)

EXAMPLES, ADMITTED = worked_examples(), admitted_examples()


@login_not_required
@require_safe
def standing_rule(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {
        "examples": EXAMPLES,
        "admitted": ADMITTED,
        # They are worked with what is published; a site may have set something else.
        "is_as_published": (Fraction(floor()).limit_denominator(1000), quorum()) == (FLOOR, QUORUM),
        "published": _("%(floor)s and %(votes)s")
        % {"floor": FLOOR, "votes": counted(QUORUM, "vote")},
        "floor": str(Fraction(floor()).limit_denominator(1000)),
        "quorum": quorum(),
    }
    return TemplateResponse(request, "forum/standing_rule.html", context)
