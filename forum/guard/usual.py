"""The limits that there are, and what each allows until a keeper of the site says otherwise."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

MINUTE, HOUR = 60, 3600


class Per(StrEnum):
    """What a limit counts together."""

    ACCOUNT = "account"
    ADDRESS = "address"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Usual:
    name: str
    per: Per
    seconds: int
    most: int
    # Of members, of regulars, of the trusted; None: as many as the level below.
    more: tuple[int | None, int | None, int | None] = (None, None, None)

    @property
    def kind(self) -> str:
        return self.name.removesuffix(f"-{self.per}")

    def most_at(self, level: int) -> int:
        told = [each for each in (self.most, *self.more)[: level + 1] if each is not None]
        return told[-1]


def _three(
    kind: str, seconds: int, account: tuple[int, int, int, int], address: int, site: int
) -> tuple[Usual, Usual, Usual]:
    most, *more = account
    return (
        Usual(f"{kind}-account", Per.ACCOUNT, seconds, most, tuple(more)),  # type: ignore[arg-type]
        Usual(f"{kind}-address", Per.ADDRESS, seconds, address),
        Usual(f"{kind}-site", Per.SITE, seconds, site),
    )


# An address may be a school's: it allows what several people do. The site's own limit is there
# for the hour in which somebody comes with a thousand addresses.
USUAL = (
    Usual("api", Per.ADDRESS, MINUTE, 120),
    *_three("post", 10 * MINUTE, (10, 20, 40, 80), 100, 3_000),
    *_three("claim", HOUR, (10, 20, 40, 80), 100, 2_000),
    *_three("edit", 10 * MINUTE, (20, 40, 60, 120), 200, 3_000),
    *_three("vote", 10 * MINUTE, (60, 120, 240, 480), 600, 20_000),
    *_three("report", HOUR, (10, 15, 30, 60), 60, 1_000),
    Usual("legal-notice-account", Per.ACCOUNT, HOUR, 5),
    Usual("legal-notice-address", Per.ADDRESS, HOUR, 5),
    Usual("legal-notice-site", Per.SITE, HOUR, 100),
    *_three("follow", HOUR, (60, 120, 240, 480), 600, 10_000),
    Usual("mention-account", Per.ACCOUNT, HOUR, 20, (40, 80, 160)),
    Usual("sign-up-address", Per.ADDRESS, HOUR, 10),
    Usual("sign-up-site", Per.SITE, HOUR, 300),
    Usual("sign-in-account", Per.ACCOUNT, 15 * MINUTE, 10),
    Usual("sign-in-address", Per.ADDRESS, 15 * MINUTE, 60),
    Usual("sign-in-site", Per.SITE, 15 * MINUTE, 6_000),
    Usual("reset-account", Per.ACCOUNT, HOUR, 3),
    Usual("reset-address", Per.ADDRESS, HOUR, 12),
    Usual("reset-site", Per.SITE, HOUR, 600),
)
_BY_NAME = {each.name: each for each in USUAL}


def usual(name: str) -> Usual:
    return _BY_NAME[name]


@cache
def of_kind(kind: str) -> tuple[Usual, ...]:
    found = tuple(each for each in USUAL if each.kind == kind)
    if not found:
        raise KeyError(kind)
    return found
