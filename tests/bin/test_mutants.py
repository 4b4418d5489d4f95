"""How checks of permission are found and removed: of a small program, here."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.signing import BadSignature, Signer
from django.http import Http404

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bin"))

from mutating.loading import all_sites  # noqa: E402
from mutating.sites import SWITCH, instrument, permissions_in  # noqa: E402
from mutating.switch import Switch  # noqa: E402

PROGRAM = """
def can_speak(user) -> Verdict:
    if user == "stranger":
        return denied("Log in.")
    if user == "banned":
        return denied("You are banned.")
    elif user == "silenced":
        return denied("You are silenced.")
    return ALLOWED if user != "ghost" else denied("You are not here.")


def speak(user):
    ensure(can_speak(user))
    return f"{user} speaks"


def look(user, things):
    if not may_see(user):
        raise Http404("Nothing is here.")
    if not things:
        raise ValueError("Nothing to see.")
    return things.visible_to(user)


class Admin:
    def has_delete_permission(self, user):
        return user == "admin"


def can_shout(user) -> Verdict:
    verdict = can_speak(user)
    return verdict and can_be_loud(user)


def can_be_loud(user) -> Verdict:
    return True if user != "wren" else denied("You have no voice.")


def process_view(request):
    if request.user == "wren":
        return render(request, "refused.html", status=403)


def is_open_for_signup():
    return False


def history(user):
    may_read_all = user == "moderator"
    return ["now", "before"] if may_read_all else ["now"]


def account(name):
    return get_object_or_404("User", name=name, is_active=True)


def read(token):
    return Signer(key="k").unsign(token)


@action(description="Act", permissions=["change"])
def act(user):
    return user


@action(description="Look", permissions=["view"])
def look_up(user):
    return user


def shout(user):
    if can_shout(user):
        return user.upper()
    return "as himself" if can_speak(user) else "as nobody"


def admit(user):
    if not can_speak(user):
        user = f"{user}, who was counted"
        raise Refused(user)
    return user
"""


class Refused(Exception):  # noqa: N818
    pass


class Things(list):
    def visible_to(self, user):
        return [each for each in self if each != "secret"]


def ensure(verdict):
    if verdict is not True:
        raise Refused(verdict)


def find_account(_model, *, name, is_active):
    if is_active != (name == "wren"):
        raise Http404
    return name


def named_action(*, permissions, **_options):
    def decorate(function):
        function.permissions = permissions
        return function

    return decorate


class Verdict(str):
    def __bool__(self):
        return False


@pytest.fixture
def program(monkeypatch):
    """What it defines, the switch, and the names of its checks."""
    tree, sites = instrument(PROGRAM, "it.py", permissions_in(PROGRAM))
    switch = Switch()
    monkeypatch.setattr("forum.lib.verdict.ALLOWED", True)
    names = {
        SWITCH: switch, "ensure": ensure, "denied": Verdict, "ALLOWED": True,
        "may_see": lambda user: user != "stranger", "Http404": LookupError, "Signer": Signer,
        "Refused": Refused, "Verdict": Verdict, "get_object_or_404": find_account,
        "action": named_action, "render": lambda *_names, **_status: "refused",
    }  # fmt: skip
    exec(compile(tree, "it.py", "exec"), names)  # noqa: S102 — it is the one above
    return names, switch, sites


def line(number, function):
    return f"it.py:{number} {function}"


def test_every_check_is_found_once(program):
    _, _, sites = program
    assert sites == [
        line(3, "can_speak"), line(5, "can_speak"), line(7, "can_speak"), line(9, "can_speak"),
        line(13, "speak"), line(18, "look"), line(22, "look"), line(27, "has_delete_permission"),
        line(31, "can_shout"), line(32, "can_shout"), line(36, "can_be_loud"),
        line(41, "process_view"), line(45, "is_open_for_signup"), line(49, "history"),
        line(54, "account"), line(58, "read"), line(61, "act"),
        line(72, "shout"), line(74, "shout"), line(78, "admit"),
    ]  # fmt: skip


def test_with_all_of_them_in_place_the_program_is_the_same(program):
    names, _, _ = program
    for user, why in (("stranger", "Log in."), ("silenced", "You are silenced."),
                      ("ghost", "You are not here.")):  # fmt: skip
        with pytest.raises(Refused, match=why):
            names["speak"](user)
    assert names["speak"]("wren") == "wren speaks"
    assert names["look"]("wren", Things(["open", "secret"])) == ["open"]
    with pytest.raises(LookupError):
        names["look"]("stranger", Things(["open"]))
    with pytest.raises(ValueError, match="Nothing to see"):
        names["look"]("wren", Things())
    assert not names["Admin"]().has_delete_permission("wren")
    assert names["can_shout"]("stranger") == "Log in."
    assert names["can_shout"]("wren") == "You have no voice."
    assert names["process_view"](SimpleNamespace(user="wren")) == "refused"
    assert not names["is_open_for_signup"]()
    assert names["history"]("wren") == ["now"]
    assert names["account"]("wren") == "wren"
    with pytest.raises(Http404):
        names["account"]("gone")
    assert names["read"](Signer(key="k").sign("7-all")) == "7-all"
    with pytest.raises(BadSignature):
        names["read"]("7-all:forged")
    assert list(names["act"].permissions) == ["change"]
    assert [names["shout"](user) for user in ("owl", "wren", "ghost")] == [
        "OWL", "as himself", "as nobody",
    ]  # fmt: skip
    with pytest.raises(Refused, match="ghost, who was counted"):
        names["admit"]("ghost")


def refused_page(names):
    return names["process_view"](SimpleNamespace(user="wren"))


@pytest.mark.parametrize(
    ("site", "act"),
    [
        (line(3, "can_speak"), lambda names: names["speak"]("stranger")),
        (line(7, "can_speak"), lambda names: names["speak"]("silenced")),
        (line(9, "can_speak"), lambda names: names["speak"]("ghost")),
        (line(13, "speak"), lambda names: names["speak"]("banned")),
        (line(18, "look"), lambda names: names["look"]("stranger", Things(["open"]))),
        (line(22, "look"), lambda names: "secret" in names["look"]("wren", Things(["secret"]))),
        (line(27, "has_delete_permission"), lambda n: n["Admin"]().has_delete_permission("wren")),
        (line(31, "can_shout"), lambda names: names["can_shout"]("stranger") is True),
        (line(32, "can_shout"), lambda names: names["can_shout"]("wren") is True),
        (line(41, "process_view"), lambda names: refused_page(names) is None),
        (line(45, "is_open_for_signup"), lambda names: names["is_open_for_signup"]()),
        (line(49, "history"), lambda names: "before" in names["history"]("wren")),
        (line(54, "account"), lambda names: names["account"]("gone") == "gone"),
        (line(58, "read"), lambda names: names["read"]("7-all:forged") == "7-all"),
        (line(61, "act"), lambda names: list(names["act"].permissions) == ["view"]),
        (line(72, "shout"), lambda names: names["shout"]("wren") == "WREN"),
        (line(74, "shout"), lambda names: names["shout"]("ghost") == "as himself"),
        (line(78, "admit"), lambda names: names["admit"]("ghost") == "ghost"),
    ],
)
def test_without_one_what_it_refused_goes_through(program, site, act):
    names, switch, _ = program
    switch.removed = site
    assert act(names)


def test_where_it_refused_is_remembered(program):
    names, switch, _ = program
    switch.test = "a test"
    names["can_speak"]("wren")
    assert not switch.refused_in
    names["can_speak"]("banned")
    assert switch.refused_in == {line(5, "can_speak"): {"a test"}}


def test_every_module_of_the_site_can_be_changed_so():
    sites = all_sites()
    assert len(sites) == len(set(sites))
    assert any(site.endswith(" can_report") for site in sites)
