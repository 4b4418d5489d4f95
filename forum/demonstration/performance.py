"""Performs the demonstration debate through the actions that members' own deeds go through."""

from collections.abc import Callable
from zlib import crc32

from django.db import transaction

from essays.models import Essay
from forum.accounts.models import User
from forum.counterpoints import actions as counterpoints
from forum.counterpoints import stances
from forum.counterpoints.camp_votes import recount_camps
from forum.counterpoints.models import Claim, Counterpoint
from forum.demonstration.followings import follow_all
from forum.demonstration.script import Event, Script, in_time_order
from forum.discussion import actions as discussion
from forum.moderation import actions as moderation
from forum.moderation import appeals
from forum.moderation.models import Case, CaseState, Decision, Rule
from forum.notifications.happenings import tell_due
from forum.posts import actions as posts
from forum.posts import votes
from forum.posts.models import Post, Thread


class NotAsWritten(Exception):  # noqa: N818 — it says what does not fit
    """The file does not fit the essay: a sentence names both."""


class Performance:
    """Who is who, and what was made of each thing in the files."""

    def __init__(self, people: dict[str, User], voters: list[User], essays: dict[str, Essay]):
        self.people, self.voters, self.essays = people, voters, essays
        self.claims: dict[str, Claim] = {}
        self.posts: dict[str, Post] = {}
        self.counterpoints: dict[str, Counterpoint] = {}
        self.deeds: dict[str, Callable[[Script, Event], None]] = {
            "claim": self._claim, "answer": self._answer, "remark": self._remark,
            "votes": self._votes, "edit": self._edit, "withdrawal": self._withdrawal,
            "report": self._report, "decision": self._decision, "stance": self._stance,
            "mind": self._mind, "appeal": self._appeal,
        }  # fmt: skip

    def perform(self, script: Script, event: Event) -> None:
        self.deeds[event.kind](script, event)

    def _by(self, event: Event) -> User:
        return self.people[event.data["by"]]

    def _claim(self, script: Script, event: Event) -> None:
        essay, quote = self.essays[script.slug], event.data["quote"]
        text = essay.current_revision.text if essay.current_revision else ""
        if text.count(quote) != 1:
            raise NotAsWritten(f"{event.key}: these words are not once in the essay: {quote}")
        start = text.index(quote)
        self.claims[event.key] = counterpoints.mark_claim(
            author=self._by(event), essay=essay, start=start, end=start + len(quote),
            statement=event.data["statement"], now=event.at,
        )  # fmt: skip

    def _answer(self, _script: Script, event: Event) -> None:
        target = self.counterpoints.get(event.about)
        claim = target.claim if target else self.claims[event.about]
        made = counterpoints.answer(
            author=self._by(event), claim=claim, target=target,
            relation=event.data["relation"], restatement=event.data["restatement"],
            source=event.data["text"], as_author=event.data["as_author"], now=event.at,
        )  # fmt: skip
        self.counterpoints[event.key], self.posts[event.key] = made, made.post

    def _remark(self, script: Script, event: Event) -> None:
        words = {"author": self._by(event), "source": event.data["text"], "now": event.at}
        if event.about:
            made = discussion.reply(parent=self.posts[event.about], **words)
        else:
            made = discussion.comment(essay=self.essays[script.slug], **words)
        self.posts[event.key] = made

    def _votes(self, _script: Script, event: Event) -> None:
        """All votes on a post at once. Only the last one moves the standing: it weighs them all."""
        counterpoint = self.counterpoints.get(event.about)
        *first, (last, is_up) = self._ballot(event)
        for voter, is_convinced in first:
            votes.vote(voter=voter, post=self.posts[event.about], is_up=is_convinced)
        if counterpoint is not None:
            counterpoints.vote(voter=last, counterpoint=counterpoint, is_up=is_up, now=event.at)
            # The camps of the others who voted, too.
            recount_camps(counterpoint.claim_id)
        else:
            votes.vote(voter=last, post=self.posts[event.about], is_up=is_up)

    def _ballot(self, event: Event) -> list[tuple[User, bool]]:
        """The same at every run, another member for each vote, and never who wrote the post."""
        able = [member for member in self.voters if member.username != event.data["by"]]
        turn = crc32(event.about.encode()) % len(able)
        return list(zip(able[turn:] + able[:turn], event.data["votes"], strict=False))

    def _stance(self, _script: Script, event: Event) -> None:
        stances.take_stance(
            member=self._by(event), claim=self.claims[event.about], side=event.data["side"],
            now=event.at,
        )  # fmt: skip

    def _mind(self, _script: Script, event: Event) -> None:
        stances.credit(
            member=self._by(event), counterpoint=self.counterpoints[event.about],
            before=event.data["before"], after=event.data["after"], now=event.at,
        )  # fmt: skip

    def _edit(self, _script: Script, event: Event) -> None:
        posts.edit(
            by=self._by(event), post=self.posts[event.about], source=event.data["text"],
            now=event.at,
        )  # fmt: skip

    def _withdrawal(self, _script: Script, event: Event) -> None:
        app = counterpoints if event.about in self.counterpoints else posts
        post = app.withdraw(by=self._by(event), post=self.posts[event.about], now=event.at)
        self.posts[event.about] = post

    def _report(self, _script: Script, event: Event) -> None:
        moderation.report(
            reporter=self._by(event), post=self.posts[event.about],
            reason=event.data["reason"], text=event.data["text"], now=event.at,
        )  # fmt: skip

    def _decision(self, _script: Script, event: Event) -> None:
        moderator = self._by(event)
        case = Case.objects.get(post=self.posts[event.about], state=CaseState.OPEN)
        case = moderation.claim_case(moderator=moderator, case=case, now=event.at)
        moderation.decide(
            moderator=moderator, case=case, outcome=event.data["outcome"],
            rule=Rule.objects.get(number=event.data["rule"]), reason=event.data["reason"],
            now=event.at,
        )  # fmt: skip

    def _appeal(self, _script: Script, event: Event) -> None:
        decision = Decision.objects.get(case__post=self.posts[event.about])
        # By then its author has long been told.
        tell_due(now=event.at)
        appeals.appeal(
            appellant=self._by(event), decision=decision, text=event.data["text"], now=event.at
        )


def untouched(essays: dict[str, Essay]) -> dict[str, Essay]:
    """Those about which nobody has said anything yet."""
    busy = set(Thread.objects.values_list("essay__slug", flat=True).distinct())
    return {slug: essay for slug, essay in essays.items() if slug not in busy}


@transaction.atomic
def perform_all(
    scripts: list[Script],
    people: dict[str, User],
    voters: list[User],
    essays: dict[str, Essay],
    tell: Callable[[int, int], None],
) -> None:
    """The scripts of these essays: all that is in them or nothing. `tell` hears how far it is."""
    follow_all(people)
    performance = Performance(people, voters, essays)
    events = in_time_order([script for script in scripts if script.slug in essays])
    for number, (script, event) in enumerate(events, start=1):
        try:
            performance.perform(script, event)
        except KeyError as error:
            raise NotAsWritten(f"{event.key or event.about}: {error} is not there.") from error
        tell(number, len(events))
