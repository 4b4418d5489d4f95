from typing import Any

import allauth.socialaccount.admin  # noqa: F401 — registers what is taken out again below
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from forum.accounts.actions import confirm_address, record_roles, roles_of, sync_roles
from forum.accounts.invitation_admin import (  # noqa: F401 — registered there, found from here
    InvitationAdmin,
)
from forum.accounts.models import User, Viewing
from forum.accounts.names import clean_display_name, clean_username
from forum.accounts.permissions import can_take_part
from forum.lib.look_up import LookUpAdmin
from forum.lib.verdict import ensure


@login_not_required
@require_safe
def _login(request: HttpRequest, extra_context: Any = None) -> HttpResponse:
    """Staff come in by the same door as everybody: its limits, its second step, its refusals.

    Django's own form is shown to nobody: it asks for a passphrase and for nothing after it.
    """
    index = reverse("admin:index")
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get("next") or index)
    if not admin.site.has_permission(request):
        raise PermissionDenied(_("The admin is for the keepers of the site and its editors."))
    return redirect(index)


admin.site.login = _login  # type: ignore[method-assign]
_has_permission = admin.site.has_permission


def _may_enter(request: HttpRequest) -> bool:
    """Asked by every page of it: a session that began before a suspension ends here, too."""
    if request.user.is_authenticated:
        ensure(can_take_part(request.user))
    return _has_permission(request)


admin.site.has_permission = _may_enter  # type: ignore[method-assign]


# The environment names the one provider there is: what could be written here would do nothing.
admin.site.unregister([SocialAccount, SocialApp, SocialToken])


class MemberCreationForm(AdminUserCreationForm):
    def clean_username(self) -> str:
        return clean_username(super().clean_username() or "")


class MemberForm(UserChangeForm):
    def clean_display_name(self) -> str:
        return clean_display_name(self.cleaned_data["display_name"])


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    add_form = MemberCreationForm
    form = MemberForm
    list_display = ["username", "display_name", "email", "is_moderator", "is_editor", "is_active"]
    list_filter = ["is_moderator", "is_editor", "is_superuser", "is_active"]
    search_fields = ["username", "display_name", "email"]
    ordering = ["username"]
    filter_horizontal = ["groups"]
    # Roles follow from the groups; silence and suspension are decided in a case, with a reason.
    readonly_fields = [
        "is_moderator",
        "is_editor",
        "is_staff",
        "silenced_until",
        "suspended_until",
        "held_until",
        "banned_at",
        "last_login",
        "date_joined",
    ]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (gettext_lazy("Person"), {"fields": ["display_name", "about", "email"]}),
        (
            gettext_lazy("Roles"),
            {
                "fields": [
                    "groups",
                    "is_superuser",
                    "is_active",
                    "is_moderator",
                    "is_editor",
                    "is_staff",
                ]
            },
        ),
        (
            gettext_lazy("Moderation"),
            {"fields": ["silenced_until", "suspended_until", "held_until", "banned_at"]},
        ),
        (gettext_lazy("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]

    actions = ["confirm"]

    @admin.action(
        description=gettext_lazy("Confirm their addresses without a letter"), permissions=["change"]
    )
    def confirm(self, request: HttpRequest, users: "QuerySet[User]") -> None:
        for user in users:
            if confirm_address(user=user, by=request.user):  # type: ignore[arg-type]
                self.log_change(request, user, "Confirmed their address by hand.")
            else:
                words = _("The account %(username)s has no address, is closed, or shares it.") % {
                    "username": user.username
                }
                self.message_user(request, words, messages.ERROR)

    # Addresses are between a member and the keepers of the site: editors only need names.
    def get_list_display(self, request: HttpRequest) -> Any:
        return _for(request, super().get_list_display(request))

    def get_search_fields(self, request: HttpRequest) -> Any:
        return _for(request, super().get_search_fields(request))

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        return [
            (title, {**options, "fields": _for(request, options["fields"])})
            for title, options in super().get_fieldsets(request, obj)
        ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        member = form.instance
        was_keeper = bool(change and form.initial.get("is_superuser"))
        before = roles_of(member) | {"keepers": was_keeper}
        super().save_related(request, form, formsets, change)
        record_roles(sync_roles(member), before, by=request.user)  # type: ignore[arg-type]

    def has_delete_permission(self, _request: HttpRequest, _obj: User | None = None) -> bool:
        """What people wrote hangs on them: an account is closed, never deleted from here."""
        return False


def _for(request: HttpRequest, names: Any) -> list[Any]:
    """Of the names of fields, those that whoever asks may see."""
    is_keeper = getattr(request.user, "is_superuser", False)
    return [name for name in names if is_keeper or name != "email"]


@admin.register(Viewing)
class ViewingAdmin(LookUpAdmin):
    """The record of who saw the site as somebody else."""

    list_display = ["begun_at", "who", "manner"]
    list_select_related = ["who"]
