"""Words that came with the site and may be worded anew: those of rows that a migration seeds, and
of settings. They are marked where they come from, and said in the reader's language where they are
shown."""

from django.utils.translation import gettext, gettext_noop

# What the settings come with. They are read before there is any language: it is marked here.
SETTINGS = (
    gettext_noop("All rights remain with the writers; ask them before you publish their texts."),
)


def as_read(words: str) -> str:
    """What the keepers worded is in no catalogue: it is shown as they wrote it."""
    return gettext(words)
