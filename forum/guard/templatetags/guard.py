from uuid import uuid4

from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def form_key() -> str:
    """The hidden key of a form that is only a button."""
    return format_html('<input type="hidden" name="form_key" value="{}">', uuid4())
