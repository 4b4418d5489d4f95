"""Sends what is due in the outbox: each letter held first, then sent, then marked. No transaction
is open while a mail server is spoken to."""

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import (
    SMTPConnectError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend as SMTPBackend
from django.core.mail.message import BadHeaderError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from forum.lib.one_line import one_line
from forum.notifications.letters import NothingToSay, compose
from forum.notifications.models import Letter, LetterState, Notice
from forum.notifications.orders import order_delivery

logger = logging.getLogger(__name__)

# Longer than any mail server may take: each step of talking to it ends after EMAIL_TIMEOUT.
HOLD = timedelta(minutes=10)
# After the first failure, the second …; after the last it is given up, two days later.
WAITS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 15 * 60, 24 * 60)
)
REASON_LENGTH = 300
ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")
# A mail server's answers: from here on it says no for good, and 421 that it closes for now.
FOR_GOOD, CLOSING = 500, 421


class ServerDown(Exception):  # noqa: N818 — it says what is
    """The mail server is not there: the other letters need not try now."""


@dataclass(slots=True)
class _Run:
    """One line to the mail server for all of a run's letters, while it holds."""

    connection: Any = None
    sent: int = 0
    failed: int = 0

    def send(self, message: EmailMessage) -> None:
        if self.connection is None:
            self.connection = get_connection()
            self.connection.open()
        message.connection = self.connection
        message.send()
        if not isinstance(self.connection, SMTPBackend):
            # Where letters are kept as files, each gets its own.
            self.close()

    def close(self) -> None:
        with suppress(Exception):
            self.connection.close()
        self.connection = None


def send_due(*, most: int, now: datetime) -> tuple[int, int, datetime]:
    """Up to so many letters: how many were sent, how many were not, and from when to go on."""
    run = _Run()
    try:
        for letter in _due(most, now):
            _handle(letter, run, now)
    except ServerDown:
        return run.sent, run.failed, now + WAITS[0]
    finally:
        run.close()
    return run.sent, run.failed, now


def _due(most: int, now: datetime) -> Iterator[Letter]:
    free = Q(held_until=None) | Q(held_until__lt=now)
    due = Letter.objects.filter(free, state=LetterState.WAITING, due_at__lte=now)
    for pk in list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:most]):
        letter = hold(pk, now=now)
        if letter is not None:
            yield letter


@transaction.atomic
def hold(pk: int, *, now: datetime) -> Letter | None:
    """Take a letter, so that nobody else sends it; None where somebody else has it, or it went.

    A digest takes with it what has gathered: what comes from now on gathers for the next.
    """
    free = Q(held_until=None) | Q(held_until__lt=now)
    taken = Letter.objects.filter(free, pk=pk, state=LetterState.WAITING, due_at__lte=now).update(
        held_until=timezone.now() + HOLD, tries=F("tries") + 1, gathers=None
    )
    if not taken:
        return None
    letter = Letter.objects.select_related("recipient").get(pk=pk)
    Notice.objects.for_digest(letter).update(letter=letter)
    return letter


def _handle(letter: Letter, run: _Run, now: datetime) -> None:
    try:
        run.send(compose(letter))
    except NothingToSay as reason:
        _end(letter, LetterState.DROPPED, str(reason))
    except Exception as error:
        # Whatever it was, the other letters are sent; a reason is kept for whoever looks.
        _fail(letter, error, now)
        run.failed += 1
        run.close()
        if _is_down(error):
            raise ServerDown from error
    else:
        _end(letter, LetterState.SENT)
        run.sent += 1


def _end(letter: Letter, state: LetterState, reason: str = "") -> None:
    # Its notices go out by no other letter, whatever becomes of this row.
    Notice.objects.filter(letter=letter).update(way="")
    Letter.objects.filter(pk=letter.pk).update(
        state=state, reason=reason[:REASON_LENGTH], ended_at=timezone.now(), held_until=None
    )


def _fail(letter: Letter, error: Exception, now: datetime) -> None:
    reason = _words(error)
    logger.warning("Letter %s was not sent, try %s: %s", letter.pk, letter.tries, reason)
    if _is_for_good(error) or letter.tries > len(WAITS):
        _end(letter, LetterState.FAILED, reason)
        return
    wait = WAITS[letter.tries - 1]
    Letter.objects.filter(pk=letter.pk).update(
        due_at=now + wait, held_until=None, reason=reason[:REASON_LENGTH]
    )


def _words(error: Exception) -> str:
    """What went wrong, without the addresses that mail servers repeat: no log of ours has them."""
    if isinstance(error, SMTPRecipientsRefused):
        (code, said), *_ = error.recipients.values()
        words = f"{code} {_text(said)}"
    elif isinstance(error, SMTPResponseException):
        words = f"{error.smtp_code} {_text(error.smtp_error)}"
    else:
        words = f"{type(error).__name__}: {error}"
    return ADDRESS.sub("(an address)", one_line(words))


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def _is_for_good(error: Exception) -> bool:
    """Trying again would change nothing: this reader, or this letter, is refused."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= FOR_GOOD for code, _ in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return error.smtp_code >= FOR_GOOD
    return isinstance(error, BadHeaderError | UnicodeError)


def _is_down(error: Exception) -> bool:
    if isinstance(error, SMTPConnectError | SMTPServerDisconnected):
        return True
    if isinstance(error, SMTPResponseException):
        # A wrong password, too, is wrong for every letter.
        return error.smtp_code == CLOSING or not isinstance(error, SMTPDataError)
    return isinstance(error, OSError) and not isinstance(error, SMTPException)


@transaction.atomic
def try_again(letters: "QuerySet[Letter]") -> int:
    """What was given up, from the beginning; gives how many."""
    now = timezone.now()
    number = letters.filter(state=LetterState.FAILED).update(
        state=LetterState.WAITING, due_at=now, tries=0, ended_at=None
    )
    if number:
        order_delivery(at=now, now=now)
    return number
