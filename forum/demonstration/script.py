"""The demonstration debate as it is written down: files, and what happens in them in time order."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

# So long after a post those who read it on that day have voted.
VOTED_AFTER = timedelta(hours=5)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that somebody does. `order` keeps a file's own order where the times are equal."""

    at: datetime
    order: int
    kind: str
    data: dict[str, Any]
    # What it is about: the key of a claim or a post made before.
    about: str = ""
    # What it makes.
    key: str = ""


@dataclass(slots=True)
class Script:
    """One essay's file."""

    slug: str
    claims: list[dict[str, Any]]
    events: list[Event] = field(default_factory=list)

    @classmethod
    def read(cls, file: Path) -> "Script":
        raw = json.loads(file.read_text(encoding="utf-8"))
        script = cls(raw["essay"], raw["claims"])
        script._write_down(raw)
        return script

    def _write_down(self, raw: dict[str, Any]) -> None:
        decided = [case for case in raw["cases"] if case["decision"]]
        ends = {case["post"]: moment(case["decision"]["at"]) for case in decided}
        for number, claim in enumerate(raw["claims"]):
            key = self.claim_key(number)
            self._add("claim", claim["at"], claim, key=key)
            for stance in claim.get("stances", []):
                self._add("stance", stance["at"], stance, about=key)
            for each in claim["counterpoints"]:
                self._add_post("answer", each, about=key, below="answers", ends=ends)
        for each in raw["discussion"]:
            self._add_post("remark", each, about="", below="replies", ends=ends)
        for case in raw["cases"]:
            self._add_case(case)

    def claim_key(self, number: int) -> str:
        return f"{self.slug}, claim {number + 1}"

    def post_key(self, identity: str) -> str:
        return f"{self.slug}, {identity}"

    def _add(
        self, kind: str, at: str | datetime, data: Any, about: str = "", key: str = ""
    ) -> None:
        when = at if isinstance(at, datetime) else moment(at)
        self.events.append(Event(when, len(self.events), kind, data, about, key))

    def _add_case(self, case: dict[str, Any]) -> None:
        about = self.post_key(case["post"])
        for report in case["reports"]:
            self._add("report", report["at"], report, about=about)
        for kind in ("decision", "appeal"):
            if case[kind]:
                self._add(kind, case[kind]["at"], case[kind], about=about)

    def _add_post(
        self, kind: str, post: dict[str, Any], *, about: str, below: str, ends: dict[str, datetime]
    ) -> None:
        key, at = self.post_key(post["id"]), moment(post["at"])
        self._add(kind, at, post, about=about, key=key)
        end = ends.get(post["id"])
        if post["withdrawn_at"]:
            end = moment(post["withdrawn_at"])
            self._add("withdrawal", end, post, about=key)
        for mind in post.get("minds", []):
            self._add("mind", mind["at"], mind, about=key)
        for edit in post["edits"]:
            self._add("edit", edit["at"], edit | {"by": post["by"]}, about=key)
        if any(post["votes"]):
            up, down = post["votes"]
            votes = {"by": post["by"], "votes": [True] * up + [False] * down}
            # All before it is withdrawn or taken down.
            when = at + (VOTED_AFTER if end is None else min(VOTED_AFTER, (end - at) / 2))
            self._add("votes", when, votes, about=key)
        for reply in post[below]:
            self._add_post(kind, reply, about=key, below=below, ends=ends)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def in_time_order(scripts: list[Script]) -> list[tuple[Script, Event]]:
    """Of all essays together, so that later posts have higher numbers everywhere."""
    found = [(script, event) for script in scripts for event in script.events]
    return sorted(found, key=lambda pair: (pair[1].at, pair[0].slug, pair[1].order))
