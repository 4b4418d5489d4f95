from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest

from forum.accounts.actions import sync_roles
from forum.accounts.models import User
from forum.accounts.names import clean_display_name, clean_username
from forum.accounts.permissions import can_take_part
from forum.lib.verdict import ensure

# Staff come in by the same door as everybody: its limits, its second step, its refusals.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
_has_permission = admin.site.has_permission


def _may_enter(request: HttpRequest) -> bool:
    """Asked by every page of it: a session that began before a suspension ends here, too."""
    if request.user.is_authenticated:
        ensure(can_take_part(request.user))
    return _has_permission(request)


admin.site.has_permission = _may_enter  # type: ignore[method-assign]


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
        ("Person", {"fields": ["display_name", "about", "email"]}),
        (
            "Roles",
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
            "Moderation",
            {"fields": ["silenced_until", "suspended_until", "held_until", "banned_at"]},
        ),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]

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
        super().save_related(request, form, formsets, change)
        sync_roles(form.instance)

    def has_delete_permission(self, _request: HttpRequest, _obj: User | None = None) -> bool:
        """What people wrote hangs on them: an account is closed, never deleted from here."""
        return False


def _for(request: HttpRequest, names: Any) -> list[Any]:
    """Of the names of fields, those that whoever asks may see."""
    is_keeper = getattr(request.user, "is_superuser", False)
    return [name for name in names if is_keeper or name != "email"]
