"""Where a post stands in its thread's tree: steps of fixed width, so that text order is tree order.

The eleventh reply to the first top-level post has the path "0001000b".
"""

# Replies deeper than this are quarrels between two people: they can take it elsewhere.
MAX_DEPTH = 16
# In base 36: 1,679,615 replies to one post.
STEP_WIDTH = 4
PATH_LENGTH = MAX_DEPTH * STEP_WIDTH

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
STEP_LIMIT = len(DIGITS) ** STEP_WIDTH
# Sorts after every digit: the end of a branch's range.
AFTER_ALL = "~"


def step(number: int) -> str:
    """The `number`th reply's step, counted from 1."""
    if not 0 < number < STEP_LIMIT:
        raise ValueError(f"No step has the number {number}.")
    digits = []
    for _ in range(STEP_WIDTH):
        number, rest = divmod(number, len(DIGITS))
        digits.append(DIGITS[rest])
    return "".join(reversed(digits))


def child(parent_path: str, number: int) -> str:
    path = parent_path + step(number)
    if len(path) > PATH_LENGTH:
        raise ValueError("This path is as deep as it gets.")
    return path


def depth(path: str) -> int:
    return len(path) // STEP_WIDTH


def top(path: str) -> str:
    """The path of the branch's top-level post."""
    return path[:STEP_WIDTH]


def ancestors(path: str) -> list[str]:
    """The paths above it, topmost first."""
    return [path[:end] for end in range(STEP_WIDTH, len(path), STEP_WIDTH)]


def below(path: str) -> tuple[str, str]:
    """The open range of the paths below it."""
    return path, path + AFTER_ALL


def number(step: str) -> int:
    """Which reply's step it is: `step` backwards."""
    return int(step, len(DIGITS))
