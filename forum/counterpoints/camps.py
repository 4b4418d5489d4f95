"""The two camps of a claim, who agrees with it and who disagrees, and what convinces both.

Plain Python: the rule alone. What the columns hold is in camp_votes.py.
"""

from dataclasses import dataclass

from forum.posts.ranking import wilson

# Of fewer people nothing is told but to themselves, and fewer speak for no camp.
FEWEST = 5
# Half of each camp at the least: then the badge is due.
BADGE = 0.5

AGREE, DISAGREE = "agree", "disagree"


@dataclass(slots=True)
class Camps:
    """Of one counterpoint the votes of both camps: convincing, and not."""

    agree_up: int = 0
    agree_down: int = 0
    disagree_up: int = 0
    disagree_down: int = 0

    def move(self, side: str | None, is_up: bool | None, by: int) -> None:  # noqa: FBT001
        """Add a vote to a side's camp, or take it away. The unsure are in neither."""
        if side not in {AGREE, DISAGREE} or is_up is None:
            return
        name = f"{side}_{'up' if is_up else 'down'}"
        # A count that was wrong is mended by a recount; a negative one would refuse the vote.
        setattr(self, name, max(getattr(self, name) + by, 0))

    @property
    def both_sides(self) -> float | None:
        """The lower of both bounds; None while a camp is too small to speak for itself."""
        agree, disagree = self.agree_up + self.agree_down, self.disagree_up + self.disagree_down
        if min(agree, disagree) < FEWEST:
            return None
        return min(wilson(self.agree_up, agree), wilson(self.disagree_up, disagree))

    def rank(self, overall: float) -> float:
        """The first key of the order; `overall` is the bound of all votes, and its second."""
        both = self.both_sides
        return overall if both is None else both


def convinces_both(both_sides: float | None) -> bool:
    return both_sides is not None and both_sides >= BADGE


def may_tell(people: int) -> bool:
    """Whether a number of people is large enough to be told."""
    return people >= FEWEST


def told(people: int) -> int | None:
    """The number, or nothing where it is too small."""
    return people if may_tell(people) else None


def divided(agree: int, disagree: int, unsure: int) -> int:
    """How contested a claim is: 0 as long as nothing is told of who stands where."""
    return min(agree, disagree) if may_tell(agree + disagree + unsure) else 0
