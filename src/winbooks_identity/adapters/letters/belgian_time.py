"""
What does the clock on the reader's wall say?
"""

from datetime import UTC, datetime, timedelta, timezone

from winbooks_identity import texts


__all__ = ["belgian_time", "in_words"]


def belgian_time(instant: datetime) -> datetime:
    """
    Return *instant* as Belgium's clocks show it.

    Summer time lasts from the last Sunday in March to the last Sunday in October,
    each at 01:00 UTC (Directive 2000/84/EC, articles 2 and 3).  The rule stands
    here because `zoneinfo` has no data on bare machines, and because a letter that
    is made again has to be the same, whatever data its machine has.
    """
    begin, end = (_last_sunday(instant.year, month) for month in (3, 10))
    offset = timedelta(hours=2 if begin <= instant < end else 1)
    return instant.astimezone(timezone(offset))


def in_words(
    instant: datetime, language: str, translator: texts.Translator | None = None
) -> str:
    """
    Return *instant* in Belgian time with the names of day and month, to the minute.
    """
    local = belgian_time(instant)
    months = texts.text("letter.months", language, translator=translator).split()
    weekdays = texts.text("letter.weekdays", language, translator=translator).split()
    return texts.text(
        "letter.instant",
        language,
        {
            "weekday": weekdays[local.weekday()],
            "day": local.day,
            "month": months[local.month - 1],
            "year": local.year,
            "hour": local.strftime("%H"),
            "minute": local.strftime("%M"),
        },
        translator=translator,
    )


def _last_sunday(year: int, month: int) -> datetime:
    last_day = datetime(year, month, 31, hour=1, tzinfo=UTC)
    return last_day - timedelta(days=last_day.isoweekday() % 7)
