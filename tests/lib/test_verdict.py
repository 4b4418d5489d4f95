import pytest
from django.core.exceptions import PermissionDenied

from forum.lib.verdict import ALLOWED, Refused, denied, ensure


def test_a_denial_is_false_and_bears_its_reason():
    assert not denied("Log in to vote.")
    assert denied("Log in to vote.").reason == "Log in to vote."
    assert ALLOWED
    assert not ALLOWED.reason


def test_what_is_allowed_goes_on():
    assert ensure(ALLOWED) is None


def test_what_is_denied_stops_with_its_reason_as_a_page_that_is_forbidden():
    with pytest.raises(Refused, match=r"^Log in to vote\.$") as caught:
        ensure(denied("Log in to vote."))
    assert isinstance(caught.value, PermissionDenied)
