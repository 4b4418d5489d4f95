from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from forum.counterpoints.models import Claim
from forum.lib.look_up import LookUpAdmin


@admin.register(Claim)
class ClaimAdmin(LookUpAdmin):
    """A standing follows from the debate and is never set by hand."""

    list_display = ["pk", "essay", "number", "label", "label_since", "statement"]
    list_filter = ["label"]
    list_select_related = ["essay", "opening"]
    search_fields = ["essay__title"]
    ordering = ["-pk"]
    fields = [
        "essay", "number", "passage", "statement", "label", "label_since", "strength",
        "decided_by", "rebuts", "undercuts", "supports", "concedes", "created_at",
    ]  # fmt: skip

    @admin.display(description=_("Statement"))
    def statement(self, claim: Claim) -> str:
        return claim.statement
