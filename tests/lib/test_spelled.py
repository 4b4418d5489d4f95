import pytest

from forum.counterpoints.models import Claim
from forum.lib.spelled import Spelled
from tests.factories import make_claim, make_counterpoint


def test_what_might_end_the_word_or_stand_for_another_is_refused():
    for word in ("", "it's", "a%s", "a b", "Á", "\\", "a\n"):
        with pytest.raises(ValueError, match="no word"):
            Spelled(word)


@pytest.mark.django_db
def test_it_means_what_a_parameter_means():
    waiting, untried = make_claim(), make_claim()
    make_counterpoint(waiting)
    for label, claim in (("unanswered", waiting), ("unchallenged", untried)):
        found = Claim.objects.filter(label=Spelled(label))
        assert f"'{label}'" in str(found.query)
        assert list(found) == [claim]
