"""The standings once more, from nothing but an export and the published rule."""

import io
import json
from fractions import Fraction
from types import SimpleNamespace
from unittest.mock import patch

from django.core.management import call_command

from forum.counterpoints.models import Claim, Counterpoint
from tests.exchange.exports import records, write

CLOSE = 1e-9


def trees(found):
    """Input for `manage.py standing`, a claim each, from nothing but the records of an export."""
    rule = found["export"][0]["rule"]
    for claim in found["claim"]:
        if claim["status"] != "visible":
            continue
        nodes = [{"id": "claim", "kind": "claim", "author": "essayist"}]
        for each in found.get("counterpoint", ()):
            if each["claim"] == claim["id"]:
                hidden = each["status"] != "visible"
                nodes.append(
                    {
                        "id": each["id"],
                        "kind": each["relation"],
                        "parent": each["target"] or "claim",
                        "author": each["author"],
                        "up": each["up"] or 0,
                        "down": each["down"] or 0,
                        "hidden": hidden,
                    }
                )
        yield claim, {"nodes": nodes} | rule


def computed(tree):
    """What the command prints."""
    out = io.StringIO()
    stdin = SimpleNamespace(buffer=io.BytesIO(json.dumps(tree).encode()))
    with patch("sys.stdin", stdin):
        call_command("standing", stdout=out)
    return json.loads(out.getvalue())


class Recomputing:
    """For a test case that compares them with what is stored."""

    def compare(self):
        """Every claim and every counterpoint that counts; gives how many claims there were."""
        found = records(write("jsonl"))
        stored = {claim.pk: claim for claim in Claim.objects.all()}
        below = {each.pk: each for each in Counterpoint.objects.all()}
        claims = list(trees(found))
        for claim, tree in claims:
            values = computed(tree)
            own, kept = values.pop("claim"), stored[claim["id"]]
            with self.subTest(claim=claim["id"]):
                self.assertEqual(own["label"], kept.label)
                self.assertEqual(int(own["decided_by"] or 0) or None, kept.decided_by_id)
                self.assertAlmostEqual(Fraction(own["strength"]), kept.strength, delta=CLOSE)
                for key, value in values.items():
                    for name in ("base", "strength", "link", "effect"):
                        wanted = getattr(below[int(key)], name)
                        self.assertAlmostEqual(Fraction(value[name]), wanted, delta=CLOSE)
        return len(claims)
