"""The answer of every permission: yes, or no with a reason that a person can read."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True, slots=True)
class Verdict:
    is_allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.is_allowed


class Refused(PermissionDenied):
    """An action was asked for that its permission refuses; the text is fit to show."""


ALLOWED = Verdict(is_allowed=True)


def denied(reason: str) -> Verdict:
    return Verdict(is_allowed=False, reason=reason)


def ensure(verdict: Verdict) -> None:
    if not verdict:
        raise Refused(verdict.reason)
