"""What pages say of their language. Built in: no template has to load it."""

from django import template

from forum.lib.languages import Spoken, direction, direction_of_text, present_tag, spoken
from forum.lib.script_words import script_words

register = template.Library()


@register.simple_tag
def language_tag() -> str:
    return present_tag()


@register.simple_tag
def language_direction() -> str:
    return direction()


register.simple_tag(script_words)
register.filter("direction_of", direction_of_text)


@register.simple_tag
def site_languages() -> list[Spoken]:
    """Each under its own name, in its own letters."""
    return spoken()
