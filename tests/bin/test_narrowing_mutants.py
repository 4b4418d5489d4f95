"""How what narrows a look-up, a door, a limit and an admin's columns are found and removed."""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.views.decorators.http import require_safe

from forum.guard.limits import Allowance, Deed, Spent
from forum.lib.doors import ClosedDoorsMiddleware

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bin"))

from mutating import loading  # noqa: E402
from mutating.loading import prepare_anew_without_a_check  # noqa: E402
from mutating.sites import SWITCH, instrument, sites_in  # noqa: E402
from mutating.switch import Switch  # noqa: E402

PROGRAM = """
def drafts_of(member):
    return drafts.filter(author=member, place="here")


def draft(request, pk):
    return get_object_or_404(drafts, pk=pk, author=request.user)


def has_draft(member):
    return drafts.filter(author=member).filter(place="here").exists()


def account(user):
    return drafts.get(pk=user.pk)


def conversations(by):
    return ~Q(member=by.pk)


@require_safe
def inbox(request):
    return "an inbox"


@login_not_required
@require_safe
def rules(request):
    return "rules"


@require_safe
def trial(request):
    return "a trial"


class Admin:
    def get_urls(self):
        return [admin_view(trial)]

    def get_list_display(self, request):
        return _for(request, ["name", "email"])


def act(kind):
    return run_once(work="voted", deed=Deed(kind))


def mention(deed):
    count(deed, times=2)
    return "mentioned"


def sign_in(request):
    admit(request, "sign-in")
    return "in"


def ask(name):
    return take(name)
"""
SPENT = ("post-account", 10, 600, 1_000, 900)


@dataclass
class Drafts:
    """Of wren and owl, one each."""

    rows: dict = field(default_factory=lambda: {1: "wren", 2: "owl"})

    def filter(self, *, author=None, place="here"):
        return Drafts({pk: name for pk, name in self.rows.items() if author in {None, name}})

    def get(self, *, pk):
        return self.rows[pk]

    def exists(self):
        return bool(self.rows)


def get_object_or_404(drafts, *, pk, author=None):
    return drafts.filter(author=author).rows[pk]


def run_once(*, work, deed):
    if deed is not None:
        count(deed)
    return work


def count(_deed, *, times=1):
    raise Spent(*SPENT)


def admit(_request, _kind):
    raise ValueError("Too often.")


def take(_name):
    return Allowance(10, 600, 0, 100, is_spent=True)


@pytest.fixture
def program():
    """What it defines, the switch, and the names of its checks."""
    tree, sites = instrument(PROGRAM, "forum/it.py")
    switch = Switch()
    names = {
        SWITCH: switch, "drafts": Drafts(), "get_object_or_404": get_object_or_404, "Q": Q,
        "require_safe": require_safe, "login_not_required": login_not_required, "Deed": Deed,
        "admin_view": lambda view: view, "run_once": run_once, "count": count, "admit": admit,
        "take": take, "__name__": "it",
        "_for": lambda request, shown: [name for name in shown if name != request.hidden],
    }  # fmt: skip
    exec(compile(tree, "it.py", "exec"), names)  # noqa: S102 — it is the one above
    return names, switch, sites


def line(number, function):
    return f"forum/it.py:{number} {function}"


def request(user="wren", *, is_known=True, hidden="email"):
    person = SimpleNamespace(is_authenticated=is_known)
    return SimpleNamespace(
        method="GET", user=person if not is_known else user, hidden=hidden,
        build_absolute_uri=lambda: "/inbox/", get_full_path=lambda: "/inbox/",
    )  # fmt: skip


def turns_away(view):
    """Whether a stranger is sent to log in."""
    doors = ClosedDoorsMiddleware(lambda _request: None)
    return doors.process_view(request(is_known=False), view, (), {}) is not None


def is_spent(act, *args):
    try:
        return getattr(act(*args), "is_spent", False)
    except (Spent, ValueError):
        return True


def columns(names):
    return names["Admin"]().get_list_display(request())


def test_every_check_is_found_once(program):
    _, _, sites = program
    assert sites == [
        line(3, "drafts_of"), line(7, "draft"), line(19, "conversations"), line(23, "inbox"),
        line(43, "get_list_display"), line(47, "act"), line(51, "mention"), line(56, "sign_in"),
        line(61, "ask"),
    ]  # fmt: skip


def test_with_all_of_them_in_place_the_program_is_the_same(program):
    names, _, _ = program
    assert names["drafts_of"]("wren").rows == {1: "wren"}
    with pytest.raises(KeyError):
        names["draft"](request(), 2)
    assert not names["has_draft"]("lark")
    assert names["account"](SimpleNamespace(pk=2)) == "owl"
    assert names["conversations"](SimpleNamespace(pk=7)) == ~Q(member=7)
    assert turns_away(names["inbox"])
    assert not turns_away(names["rules"])
    assert turns_away(names["trial"])
    assert names["inbox"](request()) == "an inbox"
    assert names["inbox"].__name__ == "inbox"
    assert columns(names) == ["name"]
    for name, what in (("act", "vote"), ("mention", Deed("post")), ("sign_in", None), ("ask", "")):
        assert is_spent(names[name], what)


@pytest.mark.parametrize(
    ("site", "act"),
    [
        (line(3, "drafts_of"), lambda names: 2 in names["drafts_of"]("wren").rows),
        (line(7, "draft"), lambda names: names["draft"](request(), 2) == "owl"),
        (line(19, "conversations"), lambda n: n["conversations"](SimpleNamespace(pk=7)) == Q()),
        (line(23, "inbox"), lambda names: not turns_away(names["inbox"])),
        (line(43, "get_list_display"), lambda names: "email" in columns(names)),
        (line(47, "act"), lambda names: names["act"]("vote") == "voted"),
        (line(51, "mention"), lambda names: names["mention"](Deed("post")) == "mentioned"),
        (line(56, "sign_in"), lambda names: names["sign_in"](request()) == "in"),
        (line(61, "ask"), lambda names: not is_spent(names["ask"], "api")),
    ],
)
def test_without_one_what_it_refused_goes_through(program, site, act):
    names, switch, _ = program
    assert not is_true(act, names)
    switch.test, switch.removed = "a test", site
    assert act(names)


def is_true(act, names):
    try:
        return act(names)
    except (KeyError, Spent, ValueError):
        return False


def test_a_door_refuses_where_a_stranger_is_sent_away_and_where_a_test_asks_for_it(program):
    names, switch, _ = program
    switch.test = "of a member"
    doors = ClosedDoorsMiddleware(lambda _request: None)
    known = SimpleNamespace(is_authenticated=True)
    assert doors.process_view(request(known), names["inbox"], (), {}) is None
    assert not switch.refused_in
    switch.test = "of a stranger"
    assert turns_away(names["inbox"])
    assert switch.refused_in == {line(23, "inbox"): {"of a stranger"}}
    switch.test = "of the list of open doors"
    assert names["inbox"].login_required
    assert "of the list of open doors" in switch.refused_in[line(23, "inbox")]


def test_a_limit_refuses_only_what_is_once_too_often(program):
    names, switch, _ = program
    switch.test = "a test"
    names["count"] = names["admit"] = lambda *_what, **_times: None
    names["take"] = lambda _name: Allowance(10, 600, 9, 100)
    names["mention"](Deed("post"))
    names["sign_in"](request())
    assert not is_spent(names["ask"], "api")
    assert not switch.refused_in


@pytest.mark.parametrize("thrown", ["removed", "test"])
def test_a_statement_is_made_anew_without_a_check_and_where_it_is_noted(monkeypatch, thrown):
    class Statement:
        def _form(self, _connection, _values):
            return "of before"

        def _prepare(self, _connection, _values):
            return "of now"

    # Whatever runs this test may be noting where it is.
    for name in ("removed", "test"):
        monkeypatch.setattr(loading.switch, name, "")
    prepare_anew_without_a_check(SimpleNamespace(Statement=Statement))
    assert Statement()._form(None, {}) == "of before"
    monkeypatch.setattr(loading.switch, thrown, "a name")
    assert Statement()._form(None, {}) == "of now"


def test_what_nobody_asks_for_is_not_narrowed_to_whoever_asks():
    for path in ("forum/posts/erasing.py", "forum/demonstration/members.py"):
        assert not [site for site in sites_in(PROGRAM, path, set()) if "drafts_of" in site]
