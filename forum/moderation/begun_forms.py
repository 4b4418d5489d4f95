"""Forms for what moderators do often: a template begins them with a rule and a reason."""

from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from forum.guard.forms import KeyedForm
from forum.moderation.forms import template_field
from forum.moderation.models import ReasonTemplate
from forum.moderation.templates import filled_in


class BegunForm(KeyedForm):
    """Sent to be filled in, it is shown again with the template and all that was typed in it, and
    judges nothing yet.
    """

    # As the log calls what it does.
    done: ClassVar[str]
    template = template_field(
        ReasonTemplate.objects.none(),
        _("Fills in rule and reason; then you change what you like."),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        if data is not None and "fill" in data:
            initial, data = {**(initial or {}), **filled_in(data).dict()}, None
        super().__init__(data, initial=initial, **kwargs)
        templates: Any = self.fields["template"]
        templates.queryset = ReasonTemplate.objects.offered().of(self.done)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned.pop("template", None)
        return cleaned
