"""
A mail waits sealed, bound to its row, and is tried again at growing intervals.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.key_ring import generate_key
from winbooks_identity.errors import SealBroken
from winbooks_identity.mail.outbox import Claimed, Mail, MailKind, OutboxMail, next_try


NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

MAIL = Mail(
    message_id="<7@portal.example>",
    sender="portal@portal.example",
    recipient="ada@example.org",
    content=b"Subject: Hello\r\n\r\ncanary\r\n",
)

SEALER = AesGcmSealer({"k1": generate_key()})


def waiting(
    mail: Mail = MAIL, *, lifetime: timedelta = timedelta(days=3)
) -> OutboxMail:
    """
    Return *mail* as it waits.
    """
    return OutboxMail.close(
        mail,
        SEALER,
        mail_id=UUID(int=7),
        user_id=UUID(int=8),
        kind=MailKind.CREDENTIALS,
        created_at=NOW,
        expires_at=NOW + lifetime,
    )


class TestSealing:
    """
    What waits in the outbox is sealed.  [R19]
    """

    def test_it_opens_to_what_it_was(self) -> None:
        """
        Envelope and content come back byte by byte.
        """
        assert MAIL == waiting().open(SEALER)

    def test_the_content_cannot_be_read(self) -> None:
        """
        The clear text is not in what is stored.
        """
        assert b"canary" not in waiting().sealed

    def test_repr_shows_neither_content_nor_recipient(self) -> None:
        """
        A mail in a log is a Message-ID.
        """
        shown = f"{MAIL!r} {waiting()!r}"

        assert ["canary" in shown, "ada@" in shown] == [False, False]

    @pytest.mark.parametrize(
        "change",
        [
            {"id": UUID(int=9)},
            {"user_id": UUID(int=9)},
            {"kind": MailKind.ID_CHANGE},
            {"message_id": "<8@portal.example>"},
            {"sender": "mallory@example.org"},
            {"recipient": "mallory@example.org"},
            {"created_at": NOW + timedelta(microseconds=1)},
            {"expires_at": NOW + timedelta(days=300)},
            {"sealed": b"nonsense"},
        ],
    )
    def test_a_row_that_was_changed_does_not_open(
        self, change: dict[str, object]
    ) -> None:
        """
        Content moved to another row or user, or with another envelope, stays shut.

        [S10]
        """
        moved = attrs.evolve(waiting(), **change)  # type: ignore[arg-type]  # One of many.

        with pytest.raises(SealBroken):
            moved.open(SEALER)


def claimed(attempts: int, lifetime: timedelta = timedelta(days=3)) -> Claimed:
    """
    Return the mail in its *attempts*-th try.
    """
    return Claimed(
        mail=waiting(lifetime=lifetime), attempts=attempts, lease=UUID(int=1)
    )


class TestNextTry:
    """
    A mail that was not taken is tried again, later and later.  [R71]
    """

    @pytest.mark.parametrize(
        "attempts,minutes", [(1, 1), (2, 5), (3, 15), (4, 60), (5, 240), (6, 240)]
    )
    def test_the_waits_grow(self, attempts: int, minutes: int) -> None:
        """
        Minutes first, then hours.
        """
        assert NOW + timedelta(minutes=minutes) == next_try(claimed(attempts), NOW, 1)

    def test_relays_that_failed_together_try_apart(self) -> None:
        """
        The spread moves the try by up to half of the wait.
        """
        assert NOW + timedelta(seconds=30) == next_try(claimed(1), NOW, 0)

    @pytest.mark.parametrize(
        "lifetime,expected",
        [
            (timedelta(minutes=1), None),
            (timedelta(minutes=1, microseconds=1), NOW + timedelta(minutes=1)),
        ],
    )
    def test_what_has_ended_is_not_tried_again(
        self, lifetime: timedelta, expected: datetime | None
    ) -> None:
        """
        A mail is worth nothing once its password has expired.
        """
        assert expected == next_try(claimed(1, lifetime), NOW, 1)

    @given(st.integers(1, 1000), st.floats(0, 1))
    def test_a_try_is_always_in_the_future(self, attempts: int, spread: float) -> None:
        """
        No relay spins on a mail that fails.
        """
        then = next_try(claimed(attempts), NOW, spread)

        assert then is not None
        assert then >= NOW + timedelta(seconds=30)
