from uuid import uuid4

from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag(takes_context=True)
def form_key(context: template.Context) -> str:
    """The hidden key of a form that is only a button; the page may give one in its context."""
    key = context.get("form_key") or uuid4()
    return format_html('<input type="hidden" name="form_key" value="{}">', key)
