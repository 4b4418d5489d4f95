"""The form that marks a claim, as its tests fill it in and read it."""

import re
from uuid import uuid4

FIRST = "The horse choked before the collar came. Nobody knew why. Everybody blamed the horse."


def filled(**changes):
    return {
        "form_key": str(uuid4()),
        "revision": "1",
        "s": ["2"],
        "statement": "Nobody knew why the horse choked.",
        "relation": "rebuts",
        "restatement": "No one could tell.",
        "source": "The carters knew.",
    } | changes


def checked(page):
    return re.search(r'name="relation" value="(\w+)"[^>]*checked', page)[1]
