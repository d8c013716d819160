"""
How is the outbox doing, in numbers that a machine can alarm on?

They count mails and name codes of reasons, so no one is in them.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from .outbox import QueueStatistics


__all__ = ["exposition", "figures"]

#: What may stand between quotes of a label as it is; codes are nothing else.
_STRANGE: Final = re.compile(r"[^a-z0-9_.]")

_PREFIX: Final = "winbooks_identity_mails"


def figures(statistics: QueueStatistics, now: datetime) -> dict[str, object]:
    """
    Return *statistics* as JSON.

    Args:
        statistics: what the queue says of itself.
        now: the present, by the clock of the queue.
    """
    last = statistics.last_sent
    return {
        "waiting": statistics.waiting,
        "oldest_age_seconds": _age(statistics, now),
        "dead": statistics.dead,
        "dead_by_reason": dict(sorted(statistics.reasons.items())),
        "last_success": None if last is None else last.isoformat(),
    }


def exposition(statistics: QueueStatistics, now: datetime) -> str:
    """
    Return *statistics* in the text format of Prometheus, version 0.0.4.

    The age of the oldest mail is 0 where none waits, so that an alarm ends.  The
    instant of the last success is left out before there was one.

    Args:
        statistics: what the queue says of itself.
        now: the present, by the clock of the queue.
    """
    lines: list[str] = []
    for name, meaning, samples in _metrics(statistics, now):
        lines += [
            f"# HELP {_PREFIX}_{name} {meaning}",
            f"# TYPE {_PREFIX}_{name} gauge",
        ]
        lines += [
            f"{_PREFIX}_{name}{label} {value}" for label, value in samples.items()
        ]
    return "\n".join(lines) + "\n"


def _metrics(
    statistics: QueueStatistics, now: datetime
) -> Iterator[tuple[str, str, Mapping[str, float]]]:
    yield "waiting", "Mails that wait for their delivery.", {"": statistics.waiting}
    yield (
        "oldest_age_seconds",
        "How long the mail that waits longest has waited.",
        {"": _age(statistics, now)},
    )
    yield (
        "dead",
        "Mails that were given up, or are held back, by the code of the reason.",
        {
            f'{{reason="{_STRANGE.sub("_", reason)}"}}': number
            for reason, number in sorted(statistics.reasons.items())
        },
    )
    if statistics.last_sent is not None:
        yield (
            "last_success_timestamp_seconds",
            "When a mail server took a mail last, in seconds since 1970.",
            {"": statistics.last_sent.timestamp()},
        )


def _age(statistics: QueueStatistics, now: datetime) -> float:
    oldest = statistics.oldest
    return 0.0 if oldest is None else max(0.0, (now - oldest).total_seconds())
