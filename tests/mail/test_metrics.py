"""
A machine learns how the mails are doing.
"""

from datetime import UTC, datetime, timedelta

from winbooks_identity.adapters.memory import InMemoryOutboxQueue, InMemoryStorage
from winbooks_identity.mail.metrics import exposition, figures
from winbooks_identity.mail.outbox import QueueStatistics
from winbooks_identity.services.mails import MailService


NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
BUSY = QueueStatistics(
    waiting=3,
    dead=3,
    oldest=NOW - timedelta(minutes=2),
    next_try=NOW,
    reasons={"mail.held": 2, "mail.expired": 1},
    last_sent=NOW - timedelta(seconds=90),
)


def test_the_text_for_prometheus() -> None:
    """
    Every metric has its meaning and its type, and an end of line behind it.
    """
    assert """\
# HELP winbooks_identity_mails_waiting Mails that wait for their delivery.
# TYPE winbooks_identity_mails_waiting gauge
winbooks_identity_mails_waiting 3
# HELP winbooks_identity_mails_oldest_age_seconds How long the mail that waits longest has waited.
# TYPE winbooks_identity_mails_oldest_age_seconds gauge
winbooks_identity_mails_oldest_age_seconds 120.0
# HELP winbooks_identity_mails_dead Mails that were given up, or are held back, by the code of the reason.
# TYPE winbooks_identity_mails_dead gauge
winbooks_identity_mails_dead{reason="mail.expired"} 1
winbooks_identity_mails_dead{reason="mail.held"} 2
# HELP winbooks_identity_mails_last_success_timestamp_seconds When a mail server took a mail last, in seconds since 1970.
# TYPE winbooks_identity_mails_last_success_timestamp_seconds gauge
winbooks_identity_mails_last_success_timestamp_seconds 1795858110.0
""" == exposition(BUSY, NOW)


def test_a_strange_reason() -> None:
    """
    What a newer version, or a host, wrote there cannot break the format.
    """
    strange = QueueStatistics(
        waiting=0, dead=1, oldest=None, next_try=None, reasons={'a"}\n7': 1}
    )

    assert 'dead{reason="a___7"} 1\n' in exposition(strange, NOW)


def test_json() -> None:
    """
    The same figures, by name; an instant in ISO 8601.
    """
    assert {
        "waiting": 3,
        "oldest_age_seconds": 120.0,
        "dead": 3,
        "dead_by_reason": {"mail.expired": 1, "mail.held": 2},
        "last_success": "2026-11-28T09:28:30+00:00",
    } == figures(BUSY, NOW)


def test_an_empty_queue() -> None:
    """
    No age and no success; a clock behind the queue's makes no age below zero.
    """
    mails = MailService(InMemoryOutboxQueue(InMemoryStorage()))

    assert (0.0, None) == tuple(
        mails.figures()[name] for name in ("oldest_age_seconds", "last_success")
    )
    assert "oldest_age_seconds 0.0\n" in mails.metrics()
    assert "last_success" not in mails.metrics()
    assert 0.0 == figures(BUSY, NOW - timedelta(hours=1))["oldest_age_seconds"]
