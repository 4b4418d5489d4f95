from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def form_key() -> SafeString:
    """The hidden key of a form that is only a button."""
    return format_html('<input type="hidden" name="form_key" value="{}">', uuid4())
